"""How often somebody may try: counted in the database, so that all replicas count together."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from softlanding.domain.emails import known_as
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Compare, Equals
from softlanding.services.core import Core
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id

WINDOW = timedelta(minutes=1)
MOST_OF_ACCOUNT = 10
MOST_OF_ADDRESS = 30
"""So many attempts are evaluated a minute: of an account or by a link, and from an address."""


@dataclass(frozen=True)
class Counted:
    """What attempts are counted by, and how many are evaluated a minute."""

    what: str
    most: int

    @property
    def subject(self) -> str:
        """What is stored of it: SHA-256, in hexadecimal."""
        return hashlib.sha256(self.what.encode()).hexdigest()


def account(kind: str, email: str) -> Counted:
    """Count by an account, known or not."""
    return Counted(f"{kind} account {known_as(email)}", MOST_OF_ACCOUNT)


def address(kind: str, client: str) -> Counted:
    """Count by a network address; of IPv6 by its first half, as the rest is free to choose."""
    return Counted(f"{kind} address {_network(client)}", MOST_OF_ADDRESS)


def link(kind: str, secret: str) -> Counted:
    """Count by a link that works once, such as one at which a password is chosen."""
    return Counted(f"{kind} link {secret}", MOST_OF_ACCOUNT)


def _network(client: str) -> str:
    try:
        found = ip_address(client)
    except ValueError:
        return client
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False))


async def count_attempt(core: Core, *counted: Counted) -> None:
    """Count an attempt before it is evaluated; raises `Refused` where there were too many.

    What is refused is not counted, so that whoever waits may try again.
    """

    async def work(transaction: Transaction) -> None:
        # In one order, so that two attempts never wait for each other.
        for one in sorted(counted, key=lambda one: one.subject):
            await _hold(transaction, one.subject)
        now = core.clock.now()
        for one in counted:
            recent = AllOf(
                (
                    Equals("subject", one.subject),
                    Compare("at", ">", now - WINDOW),
                    # A clock of another replica may be ahead; a frozen one begins its day anew.
                    Compare("at", "<", now + WINDOW),
                )
            )
            if len(await transaction.select("sign_in_attempts", recent)) >= one.most:
                raise Refused(_TOO_MANY)
        for one in counted:
            attempt = {"id": new_id(), "subject": one.subject, "at": now}
            await transaction.insert("sign_in_attempts", attempt)

    await core.database.transact(work)


async def _hold(transaction: Transaction, subject: str) -> None:
    """Keep others from counting the same subject; SQLite has one writer at a time."""
    if transaction.dialect == "postgresql":
        key = int.from_bytes(bytes.fromhex(subject)[:8], signed=True)
        await transaction.fetch("SELECT pg_advisory_xact_lock($1)", [key])


_TOO_MANY = Problem(
    code=Code.TOO_MANY_ATTEMPTS,
    message="There were too many attempts in the last minute.",
    hint="Wait a minute and try again.",
)
