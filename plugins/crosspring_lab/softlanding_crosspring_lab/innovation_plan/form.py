"""What is new about a product, and the plan for its first year."""

from pydantic import Field

from softlanding import Described, Form, Prose

_ARGUMENT = (
    "No product on the Dutch market stores electricity for a whole housing block and trades it on"
    " behalf of its tenants (fictional)."
)


class InnovationKind(Described):
    """In what way a product or service is new."""

    NEW_TO_NL = "NEW_TO_NL", "The product or service is new to the Netherlands."
    NEW_TECH = "NEW_TECH", "Its production, distribution or marketing uses new technology."
    NEW_ORGANISATION = "NEW_ORGANISATION", "It is organised or carried out in a new way."


class InnovationAspect(Form):
    """One way in which it is new, with the argument."""

    aspect: InnovationKind = Field(description="In what way it is new.")
    argument: Prose = Field(description="Why, in at least 100 characters.")


class StepByStepPlan(Form):
    """The seven sections of the plan; each of at least 50 words."""

    structure: Prose | None = Field(default=None, description="How the company is structured.")
    roles: Prose | None = Field(default=None, description="Who does what.")
    legal_form: Prose | None = Field(default=None, description="Its legal form, and why.")
    staff: Prose | None = Field(default=None, description="Whom it employs, now and in a year.")
    purpose: Prose | None = Field(default=None, description="What the company is there for.")
    product_description: Prose | None = Field(
        default=None, description="The product or service that is new."
    )
    first_year_activities: Prose | None = Field(
        default=None, description="What it will do in the first year."
    )


class InnovationPlan(
    Form,
    json_schema_extra={
        "examples": [
            {
                "aspects": [{"aspect": "NEW_TO_NL", "argument": _ARGUMENT}],
                "plan": {
                    "structure": "One company in Germany, with a branch in the Netherlands.",
                    "roles": "One founder leads the company, the other develops the storage.",
                    "legal_form": "A German limited company (GmbH).",
                    "staff": "Four people today, six in a year.",
                    "purpose": "Housing blocks that use the electricity they make.",
                    "product_description": "A battery of 100 kWh with software that trades.",
                    "first_year_activities": "A pilot in one block, then offers to five owners.",
                },
                "seek_startup_permit": False,
            }
        ]
    },
):
    """What is new for the Netherlands, and the plan step by step."""

    aspects: list[InnovationAspect] = Field(
        default_factory=list, max_length=10, description="In what way it is new; at least one."
    )
    plan: StepByStepPlan = Field(description="The plan, in seven sections.")
    seek_startup_permit: bool = Field(
        default=False,
        description="Does a founder want to apply for the Dutch residence permit for start-ups?",
    )
