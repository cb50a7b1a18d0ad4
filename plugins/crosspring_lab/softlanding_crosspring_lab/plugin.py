"""The plugin `crosspring_lab`: what it declares."""

from collections.abc import Iterable

from softlanding import GraphQLField, GraphQLPart, PersonalData, RuleSet, Step, hookimpl
from softlanding_crosspring_lab.company.step import COMPANY
from softlanding_crosspring_lab.facilitator_terms.step import FACILITATOR_TERMS
from softlanding_crosspring_lab.innovation_plan.step import INNOVATION_PLAN
from softlanding_crosspring_lab.lab_sprint.step import LAB_SPRINT
from softlanding_crosspring_lab.loaders import load_startups, load_stays
from softlanding_crosspring_lab.permit_screen.step import PERMIT_SCREEN
from softlanding_crosspring_lab.personal_data import PERSONAL_DATA
from softlanding_crosspring_lab.registration.step import REGISTRATION
from softlanding_crosspring_lab.types import CrosspringLabStartup, CrosspringLabStay

CONTRACT = 1


@hookimpl
def rules() -> Iterable[RuleSet]:
    """Declare the figures, one rule set per step that has any."""
    return RuleSet.all_in("softlanding_crosspring_lab")


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the six steps."""
    return [COMPANY, INNOVATION_PLAN, FACILITATOR_TERMS, LAB_SPRINT, REGISTRATION, PERMIT_SCREEN]


@hookimpl
def graphql() -> GraphQLPart:
    """Declare one field on a stay and one on a start-up."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Stay",
                type=CrosspringLabStay,
                load=load_stays,
                description="Facilitator, experiments and plan of a stay at Crosspring Lab.",
            ),
            GraphQLField(
                target="Startup",
                type=CrosspringLabStartup,
                load=load_startups,
                description="What is new about a start-up with a stay at Crosspring Lab.",
            ),
        )
    )


@hookimpl
def personal_data() -> PersonalData:
    """Declare where data of persons stands in the answers."""
    return PERSONAL_DATA
