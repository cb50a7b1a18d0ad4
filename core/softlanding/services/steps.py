"""Working on onboarding steps: answering, checking again, signing, waiving."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from pydantic import BaseModel

from softlanding.actors import Actor
from softlanding.domain.onboarding import next_signer
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.stays import ONBOARDING, words
from softlanding.domain.vocabulary import Party, StayState, StepState
from softlanding.services.clock import FrozenClock
from softlanding.services.core import Core, forbidden, parties, require, require_writer, visible
from softlanding.services.onboarding import work_out
from softlanding.services.snapshots import stay_snapshots
from softlanding.services.standing import stored_steps
from softlanding.services.stay_changes import Against, StayChange, change_stay
from softlanding.storage.tables import Row

_BLOCKED_HINT = "Settle the steps it waits for first."


async def submit_step(
    core: Core,
    actor: Actor,
    stay_id: UUID,
    key: str,
    answers: BaseModel,
    *,
    revision: int | None = None,
) -> UUID:
    """Answer a step and run its check; earlier signatures and a waiver fall."""

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        step = _open_step(core, actor, "submit_step", stay, steps, key)
        filled_by = {Party(party) for party in _definition(core, step)["filled_by"]}
        if parties(actor, stay).isdisjoint(filled_by):
            raise forbidden(f"{key} is filled by {words(str(party) for party in filled_by)}.")
        if step["state"] == StepState.BLOCKED:
            raise Refused(
                Problem(
                    code=Code.STEP_BLOCKED,
                    message=f"{key} cannot be answered yet. {step['reason']}",
                    path=("answers",),
                    hint=_BLOCKED_HINT,
                )
            )
        step["answers"], step["answers_deleted_on"] = answers.model_dump(mode="json"), None
        step["signatures"], step["waived_reason"] = [], None
        return StayChange(
            recheck={key},
            step_actions={key: ("answered", "")},
            against=Against("onboarding_steps", step, revision),
        )

    return await change_stay(core, actor, stay_id, prepare)


async def recheck_step(
    core: Core, actor: Actor, stay_id: UUID, key: str, *, revision: int | None = None
) -> UUID:
    """Run a step's check again with the answers there are; any party."""

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        step = _open_step(core, actor, "recheck_step", stay, steps, key)
        return StayChange(recheck={key}, against=Against("onboarding_steps", step, revision))

    return await change_stay(core, actor, stay_id, prepare)


async def check_as_of(core: Core, actor: Actor, stay_id: UUID, key: str, day: date) -> Row:
    """Return the step as its check would leave it on `day`; nothing is stored. Any party.

    The answers and the rule sets are those there are now, the figures those in force on that
    day; so the same question always gets the same verdict.
    """
    require_writer(actor)
    rows = core.database.rows
    stay = await visible(rows, actor, "stays", stay_id, "step")
    require(actor, "recheck_step", stay)
    as_of = replace(core, clock=FrozenClock(day))
    steps = await stored_steps(rows, stay_id)
    snapshot = (await stay_snapshots(rows, [stay]))[0]
    plan = await work_out(as_of, rows, snapshot, steps, actor=actor.name, recheck={key})
    stored = next(step for step in steps if step["key"] == key)
    checked = next((step for step in plan.steps if step["key"] == key), stored)
    return {**stored, **checked}


async def sign_off_step(
    core: Core,
    actor: Actor,
    stay_id: UUID,
    key: str,
    *,
    party: Party | None = None,
    revision: int | None = None,
) -> UUID:
    """Sign a step for a party, in the order its definition asks for.

    Without `party` the actor signs for the side that is next, if it is theirs.
    """

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        step = _open_step(core, actor, "sign_off_step", stay, steps, key)
        if step["state"] != StepState.AWAITING_SIGNATURES:
            raise Refused(
                Problem(
                    code=Code.STEP_BLOCKED,
                    message=f"{key} is {step['state']}; only a step that awaits signatures can"
                    " be signed.",
                    path=("step",),
                    hint=step["reason"] or "It must be answered, and its check not failed.",
                )
            )
        signed = [Party(signature["party"]) for signature in step["signatures"]]
        order = [Party(name) for name in _definition(core, step)["signed_by"]]
        due = next_signer(order, signed)
        own = parties(actor, stay)
        if due is None or due not in own or (party is not None and party is not due):
            raise forbidden(f"The next signature on {key} is that of {due}.")
        signature = {"party": str(due), "by": actor.name, "at": core.clock.now().isoformat()}
        step["signatures"] = [*step["signatures"], signature]
        return StayChange(
            step_actions={key: ("signed", str(due))},
            against=Against("onboarding_steps", step, revision),
        )

    return await change_stay(core, actor, stay_id, prepare)


async def waive_step(
    core: Core,
    actor: Actor,
    stay_id: UUID,
    key: str,
    *,
    reason: str,
    revision: int | None = None,
) -> UUID:
    """Set a step aside, with a reason on the record.

    Staff of the host; a step whose plugin is gone, or that depends on one, needs a network
    administrator.
    """

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        step = _open_step(core, actor, "waive_step", stay, steps, key)
        orphan = key not in core.registry.steps or any(
            other not in core.registry.steps for other in _definition(core, step)["after"]
        )
        if orphan and not actor.is_admin:
            raise forbidden("The plugin of this step is not in force; an administrator waives it.")
        step["waived_reason"] = reason
        return StayChange(
            step_actions={key: ("waived", reason)},
            against=Against("onboarding_steps", step, revision),
        )

    return await change_stay(core, actor, stay_id, prepare)


def _definition(core: Core, step: Row) -> Row:
    found: Row = core.definitions.get(step["key"]) or step["definition"]
    return found


def _open_step(core: Core, actor: Actor, action: str, stay: Row, steps: list[Row], key: str) -> Row:
    """Return the step of a stay whose onboarding is open, for whoever may do this to it."""
    require(actor, action, stay)
    step = next((step for step in steps if step["key"] == key), None)
    if step is None:
        raise Refused(
            Problem(
                code=Code.NOT_FOUND,
                message=f"This stay has no step {key}.",
                path=("step",),
                hint="Read the stay's onboarding { steps { key } }.",
            )
        )
    # What is due after the departure is worked on after the report, which closes the stay.
    afterwards = stay["state"] == StayState.CLOSED and step["due_on"] > stay["departure"]
    if StayState(stay["state"]) not in ONBOARDING and not afterwards:
        raise Refused(
            Problem(
                code=Code.WRONG_STATE,
                message=f"The stay is {stay['state']}; its steps are closed.",
                hint=f"Steps are worked on while it is {words(ONBOARDING)};"
                " steps due after the departure also while it is CLOSED.",
            )
        )
    return step
