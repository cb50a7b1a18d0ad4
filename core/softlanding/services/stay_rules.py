"""What a stay must satisfy, asked with the rows of a transaction."""

from collections.abc import Sequence
from uuid import UUID

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused, refuse_if
from softlanding.domain.snapshots import Period
from softlanding.domain.stays import (
    HOLDS_A_DESK,
    OCCUPIES_THE_STARTUP,
    Transition,
    capacity_problems,
    overlap_problems,
    shape_problems,
    transition_problems,
)
from softlanding.domain.vocabulary import StayState
from softlanding.predicates import AllOf, Equals, OneOf
from softlanding.services.core import Core, require
from softlanding.services.standing import standing_on, stored_steps
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row


def require_transition(core: Core, actor: Actor, stay: Row, transition: Transition) -> None:
    """Refuse a transition that its actor, the stay's state or the day does not allow."""
    require(actor, transition.action, stay)
    refuse_if(
        transition_problems(
            transition=transition,
            state=StayState(stay["state"]),
            arrival=stay["arrival"],
            departure=stay["departure"],
            today=core.clock.today(),
        )
    )
    if transition.needs_travellers:
        refuse_without_travellers(stay["travellers"])


def refuse_without_travellers(travellers: Sequence[object]) -> None:
    """Refuse a stay that nobody travels to."""
    if not travellers:
        raise Refused(
            Problem(
                code=Code.INVALID,
                message="Nobody travels yet.",
                path=("travellers",),
                hint="Name at least one traveller with updateStay.",
            )
        )


def shape_of(core: Core, stay: Row, home: Row, host: Row) -> list[Problem]:
    """Return what is wrong with a stay by itself."""
    return list(
        shape_problems(
            home_id=home["id"],
            host_id=host["id"],
            home_country=home["country"],
            host_country=host["country"],
            arrival=stay["arrival"],
            departure=stay["departure"],
            today=core.clock.today(),
        )
    )


async def refuse_overlap(transaction: Transaction, stay: Row) -> None:
    """Refuse days on which the start-up has another stay."""
    others = await _periods(
        transaction, stay, "startup_id", {str(state) for state in OCCUPIES_THE_STARTUP}
    )
    refuse_if(overlap_problems(arrival=stay["arrival"], departure=stay["departure"], others=others))


async def refuse_full(transaction: Transaction, stay: Row, host: Row) -> None:
    """Refuse days on which the host has no free desk."""
    others = await _periods(transaction, stay, "host_id", {str(state) for state in HOLDS_A_DESK})
    refuse_if(
        capacity_problems(
            arrival=stay["arrival"],
            departure=stay["departure"],
            capacity=host["stay_capacity"],
            others=others,
        )
    )


async def _periods(
    transaction: Transaction, stay: Row, column: str, states: set[str]
) -> list[Period]:
    held = OneOf("state", tuple(sorted(states)), common=True)
    wanted = AllOf((Equals(column, stay[column]), held))
    return [
        Period(stay_id=row["id"], arrival=row["arrival"], departure=row["departure"])
        for row in await transaction.select("stays", wanted, order=("arrival", "id"))
        if row["id"] != stay["id"]
    ]


async def refuse_open_onboarding(core: Core, transaction: Transaction, stay_id: UUID) -> None:
    """Refuse while a blocking step is not settled; one problem for each."""
    steps = await stored_steps(transaction, stay_id)
    standing = standing_on(core, steps, core.clock.today())
    refuse_if(
        Problem(
            code=Code.ONBOARDING_OPEN,
            message=f"The step {key} is {standing.states[key].state}.",
            path=("steps", key),
            hint=standing.states[key].reason
            or "Answer, correct or sign the step; or the host waives it with a reason.",
        )
        for key in standing.blocked_by
    )
