"""Content negotiation (RFC 9110, 12.5): which media type and which coding a client prefers."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
EVENT_STREAM = "text/event-stream"

_CODINGS = ("br", "gzip", "identity")


@lru_cache(maxsize=64)
def media_type(accept: bytes) -> str | None:
    """Return the media type that a client prefers, or None where it takes none of them.

    The first wins where several are as welcome, as for `*/*`: a client that knows the newer one
    names it. Streams of events are for whoever names them.
    """
    if not accept.strip():
        return JSON
    ranges = _ranges(accept)
    return _preferred(ranges, (JSON, GRAPHQL_JSON), ("application/*", "*/*")) or (
        EVENT_STREAM if takes_events(accept) else None
    )


@lru_cache(maxsize=64)
def takes_events(accept: bytes) -> bool:
    """Tell whether a client names streams of events as something that it takes."""
    return _ranges(accept).get(EVENT_STREAM, 0.0) > 0


def _ranges(accept: bytes) -> Mapping[str, float]:
    ranges: dict[str, float] = {}
    for name, weight in _weighted(accept):
        ranges[name] = max(weight, ranges.get(name, 0.0))
    return ranges


@lru_cache(maxsize=64)
def coding(accept_encoding: bytes) -> str:
    """Return the content coding that a client prefers: `br`, `gzip` or `identity`."""
    given = dict(_weighted(accept_encoding))
    # What is not named is not taken, except for `identity`, which everybody takes.
    given.setdefault("identity", given.get("*", 1e-9))
    return _preferred(given, _CODINGS, ("*",)) or "identity"


def _preferred(
    given: Mapping[str, float], offered: Sequence[str], wildcards: Sequence[str]
) -> str | None:
    """Return what weighs most of what is offered; of equal ones the first."""
    best, most = None, 0.0
    for one in offered:
        # The most specific range that fits counts, as in `*/*, application/json;q=0`.
        weight = next((given[name] for name in (one, *wildcards) if name in given), 0.0)
        if weight > most:
            best, most = one, weight
    return best


def _weighted(header: bytes) -> Iterator[tuple[str, float]]:
    for part in header.decode("latin-1").split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            yield name, _weight(parameters)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
