"""The aid that a stay itself is: its value, its record, its day in the register."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from softlanding import (
    CheckContext,
    Record,
    StartupSnapshot,
    StaySnapshot,
    StayState,
)
from softlanding_common.aid import Aid
from softlanding_common.de_minimis.form import DeMinimisStayValue
from softlanding_common.euros import cents

KIND = "aid_grant"
CALLED_OFF = frozenset({StayState.DECLINED, StayState.WITHDRAWN, StayState.CANCELLED})
_LEGAL_BASIS = "Regulation (EU) 2023/2831"


def stay_amount(value: DeMinimisStayValue) -> Decimal:
    """Return the gross value of a stay: desk days and mentor hours, in euros and cents."""
    return cents(
        value.desk_per_day.amount * value.days + value.mentor_rate.amount * value.mentor_hours
    )


def grant_record(
    stay: StaySnapshot,
    amount: Decimal,
    granted_on: date,
    *,
    register_due_on: date,
    grantor_name: str,
) -> Record:
    """Return the aid as a row of the Lithuanian register KOTIS would show it.

    What the register itself adds (its number, its dates) is null until the entry is made.
    """
    return Record(
        kind=KIND,
        data={
            "registration_number": None,
            "registered_on": None,
            "changed_on": None,
            "grantor_name": grantor_name,
            "grantor_code": None,
            "state": stay.host.country,
            "source": "STAY",
            "form": "IN_KIND",
            "amount": {"amount": f"{amount:.2f}", "currency": "EUR"},
            "legal_basis": _LEGAL_BASIS,
            "beneficiary_name": stay.startup.name,
            "beneficiary_code": _code(stay.startup),
            "granted_on": granted_on.isoformat(),
            "register_due_on": register_due_on.isoformat(),
            "reserved": False,
        },
    )


def _code(startup: StartupSnapshot) -> str | None:
    # KOTIS names foreign beneficiaries by their VAT number.
    numbers = sorted(startup.registrations, key=lambda number: number.scheme != "VAT")
    return numbers[0].value if numbers else None


async def undeclared_stay_aid(
    declared: Sequence[Aid], stay: StaySnapshot, ctx: CheckContext
) -> list[Aid]:
    """Return the aid of this start-up's other stays here that it has not declared.

    A recorded aid is declared when a grant has its day and amount. Stays that were called off
    gave none.
    """
    records = [
        record
        for record in await ctx.read.records([stay.startup.id], KIND)
        if record.stay_id != stay.id and record.data["state"] == stay.host.country
    ]
    if not records:
        return []
    stays = await ctx.read.stays_of([stay.startup.id])
    off = {other.id for other in stays if other.state in CALLED_OFF}
    recorded = Counter(
        Aid(
            granted_on=date.fromisoformat(record.data["granted_on"]),
            amount=Decimal(record.data["amount"]["amount"]),
        )
        for record in records
        if record.stay_id not in off
    )
    return list((recorded - Counter(declared)).elements())
