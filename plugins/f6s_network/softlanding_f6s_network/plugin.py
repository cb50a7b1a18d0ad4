"""The plugin `f6s_network`: what it declares."""

from collections.abc import Iterable

from softlanding import GraphQLField, GraphQLPart, PersonalData, RuleSet, Step, hookimpl
from softlanding_f6s_network.border.step import BORDER_STEP
from softlanding_f6s_network.cascade.step import CASCADE_STEP
from softlanding_f6s_network.company.step import COMPANY
from softlanding_f6s_network.data_transfer.step import DATA_TRANSFER_STEP
from softlanding_f6s_network.f6s_profile.step import F6S_PROFILE
from softlanding_f6s_network.mfa.step import MFA_STEP
from softlanding_f6s_network.personal_data import PERSONAL_DATA
from softlanding_f6s_network.startup_loader import load_startups
from softlanding_f6s_network.stay_loader import load_stays
from softlanding_f6s_network.types import F6sNetworkStartup, F6sNetworkStay
from softlanding_f6s_network.visitor_activities.step import VISITOR_ACTIVITIES_STEP

CONTRACT = 1


@hookimpl
def rules() -> Iterable[RuleSet]:
    """Declare the figures, one rule set per step that has any."""
    return RuleSet.all_in("softlanding_f6s_network")


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the seven steps."""
    return [
        F6S_PROFILE,
        COMPANY,
        BORDER_STEP,
        VISITOR_ACTIVITIES_STEP,
        MFA_STEP,
        CASCADE_STEP,
        DATA_TRANSFER_STEP,
    ]


@hookimpl
def graphql() -> GraphQLPart:
    """Declare one field on stays and one on start-ups."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Stay",
                type=F6sNetworkStay,
                load=load_stays,
                description="Border, activities, data and sub-grant of a stay in the UK.",
            ),
            GraphQLField(
                target="Startup",
                type=F6sNetworkStartup,
                load=load_startups,
                description="Profile and subsidies of a start-up with a stay in the UK.",
            ),
        )
    )


@hookimpl
def personal_data() -> PersonalData:
    """Declare where data of persons stands in the answers."""
    return PERSONAL_DATA
