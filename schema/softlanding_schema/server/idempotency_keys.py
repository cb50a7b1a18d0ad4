"""The header Idempotency-Key: a request that is sent again is answered again, and acts once."""

from collections.abc import Mapping

from softlanding.storage.idempotency import sha256_of
from softlanding.storage.record import canonical
from softlanding_schema.context import SentKey
from softlanding_schema.server.request import BadRequest, GraphQLRequest

_HEADER = b"idempotency-key"
_LONGEST = 255


def sent_key(headers: Mapping[bytes, bytes], asked: GraphQLRequest) -> SentKey | None:
    """Return the key of a request, with what was sent; raises `BadRequest`."""
    key = headers.get(_HEADER)
    if key is None:
        return None
    if not 0 < len(key) <= _LONGEST or not all(0x20 < one < 0x7F for one in key):
        raise BadRequest(
            400,
            "The header Idempotency-Key holds 1 to 255 visible ASCII characters.",
            "Send a UUID, for example.",
        )
    told = [asked.query, asked.variables, asked.operation_name]
    return SentKey(key=sha256_of(_HEADER, key), request=sha256_of(canonical(told)))
