import strawberry
from pydantic import Field

import softlanding as sl


class Languages(sl.Form, json_schema_extra={"examples": [{"spoken": ["en"]}]}):
    spoken: list[sl.Line] = Field(max_length=20, description="Languages that the team speaks.")


async def check_languages(answers: Languages, stay: sl.StaySnapshot, ctx: sl.CheckContext):
    outcome = sl.Outcome.PASSED if "en" in answers.spoken else sl.Outcome.WARNING
    return sl.Verdict(outcome=outcome, code="SPOKEN", message={"en": ", ".join(answers.spoken)})


@sl.hookimpl
def steps():
    yield sl.Step(
        key="minimal.languages",
        title={"en": "Languages"},
        help={"en": "Which languages does the team speak?"},
        filled_by=frozenset({sl.Party.STARTUP}),
        due=-14,
        severity=sl.Severity.WARN,
        form=Languages,
        check=check_languages,
    )


@strawberry.type(description="What the smallest plugin knows about a stay.")
class MinimalStay:
    nights: int = strawberry.field(description="Nights between arrival and departure.")


async def load(stays, ctx):
    return [MinimalStay(nights=stay.days - 1) for stay in stays]


@sl.hookimpl
def graphql():
    field = sl.GraphQLField(target="Stay", type=MinimalStay, load=load, description="Nights.")
    return sl.GraphQLPart(fields=(field,))
