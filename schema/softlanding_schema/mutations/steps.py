"""Mutations of onboarding steps."""

from typing import Annotated, Any
from uuid import UUID

import strawberry

from softlanding.services import steps
from softlanding.services.core import visible
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.mutations.inputs import RecheckStepInput, SignOffStepInput, WaiveStepInput
from softlanding_schema.mutations.payloads import RecheckStepPayload, StepPayload, written
from softlanding_schema.reads.global_ids import key_of
from softlanding_schema.types.onboarding import Verdict
from softlanding_schema.types.query import onboarding_step
from softlanding_schema.types.stays import Stay


async def _step(info: Info, global_id: str) -> Row:
    """Return the step of an id, if the actor may see it."""
    key = key_of(global_id, "OnboardingStep", "step")
    source, actor = info.context.core.database.rows, info.context.actor
    return await visible(source, actor, "onboarding_steps", key, "step")


async def step_payload(info: Info, stay_id: UUID, step_key: str) -> StepPayload:
    """Return a step and its stay as they are now."""
    row = await written(info, "stays", stay_id)
    siblings = await info.context.batches.steps(stay_id)
    step = next((one for one in siblings if one["key"] == step_key), None)
    return StepPayload(
        step=await onboarding_step(info, step) if step else None,
        stay=Stay.of(row) if row else None,
    )


@strawberry.type
class StepMutations:
    """What can be done to steps; `submitStep` is composed from the plugins' forms."""

    @strawberry.mutation(
        description="Run a step's check again, or ask what it says as of another day, which"
        " stores nothing."
    )
    async def recheck_step(
        self,
        info: Info,
        input: Annotated[  # noqa: A002 - Relay's name
            RecheckStepInput, strawberry.argument(description="Which step, and as of which day.")
        ],
    ) -> RecheckStepPayload:
        """Check again."""
        step = await _step(info, input.step)
        core, actor = info.context.core, info.context.actor
        stay_id, key = step["stay_id"], step["key"]
        verdict = None
        if input.as_of is None:
            await steps.recheck_step(core, actor, stay_id, key, revision=input.revision)
        else:
            checked = await steps.check_as_of(core, actor, stay_id, key, input.as_of)
            verdict = Verdict.of(checked, input.as_of)
        now = await step_payload(info, stay_id, key)
        if input.as_of is None and now.step is not None:
            verdict = now.step.verdict
        return RecheckStepPayload(step=now.step, stay=now.stay, verdict=verdict)

    @strawberry.mutation(description="Sign a step, for the party whose signature is next.")
    async def sign_off_step(
        self,
        info: Info,
        input: Annotated[SignOffStepInput, strawberry.argument(description="Which step.")],  # noqa: A002 - Relay's name
    ) -> StepPayload:
        """Sign."""
        step = await _step(info, input.step)
        core, actor = info.context.core, info.context.actor
        await steps.sign_off_step(
            core,
            actor,
            step["stay_id"],
            step["key"],
            party=input.party,
            revision=input.revision,
        )
        return await step_payload(info, step["stay_id"], step["key"])

    @strawberry.mutation(description="Set a step aside, with a reason.")
    async def waive_step(
        self,
        info: Info,
        input: Annotated[WaiveStepInput, strawberry.argument(description="Which and why.")],  # noqa: A002 - Relay's name
    ) -> StepPayload:
        """Waive."""
        step = await _step(info, input.step)
        core, actor = info.context.core, info.context.actor
        await steps.waive_step(
            core,
            actor,
            step["stay_id"],
            step["key"],
            reason=input.reason,
            revision=input.revision,
        )
        return await step_payload(info, step["stay_id"], step["key"])


def submit_step_mutation(keys: dict[str, str], submit_input: type[Any]) -> type[Any]:
    """Return the type that holds `submitStep`; `keys` maps an answers field to its step."""

    async def submit_step(
        info: Info,
        input: Any,  # noqa: A002 - Relay's name
    ) -> StepPayload:
        key, answers = next(
            (key, given)
            for name, key in keys.items()
            if (given := getattr(input.answers, name)) not in (None, strawberry.UNSET)
        )
        stay = key_of(input.stay, "Stay", "stay")
        core, actor = info.context.core, info.context.actor
        await steps.submit_step(core, actor, stay, key, answers, revision=input.revision)
        return await step_payload(info, stay, key)

    described = strawberry.argument(description="The stay and the answers.")
    submit_step.__annotations__["input"] = Annotated[submit_input, described]
    field = strawberry.mutation(
        resolver=submit_step,
        description="Answer a step; its check runs at once. The step says which parties fill it.",
    )
    return strawberry.type(type("SubmitStepMutations", (), {"submit_step": field}))
