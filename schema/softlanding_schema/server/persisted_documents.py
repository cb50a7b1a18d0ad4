"""Persisted documents: known by their hash, so that a request by GET is short and can be cached.

Two ways lead to the same store: the automatic persisted queries of Apollo (`extensions`), where a
client sends hash and text once, and the parameter `documentId` of the GraphQL-over-HTTP
specification (appendix A), for documents that were registered with the product.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from softlanding_schema.caches import BoundedCache
from softlanding_schema.documents import Documents, Refusals
from softlanding_schema.limits import MAX_TOKENS
from softlanding_schema.server.request import PREFIX, GraphQLRequest, hash_of

KEPT = 512
"""So many documents that clients sent are kept, and as many again that were asked for since."""

MANIFEST_BYTES = 8 * 1024 * 1024


class BadManifest(Exception):  # noqa: N818 - a sentence for whoever starts the product
    """The file of registered documents cannot be used."""


def read_manifest(file: str) -> Mapping[str, str]:
    """Return registered documents by their hash; raises `BadManifest`.

    The file is a JSON object of texts by hashes, with or without `sha256:` before them, as
    GraphQL Code Generator writes it (`persisted-documents.json`).
    """
    path = Path(file)
    try:
        if path.stat().st_size > MANIFEST_BYTES:
            raise BadManifest(f"{file} is larger than {MANIFEST_BYTES >> 20} MiB.")
        found = orjson.loads(path.read_bytes())
    except OSError as error:
        raise BadManifest(f"{file} cannot be read: {error.strerror}.") from None
    except orjson.JSONDecodeError as error:
        raise BadManifest(f"{file} is not JSON: {error.msg}.") from None
    if not isinstance(found, dict):
        raise BadManifest(f"{file} is no JSON object of documents by their hashes.")
    registered = {}
    for name, text in found.items():
        key = name.removeprefix(PREFIX)
        if not isinstance(text, str) or hash_of(text) != key:
            raise BadManifest(f"{file}: {name[:80]} is not the SHA-256 of its document.")
        registered[key] = text
    return registered


def require_valid(documents: Documents, registered: Mapping[str, str]) -> None:
    """Refuse documents that this schema does not know; raises `BadManifest`."""
    for name, text in registered.items():
        try:
            documents.get(text, MAX_TOKENS)
        except Refusals as refused:
            raise BadManifest(f"The registered document {name}: {refused}") from None


class NotPersisted(Exception):  # noqa: N818 - answered to the client, who sends the text then
    """No document of this hash is known."""

    def __init__(self) -> None:
        # Clients look for these very words.
        super().__init__("PersistedQueryNotFound")

    @property
    def error(self) -> Mapping[str, Any]:
        """The error in the answer."""
        return {
            "message": str(self),
            "extensions": {
                "code": "PERSISTED_QUERY_NOT_FOUND",
                "hint": "Send the query with its hash, once.",
            },
        }


class PersistedDocuments:
    """Documents by their hash: registered ones, and those that clients sent."""

    def __init__(self, registered: Mapping[str, str]) -> None:
        self._registered = registered
        self._sent: BoundedCache[str] = BoundedCache(KEPT)

    def with_text(self, asked: GraphQLRequest) -> GraphQLRequest:
        """Return a request with the text of its document; raises `NotPersisted`."""
        if asked.query or asked.named is None:
            return asked
        text = self._registered.get(asked.named) or self._sent.get(asked.named)
        if text is None:
            raise NotPersisted
        return replace(asked, query=text)

    def keep(self, named: str, text: str) -> None:
        """Keep a document that a client sent, once it was found to be valid."""
        if named not in self._registered:
            self._sent.put(named, text)
