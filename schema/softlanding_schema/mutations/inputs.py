"""Inputs of mutations: the commands of the services, with the global ids they are about.

They are pydantic models, as forms are, so that one mechanism checks, describes and locates.
"""

from typing import TypeVar, cast

import strawberry
from pydantic import BaseModel, Field

from softlanding.contract.forms import Day, Form, Line, MoneyInput, Prose
from softlanding.domain.vocabulary import Party
from softlanding.services.api_keys import NewApiKey
from softlanding.services.editing import TextInput
from softlanding.services.incubators import IncubatorChanges, NewIncubator
from softlanding.services.reports import OutcomeReport
from softlanding.services.startups import NewStartup, RegistrationInput, StartupChanges
from softlanding.services.stays import NewStay, StayChanges, TravellerInput
from softlanding_schema.mutations.mutation_input import MutationInput

_REVISION = "Revision the change was made against; a newer one is a CONFLICT."
REVISION_OF_STEP = "Revision of the step the change was made against; a newer one is a CONFLICT."


class CreateIncubatorInput(NewIncubator, MutationInput):
    """An incubator to create."""


class UpdateIncubatorInput(IncubatorChanges, MutationInput):
    """Changes of an incubator."""

    id: strawberry.ID = Field(description="Global id of the incubator.")
    revision: int | None = Field(default=None, description=_REVISION)


class PublishIncubatorInput(MutationInput):
    """An incubator to publish or take back."""

    id: strawberry.ID = Field(description="Global id of the incubator.")
    revision: int | None = Field(default=None, description=_REVISION)
    published: bool = Field(default=True, description="Whether everybody is to see it.")


class CreateStartupInput(NewStartup, MutationInput):
    """A start-up to create."""

    home: strawberry.ID = Field(description="Global id of the home incubator.")


class UpdateStartupInput(StartupChanges, MutationInput):
    """Changes of a start-up."""

    id: strawberry.ID = Field(description="Global id of the start-up.")
    revision: int | None = Field(default=None, description=_REVISION)


class PublishStartupInput(MutationInput):
    """A start-up to publish or take back."""

    id: strawberry.ID = Field(description="Global id of the start-up.")
    revision: int | None = Field(default=None, description=_REVISION)
    published: bool = Field(default=True, description="Whether everybody is to see it.")


class ApplyForStayInput(NewStay, MutationInput):
    """An application."""

    startup: strawberry.ID = Field(description="Global id of the start-up.")
    host: strawberry.ID = Field(description="Global id of the host incubator.")


class UpdateStayInput(StayChanges, MutationInput):
    """Changes of a stay."""

    id: strawberry.ID = Field(description="Global id of the stay.")
    revision: int | None = Field(default=None, description=_REVISION)


class MoveStayInput(MutationInput):
    """A stay to take one step along its lifecycle."""

    id: strawberry.ID = Field(description="Global id of the stay.")
    revision: int | None = Field(default=None, description=_REVISION)
    reason: Prose | None = Field(default=None, description="Why; kept in the history of the stay.")


class SubmitReportInput(MutationInput):
    """The outcome report of a completed stay."""

    id: strawberry.ID = Field(description="Global id of the stay.")
    revision: int | None = Field(default=None, description=_REVISION)
    report: OutcomeReport = Field(description="What came of the stay.")


class RecheckStepInput(MutationInput):
    """A step to check again."""

    step: strawberry.ID = Field(description="Global id of the onboarding step.")
    revision: int | None = Field(default=None, description=REVISION_OF_STEP)
    as_of: Day | None = Field(
        default=None,
        description="Tell what the check says with the figures in force on this day, and store"
        " nothing; empty: today, and the verdict is stored.",
    )


class SignOffStepInput(MutationInput):
    """A step to sign."""

    step: strawberry.ID = Field(description="Global id of the onboarding step.")
    revision: int | None = Field(default=None, description=REVISION_OF_STEP)
    party: Party | None = Field(
        default=None, description="The side signed for; the one whose turn it is by default."
    )


class WaiveStepInput(MutationInput):
    """A step to set aside."""

    step: strawberry.ID = Field(description="Global id of the onboarding step.")
    revision: int | None = Field(default=None, description=REVISION_OF_STEP)
    reason: Prose = Field(description="Why; kept on the record.")


class CreateCalendarAddressInput(MutationInput):
    """A calendar that is to follow a stay."""

    stay: strawberry.ID = Field(description="Global id of the stay.")
    label: Line = Field(description="What it is for, such as the name of the calendar.")


class RevokeCalendarAddressInput(MutationInput):
    """An address that is to answer no longer."""

    id: strawberry.ID = Field(description="Global id of the calendar address.")


class CreateApiKeyInput(NewApiKey, MutationInput):
    """A key to make."""

    incubator: strawberry.ID = Field(description="Global id of the incubator that it acts for.")


class RotateApiKeyInput(MutationInput):
    """A key to replace by a new one."""

    id: strawberry.ID = Field(description="Global id of the key.")
    overlap_hours: int = Field(
        default=24, ge=0, le=720, description="How many hours the old key stays in force."
    )


class RevokeApiKeyInput(MutationInput):
    """A key to revoke."""

    id: strawberry.ID = Field(description="Global id of the key.")


class SetTodayInput(MutationInput):
    """The day to move the demo to."""

    today: Day = Field(description="The day.")


NESTED: tuple[type[BaseModel], ...] = (TextInput, RegistrationInput, TravellerInput, MoneyInput)
"""Models inside the inputs, by their own names."""

INPUTS: dict[str, type[BaseModel]] = {
    "CreateIncubatorInput": CreateIncubatorInput,
    "UpdateIncubatorInput": UpdateIncubatorInput,
    "PublishIncubatorInput": PublishIncubatorInput,
    "CreateStartupInput": CreateStartupInput,
    "UpdateStartupInput": UpdateStartupInput,
    "PublishStartupInput": PublishStartupInput,
    "ApplyForStayInput": ApplyForStayInput,
    "UpdateStayInput": UpdateStayInput,
    "MoveStayInput": MoveStayInput,
    "OutcomeReportInput": OutcomeReport,
    "SubmitReportInput": SubmitReportInput,
    "RecheckStepInput": RecheckStepInput,
    "SignOffStepInput": SignOffStepInput,
    "WaiveStepInput": WaiveStepInput,
    "CreateCalendarAddressInput": CreateCalendarAddressInput,
    "RevokeCalendarAddressInput": RevokeCalendarAddressInput,
    "CreateApiKeyInput": CreateApiKeyInput,
    "RotateApiKeyInput": RotateApiKeyInput,
    "RevokeApiKeyInput": RevokeApiKeyInput,
    "SetTodayInput": SetTodayInput,
}

Command = TypeVar("Command", bound=Form)


def command(kind: type[Command], given: Form) -> Command:
    """Return the part of an input that is the service's command, validated already."""
    made = kind.model_construct(
        _fields_set=set(given.model_fields_set & kind.model_fields.keys()),
        **{name: getattr(given, name) for name in kind.model_fields},
    )
    return cast("Command", made)
