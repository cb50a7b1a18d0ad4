"""Global ids: opaque, typed, checked."""

import base64
import binascii
from uuid import UUID

from softlanding.domain.problems import Code, Problem, Refused


def encode(type_name: str, key: UUID) -> str:
    """Return the global id of an object."""
    return base64.urlsafe_b64encode(f"{type_name}:{key}".encode()).decode()


def decode(global_id: str) -> tuple[str, UUID]:
    """Return type name and key; raises `Refused` for anything that `encode` did not write."""
    try:
        type_name, _, key = (
            base64.b64decode(global_id, altchars=b"-_", validate=True)
            .decode("ascii")
            .partition(":")
        )
        found = type_name, UUID(key)
    except (binascii.Error, ValueError):
        raise _bad(global_id) from None
    # One object has one id: other spellings of the same bytes are refused.
    if encode(*found) != global_id:
        raise _bad(global_id)
    return found


def key_of(global_id: str, type_name: str, *path: str) -> UUID:
    """Return the key of an id of this type; raises `Refused` for one of another type."""
    try:
        found, key = decode(global_id)
    except Refused as refused:
        raise Refused(*(problem.below(*path) for problem in refused.problems)) from None
    if found != type_name:
        raise Refused(
            Problem(
                code=Code.INVALID,
                message=f"This is the id of a {found}; a {type_name} is needed.",
                path=path,
                hint=f"Read the id from a {type_name}.",
            )
        )
    return key


def _bad(global_id: str) -> Refused:
    return Refused(
        Problem(
            code=Code.INVALID,
            message=f"{global_id[:60]!r} is not an id.",
            hint="Ids come from earlier answers; use them as they are.",
        )
    )
