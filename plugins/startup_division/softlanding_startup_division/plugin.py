"""The plugin `startup_division`: what it declares."""

from collections.abc import Iterable

from softlanding import GraphQLField, GraphQLPart, PersonalData, RuleSet, Step, hookimpl
from softlanding_startup_division.company_code.step import COMPANY_CODE
from softlanding_startup_division.discovery_agenda.step import DISCOVERY_AGENDA
from softlanding_startup_division.founder_route.step import FOUNDER_ROUTE
from softlanding_startup_division.kotis.step import KOTIS_EXTRACT
from softlanding_startup_division.loaders import load_startups
from softlanding_startup_division.mobility_grant.step import MOBILITY_GRANT
from softlanding_startup_division.personal_data import PERSONAL_DATA
from softlanding_startup_division.pitch.step import PITCH
from softlanding_startup_division.stay_loader import load_stays
from softlanding_startup_division.types import StartupDivisionStartup, StartupDivisionStay

CONTRACT = 1


@hookimpl
def rules() -> Iterable[RuleSet]:
    """Declare the figures; a company code needs none."""
    return RuleSet.all_in("softlanding_startup_division")


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the steps: three for Lithuanian start-ups from here, three for stays here."""
    return [COMPANY_CODE, KOTIS_EXTRACT, MOBILITY_GRANT, DISCOVERY_AGENDA, PITCH, FOUNDER_ROUTE]


@hookimpl
def graphql() -> GraphQLPart:
    """Declare one field on `Startup` and one on `Stay`."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Startup",
                type=StartupDivisionStartup,
                load=load_startups,
                description="Registrations, aid and plan of a Lithuanian start-up, or of one with"
                " a stay at Startup Division.",
            ),
            GraphQLField(
                target="Stay",
                type=StartupDivisionStay,
                load=load_stays,
                description="The agenda of a stay at Startup Division.",
            ),
        )
    )


@hookimpl
def personal_data() -> PersonalData:
    """Declare where data of persons stands in the answers."""
    return PERSONAL_DATA
