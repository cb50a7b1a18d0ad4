"""The plugin `common`: what it declares."""

from collections.abc import Iterable

from softlanding import Audience, GraphQLField, GraphQLPart, PersonalData, RuleSet, Step, hookimpl
from softlanding_common.a1.step import A1
from softlanding_common.agreement import AGREEMENT
from softlanding_common.followup.step import FOLLOWUP
from softlanding_common.goals.step import GOALS
from softlanding_common.health_cover.step import HEALTH_COVER
from softlanding_common.loader import load_stays
from softlanding_common.mentor.step import MENTOR
from softlanding_common.midterm.step import MIDTERM
from softlanding_common.mobility_9090.step import MOBILITY_9090
from softlanding_common.personal_data import PERSONAL_DATA
from softlanding_common.report.step import REPORT
from softlanding_common.travellers.step import TRAVELLERS
from softlanding_common.types import CommonStay
from softlanding_common.workplace.step import WORKPLACE

CONTRACT = 1


@hookimpl
def rules() -> Iterable[RuleSet]:
    """Declare the figures, one rule set per file."""
    return RuleSet.all_in("softlanding_common")


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the steps that apply to every stay."""
    return [
        AGREEMENT,
        GOALS,
        TRAVELLERS,
        HEALTH_COVER,
        A1,
        MOBILITY_9090,
        WORKPLACE,
        MENTOR,
        MIDTERM,
        REPORT,
        FOLLOWUP,
    ]


@hookimpl
def graphql() -> GraphQLPart:
    """Declare the field `Stay.common`."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Stay",
                type=CommonStay,
                load=load_stays,
                description="The month of the stay: goals, introductions, review, figures.",
                audience=Audience.PARTIES,
            ),
        )
    )


@hookimpl
def personal_data() -> PersonalData:
    """Declare where data of persons stands in the answers."""
    return PERSONAL_DATA
