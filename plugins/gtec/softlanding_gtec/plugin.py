"""The plugin `gtec`: what it declares."""

from collections.abc import Iterable

from softlanding import GraphQLField, GraphQLPart, PersonalData, RuleSet, Step, hookimpl
from softlanding_gtec.address.step import ADDRESS
from softlanding_gtec.company.step import COMPANY
from softlanding_gtec.corporate_match.step import CORPORATE_MATCH
from softlanding_gtec.deminimis_eair.step import DEMINIMIS_EAIR
from softlanding_gtec.founder_school.step import FOUNDER_SCHOOL
from softlanding_gtec.loaders import load_stays
from softlanding_gtec.personal_data import PERSONAL_DATA
from softlanding_gtec.schengen.step import SCHENGEN
from softlanding_gtec.types import GtecStay

CONTRACT = 1


@hookimpl
def rules() -> Iterable[RuleSet]:
    """Declare the figures of GTEC; those of European law stand in `common`."""
    return RuleSet.all_in("softlanding_gtec")


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the steps of GTEC."""
    return [COMPANY, SCHENGEN, ADDRESS, CORPORATE_MATCH, DEMINIMIS_EAIR, FOUNDER_SCHOOL]


@hookimpl
def graphql() -> GraphQLPart:
    """Declare one field on stays, for staff."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Stay",
                type=GtecStay,
                load=load_stays,
                description="Days, corporates and attendance of a stay at GTEC.",
            ),
        )
    )


@hookimpl
def personal_data() -> PersonalData:
    """Declare where data of persons stands in the answers."""
    return PERSONAL_DATA
