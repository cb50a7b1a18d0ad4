"""Payloads: the object as it is afterwards, or the problems and nothing changed."""

from typing import TypeAlias
from uuid import UUID

import strawberry

from softlanding.domain.onboarding import notice_problems
from softlanding.domain.stays import EDITABLE
from softlanding.domain.vocabulary import StayState
from softlanding.services.standing import standing_on
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.types.access import AccessToken, Session
from softlanding_schema.types.api_keys import ApiKey
from softlanding_schema.types.calendars import CalendarAddress
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.object_changes import ObjectChange
from softlanding_schema.types.onboarding import OnboardingStep, Verdict
from softlanding_schema.types.people import Invitation
from softlanding_schema.types.problems import Problem
from softlanding_schema.types.startups import Startup
from softlanding_schema.types.stays import Stay
from softlanding_schema.types.viewer import Viewer
from softlanding_schema.types.webhooks import Webhook

Problems: TypeAlias = list[Problem]
PROBLEMS = "Why nothing was changed; empty when it was."


@strawberry.type
class Payload:
    """What every payload carries."""

    problems: Problems = strawberry.field(description=PROBLEMS, default_factory=list)
    client_mutation_id: str | None = strawberry.field(
        default=None, description="The `clientMutationId` that was sent."
    )
    changes: list[ObjectChange] | None = strawberry.field(
        default=None,
        description="With `dryRun`, what would change; then nothing has, and the objects are null.",
    )


@strawberry.type(description="What a change of an incubator answers.")
class IncubatorPayload(Payload):
    """An incubator or problems."""

    incubator: Incubator | None = strawberry.field(
        default=None, description="The incubator as it is now; null when there are problems."
    )


@strawberry.type(description="What a change of a start-up answers.")
class StartupPayload(Payload):
    """A start-up or problems."""

    startup: Startup | None = strawberry.field(
        default=None, description="The start-up as it is now; null when there are problems."
    )


@strawberry.type(description="What a change of a stay answers.")
class StayPayload(Payload):
    """A stay or problems."""

    stay: Stay | None = strawberry.field(
        default=None, description="The stay as it is now; null when there are problems."
    )

    @strawberry.field(
        description="What the parties should know although it was not refused, such as steps that"
        " cannot be done in time."
    )
    async def notices(self, info: Info) -> list[Problem]:
        """Return what was found when the stay was written, while it can be changed."""
        if self.stay is None or StayState(self.stay.row["state"]) not in EDITABLE:
            return []
        core = info.context.core
        steps = await info.context.batches.steps(self.stay.key)
        standing = standing_on(core, steps, core.clock.today())
        told = notice_problems(standing.feasibility, arrival=self.stay.row["arrival"])
        return [Problem.of(notice) for notice in told]


@strawberry.type(description="What work on an onboarding step answers.")
class StepPayload(Payload):
    """A step and its stay, or problems."""

    step: OnboardingStep | None = strawberry.field(
        default=None, description="The step as it is now; null when there are problems."
    )
    stay: Stay | None = strawberry.field(
        default=None, description="Its stay as it is now; null when there are problems."
    )


@strawberry.type(description="What checking a step again answers.")
class RecheckStepPayload(StepPayload):
    """A step, its stay and the verdict asked for, or problems."""

    verdict: Verdict | None = strawberry.field(
        default=None,
        description="What the check says on the day asked for; null when there are problems or"
        " nothing to check.",
    )


@strawberry.type(description="What a change of a calendar address answers.")
class CalendarAddressPayload(Payload):
    """An address and its stay, or problems."""

    path: str | None = strawberry.field(
        default=None,
        description="Path with the secret, to be put after the address of this API; told once,"
        " when it is made.",
    )
    calendar_address: CalendarAddress | None = strawberry.field(
        default=None, description="The address as it is now; null when there are problems."
    )
    stay: Stay | None = strawberry.field(
        default=None, description="Its stay; null when there are problems."
    )


@strawberry.type(description="What a change of a key answers.")
class ApiKeyPayload(Payload):
    """A key, or problems."""

    api_key: ApiKey | None = strawberry.field(
        default=None, description="The key as it is now; null when there are problems."
    )
    secret: str | None = strawberry.field(
        default=None,
        description="The key itself, for the header `Authorization: Bearer`; told once, when it is"
        " made.",
    )


@strawberry.type(description="What a change of an invitation answers.")
class InvitationPayload(Payload):
    """An invitation, or problems."""

    invitation: Invitation | None = strawberry.field(
        default=None, description="The invitation as it is now; null when there are problems."
    )


@strawberry.type(description="What a change of a webhook answers.")
class WebhookPayload(Payload):
    """A webhook or problems."""

    webhook: Webhook | None = strawberry.field(
        default=None, description="The webhook as it is now; null when there are problems."
    )
    secret: str | None = strawberry.field(
        default=None,
        description="The secret that signs, told once, where one was made: whsec_ and base64.",
    )


@strawberry.type(description="What a change of one's own preferences answers.")
class UpdateViewerPayload(Payload):
    """The viewer, or problems."""

    viewer: Viewer | None = strawberry.field(
        default=None, description="Who asks, as they are now; null when there are problems."
    )


@strawberry.type(description="What leaving answers.")
class LeavePayload(Payload):
    """The viewer without the membership, or problems."""

    viewer: Viewer | None = strawberry.field(
        default=None, description="Who asks, as they are now; null when there are problems."
    )


@strawberry.type(description="What a change of a session answers.")
class SessionPayload(Payload):
    """A session, or problems."""

    session: Session | None = strawberry.field(
        default=None, description="The session as it is now; null when there are problems."
    )


@strawberry.type(description="What a change of a bearer token answers.")
class AccessTokenPayload(Payload):
    """A token, or problems."""

    access_token: AccessToken | None = strawberry.field(
        default=None, description="The token as it is now; null when there are problems."
    )
    secret: str | None = strawberry.field(
        default=None,
        description="The token itself, for the header `Authorization: Bearer`; told once, when it"
        " is made.",
    )


@strawberry.type(description="What moving the day of the demo answers.")
class TodayPayload(Payload):
    """The viewer with the new day, or problems."""

    viewer: Viewer | None = strawberry.field(
        default=None, description="Who asks, with today; null when there are problems."
    )


async def written(info: Info, table: str, key: UUID) -> Row | None:
    """Return a row as it is after a service has written it, if the actor still sees it."""
    info.context.after_writing()
    return await info.context.batches.row(table, key)
