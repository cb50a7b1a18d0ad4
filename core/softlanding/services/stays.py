"""Applying for a stay, changing it, and taking it through its lifecycle."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.forms import Day, Form, Line, Name, Prose
from softlanding.domain.problems import Code, Problem, Refused, refuse_if
from softlanding.domain.stays import (
    EDITABLE,
    HOLDS_A_DESK,
    TRANSITIONS,
    Transition,
    words,
)
from softlanding.domain.vocabulary import StayState
from softlanding.services.core import (
    Core,
    all_visible,
    require,
    require_writer,
    visible,
)
from softlanding.services.editing import Country, given, left_out, new_row
from softlanding.services.history import history_row
from softlanding.services.onboarding import work_out
from softlanding.services.plan_saving import onboarding_columns, save_steps
from softlanding.services.revisions import require_revision
from softlanding.services.snapshots import incubator_snapshot, startup_snapshot, stay_snapshot
from softlanding.services.stay_changes import Against, StayChange, change_stay, write_stay
from softlanding.services.stay_rules import (
    refuse_full,
    refuse_open_onboarding,
    refuse_overlap,
    refuse_without_travellers,
    require_transition,
    shape_of,
)
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row

_SIGNED_FOR = ("arrival", "departure", "travellers")


class TravellerInput(Form):
    """A person who travels."""

    name: Name = Field(description="Name of the person.")
    nationalities: list[Country] = Field(
        min_length=1, max_length=5, description="All nationalities, ISO 3166-1 alpha-2."
    )


class NewStay(Form):
    """An application for a stay, as a draft."""

    arrival: Day = Field(description="First day at the host.")
    departure: Day = Field(description="Last day at the host, included; 7 to 93 days in all.")
    travellers: list[TravellerInput] = Field(
        default=[], max_length=20, description="Who travels; seen by the parties only."
    )
    goals: list[Line] = Field(
        default=[], max_length=3, description="Up to three goals; seen by the parties only."
    )
    motivation: Prose | None = Field(
        default=None, description="Why this host; seen by the parties only."
    )


class StayChanges(Form):
    """Changes of a stay; what is left out stays."""

    arrival: Day | None = Field(default_factory=left_out, description="First day at the host.")
    departure: Day | None = Field(
        default_factory=left_out, description="Last day at the host, included."
    )
    travellers: list[TravellerInput] | None = Field(
        default_factory=left_out,
        max_length=20,
        description="All who travel; they replace the list.",
    )
    goals: list[Line] | None = Field(
        default_factory=left_out,
        max_length=3,
        description="All goals; they replace the list.",
    )
    motivation: Prose | None = Field(default_factory=left_out, description="Why this host.")


async def apply_for_stay(
    core: Core,
    actor: Actor,
    new: NewStay,
    *,
    startup_id: UUID,
    host_id: UUID,
    demo: bool = False,
) -> UUID:
    """Create a draft of a stay with its onboarding steps; founders and staff of the home."""
    require_writer(actor)
    rows = core.database.rows
    startup = await visible(rows, actor, "startups", startup_id, "startup")
    host, home = await all_visible(
        rows, actor, "incubators", [(host_id, ("host",)), (startup["home_id"], ("startup",))]
    )
    require(actor, "apply_for_stay", startup)
    refuse_if(shape_of(core, {"arrival": new.arrival, "departure": new.departure}, home, host))
    row = new_row(
        core,
        {
            **new.model_dump(),
            "startup_id": startup_id,
            "home_id": home["id"],
            "host_id": host_id,
            "state": str(StayState.DRAFT),
            "report": None,
            "submitted_at": None,
            "onboarding_revision": 0,
            "demo": demo,
        },
    )
    snapshot = stay_snapshot(
        row,
        startup=startup_snapshot(startup),
        home=incubator_snapshot(home),
        host=incubator_snapshot(host),
    )
    plan = await work_out(core, rows, snapshot, [], actor=actor.name)
    row |= onboarding_columns(core, row, plan)

    async def work(transaction: Transaction) -> UUID:
        await transaction.lock("startups", startup_id)
        await refuse_overlap(transaction, row)
        await transaction.insert("stays", row)
        applied = history_row(core, row["id"], row["id"], 1, actor.name, "apply")
        await save_steps(
            core, transaction, row, plan, actor=actor.name, actions={}, happened=[applied]
        )
        return UUID(str(row["id"]))

    return await core.database.transact(work)


async def update_stay(
    core: Core, actor: Actor, stay_id: UUID, changes: StayChanges, *, revision: int | None = None
) -> UUID:
    """Change dates, travellers, goals; until it is confirmed. All checks run again.

    What was signed was signed for these dates and these people: with others, signatures fall.
    """
    values = given(changes, nullable=("motivation",))
    for name in ("travellers",):
        if name in values:
            values[name] = [one.model_dump() for one in values[name]]

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        require(actor, "update_stay", stay)
        if StayState(stay["state"]) not in EDITABLE:
            raise Refused(
                Problem(
                    code=Code.WRONG_STATE,
                    message=f"The stay is {stay['state']} and cannot be changed any more.",
                    hint=f"It can be changed while it is {words(EDITABLE)}.",
                )
            )
        if "travellers" in values and StayState(stay["state"]) is not StayState.DRAFT:
            refuse_without_travellers(values["travellers"])
        changed = sorted(name for name in _SIGNED_FOR if values.get(name, stay[name]) != stay[name])
        unsigned = {step["key"] for step in steps if changed and step["signatures"]}
        for step in steps:
            if step["key"] in unsigned:
                step["signatures"] = []
        return StayChange(
            columns=values,
            action="update",
            detail=", ".join(sorted(values)),
            recheck=None,
            against=Against("stays", stay, revision),
            step_actions={key: ("unsigned", f"changed: {', '.join(changed)}") for key in unsigned},
        )

    async def within(transaction: Transaction, changed: Row) -> None:
        await transaction.lock("startups", changed["startup_id"])
        host = await transaction.lock("incubators", changed["host_id"])
        home = await transaction.one("incubators", changed["home_id"])
        assert host is not None  # noqa: S101 - foreign keys keep both
        assert home is not None  # noqa: S101 - foreign keys keep both
        if "arrival" in values or "departure" in values:
            refuse_if(shape_of(core, changed, home, host))
        await refuse_overlap(transaction, changed)
        if StayState(changed["state"]) in HOLDS_A_DESK:
            await refuse_full(transaction, changed, host)

    return await change_stay(core, actor, stay_id, prepare, within=within)


async def move_stay(
    core: Core,
    actor: Actor,
    stay_id: UUID,
    transition_name: str,
    *,
    reason: str = "",
    columns: Mapping[str, Any] | None = None,
    revision: int | None = None,
) -> UUID:
    """Take a stay along one transition of its lifecycle.

    Confirming checks every step again first; what the checks then say is kept even when the
    stay cannot be confirmed.
    """
    require_writer(actor)
    transition = TRANSITIONS[transition_name]
    if transition.needs_onboarding:
        # What was asked for is done by the unit of work below.
        await change_stay(
            core.once(None),
            actor,
            stay_id,
            lambda stay, steps: _recheck_for(core, actor, stay, transition, revision),
        )

    async def work(transaction: Transaction) -> UUID:
        stay = await visible(transaction, actor, "stays", stay_id, "stay")
        await transaction.lock("startups", stay["startup_id"])
        host = await transaction.lock("incubators", stay["host_id"])
        assert host is not None  # noqa: S101 - foreign keys keep it
        stay = await transaction.lock("stays", stay_id) or stay
        require_transition(core, actor, stay, transition)
        await require_revision(transaction, "stays", stay, revision)
        if transition.needs_free_dates:
            await refuse_overlap(transaction, stay)
        if transition.needs_desk:
            await refuse_full(transaction, stay, host)
        if transition.needs_onboarding:
            await refuse_open_onboarding(core, transaction, stay_id)
        changes = {"state": str(transition.target), **(columns or {})}
        if transition.name == "submit":
            changes["submitted_at"] = core.clock.now()
        await write_stay(core, transaction, stay, changes, actor, transition.name, reason)
        return stay_id

    return await core.database.transact(work)


def _recheck_for(
    core: Core, actor: Actor, stay: Row, transition: Transition, revision: int | None
) -> StayChange:
    require_transition(core, actor, stay, transition)
    return StayChange(recheck=None, against=Against("stays", stay, revision))
