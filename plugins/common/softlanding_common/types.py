"""What every stay shows of its month: output types, each name begins with `Common`."""

from datetime import date
from decimal import Decimal

import strawberry

from softlanding_common.goals.form import Need
from softlanding_common.mentor.form import IntroductionOutcome
from softlanding_common.midterm.form import GoalState


@strawberry.type(description="An introduction that the host makes for a goal.")
class CommonIntroduction:
    """An introduction."""

    need: Need = strawberry.field(description="Which need of the goal it is for.")
    to: str = strawberry.field(description="The organisation the start-up is introduced to.")
    on: date | None = strawberry.field(description="The day they meet; null while not agreed.")
    outcome: IntroductionOutcome = strawberry.field(description="What became of it.")


@strawberry.type(description="A goal of the stay, with what is done for it.")
class CommonGoal:
    """A goal of the stay."""

    key: str = strawberry.field(description="Short name of the goal.")
    text: str = strawberry.field(description="What is to be reached.")
    needs: list[Need] = strawberry.field(description="What the start-up needs for it.")
    introductions: list[CommonIntroduction] = strawberry.field(
        description="Introductions for it, by day; those without a day last."
    )
    needs_without_introduction: list[Need] = strawberry.field(
        description="Needs for which nobody has been found yet."
    )
    state: GoalState | None = strawberry.field(
        description="Where it stands by the mid-term review; null before it."
    )
    next_step: str | None = strawberry.field(
        description="The next step by the mid-term review, if one is named."
    )


@strawberry.type(description="What meetings, mentor sessions and absences of a stay add up to.")
class CommonReport:
    """The sums that the outcome report can declare."""

    meetings_held: int = strawberry.field(description="Meetings held.")
    meetings_useful: int = strawberry.field(description="Meetings marked as useful.")
    usefulness: Decimal | None = strawberry.field(
        description="Mean mark of the meetings, 1 to 5, two decimals; null without meetings."
    )
    leads: int = strawberry.field(description="Leads.")
    pilots: int = strawberry.field(description="Letters of intent and pilots.")
    customers: int = strawberry.field(description="Customers.")
    investors_met: int = strawberry.field(description="Investors met, each once.")
    researchers_met: int = strawberry.field(description="Research groups met, each once.")
    collaborations: int = strawberry.field(description="Collaborations in research.")
    mentor_hours: Decimal = strawberry.field(description="Hours with the mentor.")
    days_present: int = strawberry.field(description="Days of the stay at the host.")


@strawberry.type(description="The month of a stay: goals, introductions, review, figures.")
class CommonStay:
    """The month of a stay."""

    goals: list[CommonGoal] = strawberry.field(description="The goals; none before they are noted.")
    mentor: str | None = strawberry.field(
        description="Name of the mentor; null before one is named, and once it is deleted."
    )
    meetings_booked: int = strawberry.field(
        description="Introductions with a day of the stay that were not declined."
    )
    kickoff_on: date | None = strawberry.field(description="Day of the kick-off, once noted.")
    midterm_on: date | None = strawberry.field(
        description="Day of the mid-term review, once noted."
    )
    report: CommonReport | None = strawberry.field(
        description="What the start-up's list adds up to; null before there is one."
    )
    next_kpi_follow_up: date | None = strawberry.field(
        description="Next day on which the figures are to be asked for, 180 and 360 days after the"
        " arrival; null when both are in, and for a stay that did not take place."
    )
