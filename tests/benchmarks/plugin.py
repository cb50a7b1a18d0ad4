"""An invented plugin with eight steps and a field, so that the bench's stays have steps in force.

Steps of a plugin that is not loaded are all shown BLOCKED; here they are worked out, ordered
and believed like those of a real partner: some have a form, some a check, some signatures.
"""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, Field
from tests.benchmarks.plugin_type import BenchStay

from softlanding import (
    Audience,
    CheckContext,
    Form,
    GraphQLField,
    GraphQLPart,
    Line,
    Outcome,
    Party,
    PluginContext,
    Severity,
    StaySnapshot,
    Step,
    Verdict,
    hookimpl,
)

KEY = "bench"
_S, _HOME, _HOST = Party.STARTUP, Party.HOME, Party.HOST


class Agreement(Form):
    """What the parties agree on."""

    note: Line = Field(description="What was agreed.")


class Insurance(Form):
    """The start-up's insurance."""

    note: Line = Field(description="Name of the insurer.")


class Equipment(Form):
    """What the start-up brings along."""

    note: Line = Field(description="What is brought.")


class Evaluation(Form):
    """How the stay went."""

    note: Line = Field(description="One sentence.")


async def passes(answers: BaseModel | None, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Find nothing wrong."""
    return Verdict(outcome=Outcome.PASSED, code="FINE", message={"en": "All is in order."})


def _step(
    name: str,
    title: str,
    due: int,
    severity: Severity,
    *,
    form: type[BaseModel] | None = None,
    signed_by: tuple[Party, ...] = (),
    after: tuple[str, ...] = (),
) -> Step:
    return Step(
        key=f"{KEY}.{name}",
        title={"en": title, "fr": f"{title} (fr)"},
        help={"en": f"What is to be done about: {title.lower()}."},
        filled_by=frozenset({_S, _HOME}),
        due=due,
        severity=severity,
        form=form,
        check=passes if form and not signed_by else None,
        signed_by=signed_by,
        after=tuple(f"{KEY}.{other}" for other in after),
    )


@hookimpl
def steps() -> Iterable[Step]:
    """Declare eight steps."""
    block, warn, info = Severity.BLOCK, Severity.WARN, Severity.INFO
    return (
        _step(
            "agreement",
            "Agreement of the parties",
            -60,
            block,
            form=Agreement,
            signed_by=(_S, _HOME, _HOST),
        ),
        _step("insurance", "Insurance of the visitors", -45, block, form=Insurance),
        _step("equipment", "Equipment brought along", -30, info, form=Equipment),
        _step(
            "house_rules",
            "House rules of the host",
            -14,
            warn,
            signed_by=(_S,),
            after=("agreement",),
        ),
        _step(
            "safety", "Safety briefing", -7, block, signed_by=(_S, _HOST), after=("house_rules",)
        ),
        _step("visit_plan", "Plan of the first week", -21, warn, signed_by=(_HOME,)),
        _step(
            "arrival_talk",
            "Talk on the day of arrival",
            1,
            info,
            signed_by=(_HOST,),
            after=("safety",),
        ),
        _step("evaluation", "Evaluation of the stay", 28, warn, form=Evaluation),
    )


async def load_stays(stays: Sequence[StaySnapshot], ctx: PluginContext) -> list[BenchStay]:
    """Return one value per stay, without asking anybody."""
    return [
        BenchStay(
            nights=(stay.departure - stay.arrival).days,
            season="summer" if stay.arrival.month in range(4, 10) else "winter",
            note=f"From {stay.arrival:%d.%m.} on",
        )
        for stay in stays
    ]


@hookimpl
def graphql() -> GraphQLPart:
    """Declare the field `Stay.bench`."""
    return GraphQLPart(
        fields=(
            GraphQLField(
                target="Stay",
                type=BenchStay,
                load=load_stays,
                description="What the bench adds to a stay.",
                audience=Audience.PARTIES,
            ),
        )
    )
