"""Passwords: Argon2id, off the event loop, and never one that everybody guesses.

Parameters: 46 MiB, one pass, one lane (OWASP Password Storage Cheat Sheet, Argon2id). At most two
are worked out at a time, which bounds the memory.
"""

import asyncio
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from softlanding.domain.emails import known_as
from softlanding.domain.problems import Code, Problem, Refused, refuse_if
from softlanding.predicates import Equals
from softlanding.services.core import Core
from softlanding.storage.database import Transaction

Result = TypeVar("Result")

SHORTEST = 12
LONGEST = 256
_HASHER = PasswordHasher(memory_cost=46 * 1024, time_cost=1, parallelism=1)
_POOL = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
# One, because zxcvbn keeps what is known of a person in a variable that all calls share.
_ESTIMATOR = ThreadPoolExecutor(max_workers=1, thread_name_prefix="zxcvbn")
NOBODYS = (
    "$argon2id$v=19$m=47104,t=1,p=1$BzXojZIDcyx/jp9ECB6VCQ"
    "$qNm/eNH4ZeHnQvdA5RLJbme5ed329bcBOGtWLhnqRdU"
)
"""What is verified where there is no account: made with the parameters above."""
# Guesses by the estimate of zxcvbn: 3 is "safely unguessable", more than a hundred million.
_LEAST_SCORE = 3
# So many characters are looked at: the estimate takes seconds for what is made to be slow, and
# where the beginning cannot be guessed, neither can the whole.
_ESTIMATED = 32
_OURS = ("softlanding", "soft landing", "incubator", "startup")


async def hashed(password: str, *, known: Iterable[str] = ()) -> str:
    """Return what is stored of a password; refuses one that is short, long or easily guessed.

    `known` is what others know of the person: name, e-mail address.
    """
    normal = _normalised(password)
    refuse_if(_wrong_length(len(normal)))
    loop = asyncio.get_running_loop()
    if await loop.run_in_executor(_ESTIMATOR, _is_easily_guessed, normal, tuple(known)):
        raise Refused(_GUESSED)
    return await _off_the_loop(_HASHER.hash, normal)


def _wrong_length(length: int) -> Iterator[Problem]:
    if not SHORTEST <= length <= LONGEST:
        yield Problem(
            code=Code.INVALID,
            message=f"The password has {length} characters; {SHORTEST} to {LONGEST} are possible.",
            path=("password",),
            hint="Several words in a row are easy to keep in mind.",
        )


def _is_easily_guessed(password: str, known: tuple[str, ...]) -> bool:
    # Loaded when the first password is chosen: its lists take 20 MiB.
    from zxcvbn import zxcvbn

    words = {part for text in known for part in (text, *text.replace("@", " ").split())}
    found = zxcvbn(password[:_ESTIMATED], user_inputs=[*_OURS, *sorted(words)])
    return bool(found["score"] < _LEAST_SCORE)


@dataclass(frozen=True)
class Verified:
    """A person, and when they chose the password that was right."""

    person_id: UUID
    chosen_at: datetime | None


async def person_with(core: Core, email: str, password: str) -> Verified | None:
    """Return the person of an e-mail address and a password, or None.

    An account that is not known, or has no password, takes as long as one with another password.
    """
    found = await core.database.rows.select("persons", Equals("email", known_as(email)))
    stored = found[0]["password_hash"] if found else None
    right = await _off_the_loop(_verified, stored or NOBODYS, _normalised(password))
    if not (right and found and stored):
        return None
    person_id: UUID = found[0]["id"]
    if _HASHER.check_needs_rehash(stored):
        again = await _off_the_loop(_HASHER.hash, _normalised(password))

        async def work(transaction: Transaction) -> None:
            # A password that was chosen meanwhile stays.
            person = await transaction.lock("persons", person_id)
            if person is not None and person["password_hash"] == stored:
                await transaction.update("persons", person_id, {"password_hash": again})

        await core.database.transact(work)
    return Verified(person_id, found[0]["password_changed_at"])


def _verified(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _normalised(password: str) -> str:
    """Return a password as one keyboard or another writes it."""
    return unicodedata.normalize("NFC", password)


async def _off_the_loop(work: Callable[..., Result], *arguments: str) -> Result:
    return await asyncio.get_running_loop().run_in_executor(_POOL, work, *arguments)


_GUESSED = Problem(
    code=Code.INVALID,
    message="The password is one of those that are guessed first.",
    path=("password",),
    hint="Take several words that have nothing to do with each other, or with you.",
)
