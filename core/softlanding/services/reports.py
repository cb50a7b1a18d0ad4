"""The outcome report, which closes a stay."""

from collections.abc import Iterator
from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.forms import Form, MoneyInput, Prose
from softlanding.domain.problems import Code, Problem, refuse_if
from softlanding.domain.vocabulary import Described
from softlanding.services.core import Core, require_writer, visible
from softlanding.services.stays import move_stay


class SettlementDecision(Described):
    """Whether the start-up settles in the host's country."""

    YES = "YES", "It settles there."
    NO = "NO", "It does not."
    LATER = "LATER", "It will decide later."


class OutcomeReport(Form):
    """What came of a stay; figures as the start-up declares them."""

    summary: Prose = Field(description="What was done and learnt.")
    meetings_held: int = Field(ge=0, le=1000, description="Number of meetings held.")
    meetings_useful: int = Field(ge=0, le=1000, description="How many of them were useful.")
    leads: int = Field(default=0, ge=0, le=1000, description="New leads.")
    pilots: int = Field(default=0, ge=0, le=1000, description="Letters of intent and pilots.")
    customers: int = Field(default=0, ge=0, le=1000, description="New customers.")
    investors_met: int = Field(default=0, ge=0, le=1000, description="Investors met.")
    raised: MoneyInput | None = Field(default=None, description="Money raised, as declared.")
    researchers_met: int = Field(default=0, ge=0, le=1000, description="Researchers met.")
    settlement: SettlementDecision = Field(description="Whether the start-up settles there.")
    recommendation: int = Field(
        ge=0, le=10, description="How likely it recommends a stay, 0 to 10 (net promoter)."
    )
    mentor_hours: int = Field(default=0, ge=0, le=1000, description="Hours with mentors.")
    days_present: int = Field(ge=0, le=93, description="Days present at the host.")


async def submit_report(
    core: Core,
    actor: Actor,
    stay_id: UUID,
    report: OutcomeReport,
    *,
    revision: int | None = None,
) -> UUID:
    """Hand the outcome report in and close the stay; the start-up or its home.

    Refuses figures that cannot be: more useful meetings than meetings, more days than the stay.
    """
    require_writer(actor)
    stay = await visible(core.database.rows, actor, "stays", stay_id, "stay")
    refuse_if(_problems(report, days=(stay["departure"] - stay["arrival"]).days + 1))
    columns = {"report": report.model_dump(mode="json")}
    return await move_stay(core, actor, stay_id, "close", columns=columns, revision=revision)


def _problems(report: OutcomeReport, *, days: int) -> Iterator[Problem]:
    if report.meetings_useful > report.meetings_held:
        yield Problem(
            code=Code.INVALID,
            message=f"{report.meetings_useful} of {report.meetings_held} meetings were useful.",
            path=("report", "meetingsUseful"),
            hint="Count the useful meetings among those held.",
        )
    if report.days_present > days:
        yield Problem(
            code=Code.INVALID,
            message=f"{report.days_present} days present; the stay has {days} days.",
            path=("report", "daysPresent"),
            hint="Count the days from the arrival to the departure.",
        )
