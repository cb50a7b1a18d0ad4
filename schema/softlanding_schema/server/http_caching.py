"""HTTP caching (RFC 9111): what caches may keep of an answer, and when it is the same still."""

import hashlib
from base64 import urlsafe_b64encode

from softlanding.actors import Actor, ActorKind
from softlanding_schema.server.answers import Answer

_VARY = (b"vary", b"Accept, Accept-Encoding, Authorization, Cookie, Origin")


class HTTPCaching:
    """What is said to caches of answers without errors; with 0 `seconds`, nothing is kept."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def of_read(self, answer: Answer, *, if_none_match: bytes, coding: str, actor: Actor) -> Answer:
        """Return the whole answer to a request by GET, or that it is the same still.

        What everybody reads may be kept by all caches for some seconds. What is for one actor is
        kept by their own client only, which asks each time whether it is the same.
        """
        if not self._seconds:
            return answer
        kept = b"private, no-cache"
        if actor.kind is ActorKind.ANONYMOUS:
            kept = b"public, max-age=%d" % self._seconds
        tag = _tag(bytes(answer.body), coding)
        told = [(b"etag", tag), (b"cache-control", kept), _VARY]
        if _is_named(tag, if_none_match):
            return Answer(b"", 304, told)
        answer.raw_headers += told
        return answer


def _tag(body: bytes, coding: str) -> bytes:
    # Strong: other bytes, such as another coding of the same answer, have another tag.
    digest = urlsafe_b64encode(hashlib.sha256(body).digest()[:18])
    return b'"%b-%b"' % (digest, coding.encode())


def _is_named(tag: bytes, if_none_match: bytes) -> bool:
    """Compare weakly (RFC 9110, 13.1.2)."""
    named = (one.strip().removeprefix(b"W/") for one in if_none_match.split(b","))
    return any(one in (tag, b"*") for one in named)
