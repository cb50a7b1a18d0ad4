"""The plugin `imt_starter`: what it declares."""

from collections.abc import Iterable

from pydantic_settings import BaseSettings

from softlanding import Audience, GraphQLField, GraphQLPart, PersonalData, RuleSet, Step, hookimpl
from softlanding_imt_starter.campus_pass.step import CAMPUS_PASS
from softlanding_imt_starter.de_minimis.step import DE_MINIMIS
from softlanding_imt_starter.follow_up_funding.step import FOLLOW_UP_FUNDING
from softlanding_imt_starter.lab_access.step import lab_access
from softlanding_imt_starter.loaders import load_incubators, load_startups
from softlanding_imt_starter.personal_data import PERSONAL_DATA
from softlanding_imt_starter.research_match.step import RESEARCH_MATCH
from softlanding_imt_starter.research_profile.step import RESEARCH_PROFILE
from softlanding_imt_starter.settings import ImtStarterSettings, directory_of
from softlanding_imt_starter.sme_health.step import SME_HEALTH
from softlanding_imt_starter.stay_loader import load_stays
from softlanding_imt_starter.types import ImtStarterIncubator, ImtStarterStartup, ImtStarterStay

CONTRACT = 1


@hookimpl
def settings() -> type[BaseSettings]:
    """Declare the settings; the directory they name is read with them."""
    return ImtStarterSettings


@hookimpl
def rules() -> Iterable[RuleSet]:
    """Declare the figures, one rule set per step."""
    return RuleSet.all_in("softlanding_imt_starter")


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the seven steps; which labs are free decides when `lab_access` applies."""
    return [
        DE_MINIMIS,
        SME_HEALTH,
        RESEARCH_PROFILE,
        RESEARCH_MATCH,
        lab_access(directory_of(ImtStarterSettings()).free_labs),
        CAMPUS_PASS,
        FOLLOW_UP_FUNDING,
    ]


@hookimpl
def graphql() -> GraphQLPart:
    """Declare one field on each core type."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Stay",
                type=ImtStarterStay,
                load=load_stays,
                description="Aid, researchers and meetings of a stay at IMT Starter.",
            ),
            GraphQLField(
                target="Startup",
                type=ImtStarterStartup,
                load=load_startups,
                description="Aid, size and research of a start-up with a stay at IMT Starter.",
            ),
            GraphQLField(
                target="Incubator",
                type=ImtStarterIncubator,
                load=load_incubators,
                description="The labs on the campus of IMT Starter.",
                audience=Audience.PUBLIC,
            ),
        )
    )


@hookimpl
def personal_data() -> PersonalData:
    """Declare where data of persons stands in the answers."""
    return PERSONAL_DATA
