"""The report of an erasure: what was erased, without whose it was, signed by the installation.

The key is made at the first erasure and kept in the database: an erasure must work on any
installation, and whoever owns the database could write a key into its settings as well. The public
half stands in each report; keep it elsewhere to be sure of it later.
"""

import base64
from collections.abc import Mapping
from typing import Any

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from softlanding.predicates import EVERYTHING
from softlanding.services.core import Core
from softlanding.services.personal_data.erasure import Erased
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.storage.record import canonical
from softlanding.storage.tables import Row

FORMAT = "softlanding erasure 1"
_TABLE = "signing_keys"


class NotVerified(Exception):  # noqa: N818 - a sentence for whoever holds the report
    """A report is not one of this installation, or was changed."""


async def signed_report(core: Core, erased: Erased) -> dict[str, Any]:
    """Return the report of an erasure with its signature."""
    key = await _signing_key(core)
    report = {
        "format": FORMAT,
        "id": str(new_id()),
        "subject": erased.subject.kind,
        "erased_at": erased.at.isoformat(),
        "erased": {owner: dict(counts) for owner, counts in erased.counts.items()},
        "database": core.database.dialect,
        "overwritten": erased.overwritten,
        "public_key": key["public_key"],
    }
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key["private_key"]))
    return {**report, "signature": _text(private.sign(canonical(report)))}


async def verify_report(core: Core, text: bytes) -> Mapping[str, Any]:
    """Return a report that this installation signed; raises `NotVerified`."""
    report = _read(text)
    signature = report.pop("signature", None)
    keys = {row["public_key"] for row in await core.database.rows.select(_TABLE, EVERYTHING)}
    if report.get("public_key") not in keys:
        raise NotVerified("The report is not signed by this installation.")
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(report["public_key"]))
    try:
        public.verify(base64.b64decode(str(signature), validate=True), canonical(report))
    except (InvalidSignature, ValueError):
        raise NotVerified("The report was changed after it was signed.") from None
    return report


def _read(text: bytes) -> dict[str, Any]:
    try:
        report = orjson.loads(text)
    except orjson.JSONDecodeError:
        report = None
    if not isinstance(report, dict) or report.get("format") != FORMAT:
        raise NotVerified(f"This is not a report: its format must be {FORMAT!r}.")
    return report


async def _signing_key(core: Core) -> Row:
    """Return the key of the installation, which is made at its first use."""

    async def work(transaction: Transaction) -> Row:
        if transaction.dialect == "postgresql":
            # Of two processes, one makes it.
            await transaction.fetch("LOCK TABLE signing_keys IN EXCLUSIVE MODE", [])
        known = await transaction.select(_TABLE, EVERYTHING, order=("id",))
        if known:
            return known[-1]
        private = Ed25519PrivateKey.generate()
        row = {
            "id": new_id(),
            "public_key": _text(private.public_key().public_bytes_raw()),
            "private_key": _text(private.private_bytes_raw()),
            "created_at": core.clock.now(),
        }
        await transaction.insert(_TABLE, row)
        return row

    return await core.database.transact(work)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
