"""Working on onboarding steps: answering, checking again, signing, waiving."""

from uuid import UUID

from pydantic import BaseModel

from softlanding.access import Actor
from softlanding.domain.onboarding import next_signer
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.stays import ONBOARDING, words
from softlanding.domain.vocabulary import Party, StayState, StepState
from softlanding.services.core import Core, forbidden, parties, require_person
from softlanding.services.stay_changes import StayChange, change_stay
from softlanding.storage.tables import Row

_BLOCKED_HINT = "Settle the steps it waits for first."


async def submit_step(
    core: Core, actor: Actor, stay_id: UUID, key: str, answers: BaseModel
) -> UUID:
    """Answer a step and run its check; earlier signatures and a waiver fall."""

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        step = _open_step(core, actor, stay, steps, key)
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
        step["answers"] = answers.model_dump(mode="json")
        step["signatures"], step["waived_reason"] = [], None
        return StayChange(recheck={key}, step_actions={key: ("answered", "")})

    return await change_stay(core, actor, stay_id, prepare)


async def recheck_step(core: Core, actor: Actor, stay_id: UUID, key: str) -> UUID:
    """Run a step's check again with the answers there are; any party."""

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        _open_step(core, actor, stay, steps, key)
        if not parties(actor, stay):
            raise forbidden("Only the parties of a stay may have its steps checked.")
        return StayChange(recheck={key})

    return await change_stay(core, actor, stay_id, prepare)


async def sign_off_step(
    core: Core, actor: Actor, stay_id: UUID, key: str, *, party: Party | None = None
) -> UUID:
    """Sign a step for a party, in the order its definition asks for.

    Without `party` the actor signs for the side that is next, if it is theirs.
    """

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        step = _open_step(core, actor, stay, steps, key)
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
        return StayChange(step_actions={key: ("signed", str(due))})

    return await change_stay(core, actor, stay_id, prepare)


async def waive_step(core: Core, actor: Actor, stay_id: UUID, key: str, *, reason: str) -> UUID:
    """Set a step aside, with a reason on the record.

    Staff of the host; a step whose plugin is gone, or that depends on one, needs a network
    administrator.
    """

    def prepare(stay: Row, steps: list[Row]) -> StayChange:
        step = _open_step(core, actor, stay, steps, key)
        if not actor.is_staff_of(stay["host_id"]):
            raise forbidden("A step is waived by staff of the host.")
        orphan = key not in core.registry.steps or any(
            other not in core.registry.steps for other in _definition(core, step)["after"]
        )
        if orphan and not actor.is_admin:
            raise forbidden("The plugin of this step is not in force; an administrator waives it.")
        step["waived_reason"] = reason
        return StayChange(step_actions={key: ("waived", reason)})

    return await change_stay(core, actor, stay_id, prepare)


def _definition(core: Core, step: Row) -> Row:
    found: Row = core.definitions.get(step["key"]) or step["definition"]
    return found


def _open_step(core: Core, actor: Actor, stay: Row, steps: list[Row], key: str) -> Row:
    """Return the step of a stay whose onboarding is open, for one of its parties."""
    require_person(actor)
    if not parties(actor, stay):
        raise forbidden("Only the parties of a stay work on its steps.")
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
