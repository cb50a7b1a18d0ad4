"""What Crosspring Lab adds to the schema: output types, each name begins with `CrosspringLab`."""

from datetime import date
from decimal import Decimal

import strawberry

from softlanding_crosspring_lab.facilitator_terms.criteria import RvoCriterionName
from softlanding_crosspring_lab.facilitator_terms.form import FeeModel
from softlanding_crosspring_lab.innovation_plan.form import InnovationKind
from softlanding_crosspring_lab.lab_sprint.weeks import ExperimentState


@strawberry.type(description="A criterion of the RVO for a facilitator, as it stands.")
class CrosspringLabRvoCriterion:
    """A criterion, as it stands."""

    name: RvoCriterionName = strawberry.field(description="The criterion.")
    ok: bool = strawberry.field(description="Is it met?")


@strawberry.type(description="Who guides a start-up during its stay, and on which terms.")
class CrosspringLabFacilitation:
    """Who guides a start-up, and on which terms."""

    facilitator: str = strawberry.field(description="Name of the facilitator.")
    coaching_hours: Decimal = strawberry.field(description="Hours of coaching during the stay.")
    fee_model: FeeModel = strawberry.field(description="Fee, share, both or none.")
    rvo_criteria: list[CrosspringLabRvoCriterion] | None = strawberry.field(
        description="The criteria of the RVO; null when a figure is not known today."
    )


@strawberry.type(description="One experiment of the product lab.")
class CrosspringLabExperiment:
    """One experiment of the product lab."""

    week: int = strawberry.field(description="Week of the stay, from 1 on.")
    hypothesis: str = strawberry.field(description="What one expects to be true.")
    metric: str = strawberry.field(description="What is counted or measured.")
    target: Decimal = strawberry.field(description="The number from which the hypothesis holds.")
    planned_on: date | None = strawberry.field(description="The day planned for it, if any.")
    result: Decimal | None = strawberry.field(
        description="The metric as measured; null until then."
    )
    measured_on: date | None = strawberry.field(description="The day of the measurement.")
    due_on: date | None = strawberry.field(
        description="Last day for the result; null when a figure is not known today."
    )
    state: ExperimentState | None = strawberry.field(
        description="Where it stands today; null when a figure is not known today."
    )
    holiday: str | None = strawberry.field(
        description="Name of the Dutch public holiday on its planned day, if there is one."
    )


@strawberry.type(description="One way in which a product is new.")
class CrosspringLabInnovationAspect:
    """One way in which a product is new."""

    aspect: InnovationKind = strawberry.field(description="In what way it is new.")
    argument: str = strawberry.field(description="Why, in the words of the start-up.")


@strawberry.type(description="What Crosspring Lab knows about a stay there.")
class CrosspringLabStay:
    """What Crosspring Lab knows about a stay."""

    facilitation: CrosspringLabFacilitation | None = strawberry.field(
        description="Facilitator and agreement; null while there is none."
    )
    experiments: list[CrosspringLabExperiment] | None = strawberry.field(
        description="The board of the product lab by week; null until it is written."
    )
    innovation_plan: str | None = strawberry.field(
        description="The plan as Markdown; its SHA-256 is the evidence of the step. Null until"
        " it is written."
    )


@strawberry.type(description="What Crosspring Lab knows about a start-up from its stays there.")
class CrosspringLabStartup:
    """What Crosspring Lab knows about a start-up."""

    innovation_aspects: list[CrosspringLabInnovationAspect] | None = strawberry.field(
        description="What is new, from the latest plan; null when there is none."
    )
