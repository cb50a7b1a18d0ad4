"""HTTP caching (RFC 9111): what caches may keep of an answer, and when it is the same still."""

import hashlib
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.types import Scope

from softlanding.actors import Actor, ActorKind
from softlanding.services.core import Core
from softlanding.storage.versions import tables_read
from softlanding_schema.caches import BoundedCache
from softlanding_schema.context import RequestContext
from softlanding_schema.reads.tags import Tags
from softlanding_schema.server.answers import Answer
from softlanding_schema.server.operations import Result

KEPT_BYTES = 4 * 1024 * 1024
"""So much of answers that were given is kept, and as much again of those asked for since."""

_WEIGHT = 4096  # of what is told, at most

_VARY = (b"vary", b"Accept, Accept-Encoding, Authorization, Cookie, Origin")
_CREDENTIALS = (b"authorization", b"cookie")
_Key = tuple[bytes, bytes, str]


@dataclass(frozen=True)
class _Known:
    """An answer that was given: its tag, what was told with it, and what it was read from."""

    tag: bytes
    told: list[tuple[bytes, bytes]]
    tables: frozenset[str]
    since: int
    today: date
    until: float


@dataclass(frozen=True)
class Asking:
    """A request by GET whose answer may be kept: when it came, and where it is remembered."""

    since: int | None
    key: _Key
    tags: Tags


class HTTPCaching:
    """What is said to caches of answers without errors; with 0 `seconds`, nothing is kept."""

    def __init__(self, core: Core, seconds: int) -> None:
        self._core = core
        self._seconds = seconds
        self._known: BoundedCache[_Known] = BoundedCache(KEPT_BYTES, weigh=_weight_of)

    def unchanged(self, scope: Scope, headers: Mapping[bytes, bytes]) -> Answer | None:
        """Return 304 where that is certain without reading anything, for whoever is nobody.

        It is certain for as long as caches may keep the answer, and no longer.
        """
        asked_for = headers.get(b"if-none-match")
        if asked_for is None or not self._seconds or not _is_by_nobody(scope["method"], headers):
            return None
        known = self._known.get(_key(scope, headers))
        if (
            known is None
            or known.until < time.monotonic()
            or known.today != self._core.clock.today()
            or not _is_named(known.tag, asked_for)
            or not self._core.database.versions.unchanged(known.tables, known.since)
        ):
            return None
        return Answer(b"", 304, known.told)

    def begin(
        self, scope: Scope, headers: Mapping[bytes, bytes], context: RequestContext
    ) -> Asking | None:
        """Note when a request was begun whose answer all caches may keep; before it is read."""
        if not self._seconds or not _is_by_nobody(scope["method"], headers):
            return None
        context.tags = Tags()
        return Asking(self._core.database.versions.now(), _key(scope, headers), context.tags)

    def of_read(
        self,
        answer: Answer,
        result: Result,
        actor: Actor,
        scope: Scope,
        *,
        if_none_match: bytes,
        asking: Asking | None,
    ) -> Answer:
        """Return the whole answer to a request by GET, or that it is the same still.

        What everybody reads may be kept by all caches for some seconds. What is for one actor is
        kept by their own client only, which asks each time whether it is the same.
        """
        if not self._seconds:
            return answer
        tables = frozenset[str]().union(*map(tables_read, result.statements))
        computed = asking is None or result.path != "plan" or asking.tags.computed
        if asking is not None and computed:
            asking.tags.read_from(tables)
        told = [(b"cache-control", b"private, no-cache"), _VARY]
        if actor.kind is ActorKind.ANONYMOUS:
            told = [(b"cache-control", b"public, max-age=%d" % self._seconds), _VARY]
            if asking is not None:
                told += _named_tags(asking.tags.told())
        tag = _tag(bytes(answer.body), scope.get("coding", "identity"))
        told.append((b"etag", tag))
        # What Python worked out may be made of more than tables, such as the state of plugins.
        if asking is not None and not computed:
            self._remember(asking, tables, tag, told)
        if _is_named(tag, if_none_match):
            return Answer(b"", 304, told)
        answer.raw_headers += told
        return answer

    def _remember(
        self,
        asking: Asking,
        tables: frozenset[str],
        tag: bytes,
        told: list[tuple[bytes, bytes]],
    ) -> None:
        if asking.since is None:
            return
        today, until = self._core.clock.today(), time.monotonic() + self._seconds
        self._known.put(asking.key, _Known(tag, told, tables, asking.since, today, until))


def _weight_of(key: _Key) -> int:
    return _WEIGHT + len(key[0])


def _is_by_nobody(method: str, headers: Mapping[bytes, bytes]) -> bool:
    return method != "POST" and not any(name in headers for name in _CREDENTIALS)


def _key(scope: Scope, headers: Mapping[bytes, bytes]) -> _Key:
    return scope["query_string"], headers.get(b"accept", b""), scope.get("coding", "identity")


def _named_tags(tags: Iterable[str]) -> list[tuple[bytes, bytes]]:
    """Return the headers of the caches that throw away by tags: Cloudflare's, and Fastly's."""
    named = list(tags)
    if not named:
        return []
    return [
        (b"cache-tag", ",".join(named).encode()),
        (b"surrogate-key", " ".join(named).encode()),
    ]


def _tag(body: bytes, coding: str) -> bytes:
    # Strong: other bytes, such as another coding of the same answer, have another tag.
    digest = urlsafe_b64encode(hashlib.sha256(body).digest()[:18])
    return b'"%b-%b"' % (digest, coding.encode())


def _is_named(tag: bytes, if_none_match: bytes) -> bool:
    """Compare weakly (RFC 9110, 13.1.2)."""
    named = (one.strip().removeprefix(b"W/") for one in if_none_match.split(b","))
    return any(one in (tag, b"*") for one in named)
