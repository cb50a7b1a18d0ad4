"""Requests that act once, however often they are sent.

What a request changed and that it did are written in one transaction, so neither is there without
the other, even after a crash.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Equals
from softlanding.storage.models import new_id
from softlanding.storage.rows import Rows, Transaction
from softlanding.storage.tables import Row

_TABLE = "idempotency_keys"


class Repeated(Exception):  # noqa: N818 - an answer is there already, which is no error
    """What is asked for was done already."""


@dataclass(frozen=True, kw_only=True)
class IdempotentRequest:
    """A field of a request, by the key that its sender chose for the request.

    `actor` is who sends it, `key` the SHA-256 of the key, `place` the field's name in the answer,
    `request` the SHA-256 of all that was sent.
    """

    actor: str
    key: str
    place: str
    request: str

    async def done(self, rows: Rows) -> Row | None:
        """Return the row of what was done already; refuses a key of another request."""
        own = AllOf((Equals("actor", self.actor), Equals("key", self.key)))
        known = await rows.select(_TABLE, own)
        if any(one["request"] != self.request for one in known):
            raise Refused(_OF_ANOTHER)
        return next((one for one in known if one["place"] == self.place), None)

    async def begin(self, transaction: Transaction) -> None:
        """Keep twins out until the transaction ends; raises `Repeated` behind one."""
        if transaction.dialect == "postgresql":
            number = int.from_bytes(bytes.fromhex(self.key)[:8], signed=True)
            try:
                await transaction.fetch("SELECT pg_advisory_xact_lock($1)", [number])
            except Refused:
                raise Refused(_IN_PROGRESS) from None
        if await self.done(transaction) is not None:
            raise Repeated

    async def keep(self, transaction: Transaction, entry_id: UUID, at: datetime) -> None:
        """Write that it was done, and which entry of the record tells what."""
        row = {
            "id": new_id(),
            "actor": self.actor,
            "key": self.key,
            "place": self.place,
            "request": self.request,
            "entry_id": entry_id,
            "answer": None,
            "created_at": at,
        }
        await transaction.insert(_TABLE, row)


def sha256_of(kind: bytes, *parts: bytes) -> str:
    """Return the SHA-256 of a text of some kind, in hexadecimal."""
    return hashlib.sha256(b" ".join((kind, *parts))).hexdigest()


_OF_ANOTHER = Problem(
    code=Code.KEY_REUSED,
    message="This key was used for another request.",
    hint="Choose a new key for each request; send the same one only to repeat it.",
)
_IN_PROGRESS = Problem(
    code=Code.IN_PROGRESS,
    message="The same request is being done at this moment.",
    hint="Send it again with the same key in a few seconds.",
)
