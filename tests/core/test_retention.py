"""Personal answers are deleted when their time is over; what was decided stays."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from types import ModuleType
from typing import Annotated, Any

import pytest
from pydantic import Field

from softlanding import (
    PERSONAL,
    Day,
    Fact,
    Form,
    Line,
    Outcome,
    Party,
    Retention,
    Severity,
    Step,
    Verdict,
    hookimpl,
)
from softlanding.contract.form_schemas import form_schemas
from softlanding.domain.retention import keep
from softlanding.predicates import AllOf, Equals, OneOf
from softlanding.services.duties import do_duties
from softlanding.testing.house import House, open_house, registry_of

DEPARTURE = date(2027, 3, 30)


class Guest(Form):
    """A guest."""

    name: Annotated[Line, PERSONAL] = Field(description="Name.")
    desk: Line = Field(description="Desk.")


class Guests(Form):
    """Guests, and who looks after them."""

    guests: list[Guest] = Field(max_length=20, description="The guests.")
    phone: Annotated[Line | None, PERSONAL] = Field(default=None, description="Telephone.")
    grant: Annotated[Line, Retention(days=365)] = Field(description="The grant.")
    arrived_on: Day = Field(description="First day.")


ANSWERS = {
    "guests": [{"name": "Gabija Demo", "desk": "1"}, {"name": "Tess Demo", "desk": "2"}],
    "phone": "+370 000",
    "grant": "G1",
    "arrived_on": "2027-03-01",
}


@pytest.mark.parametrize(
    ("days", "left", "deleted", "kept_until"),
    [
        (90, ANSWERS, [], date(2027, 6, 28)),
        (
            91,
            {
                "guests": [{"desk": "1"}, {"desk": "2"}],
                "grant": "G1",
                "arrived_on": "2027-03-01",
            },
            ["guests[1].name", "guests[2].name", "phone"],
            date(2028, 3, 29),
        ),
        (
            366,
            {"guests": [{"desk": "1"}, {"desk": "2"}], "arrived_on": "2027-03-01"},
            ["guests[1].name", "guests[2].name", "phone", "grant"],
            None,
        ),
    ],
)
def test_each_answer_is_kept_as_long_as_its_field_says(
    days: int, left: dict[str, Any], deleted: list[str], kept_until: date | None
) -> None:
    schema = form_schemas(Guests)["en"]
    today = DEPARTURE + timedelta(days=days)
    kept = keep(schema, ANSWERS, departure=DEPARTURE, today=today)
    assert (kept.answers, kept.deleted, kept.kept_until) == (left, deleted, kept_until)


def test_a_form_shows_how_long_its_answers_are_kept() -> None:
    properties = form_schemas(Guests)["en"]["properties"]
    assert {name: field.get("x-retention-days") for name, field in properties.items()} == {
        "guests": None,
        "phone": 90,
        "grant": 365,
        "arrived_on": None,
    }


async def check_guests(answers: Guests, stay: Any, ctx: Any) -> Verdict:
    return Verdict(
        outcome=Outcome.PASSED,
        code="SEATED",
        message={"en": f"{len(answers.guests)} guests."},
        facts=(Fact(name="guests", value=len(answers.guests)),),
    )


def the_plugin() -> ModuleType:
    module = ModuleType("guests")

    def steps() -> list[Step]:
        step = Step(
            key="guests.list",
            title={"en": "Guests"},
            help={"en": "Who comes."},
            filled_by=frozenset({Party.STARTUP}),
            due=-7,
            severity=Severity.WARN,
            form=Guests,
            check=check_guests,
        )
        return [step]

    module.steps = hookimpl(steps)  # type: ignore[attr-defined] # a module takes any name
    return module


@pytest.fixture
async def answered(seeded_url: str) -> AsyncIterator[House]:
    """A stay of 30 days whose guests are named."""
    registry = registry_of({"guests": the_plugin()})
    async with open_house(database_url=seeded_url, registry=registry, migrated=True) as house:
        token = await house.person("Ada", admin=True)
        ids = await house.data(
            '{ startup(slug: "rukas-fintech") { id } incubator(slug: "gtec") { id } }'
        )
        stay = await house.data(
            """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
              stay { id } } }""",
            {
                "input": {
                    "startup": ids["startup"]["id"],
                    "host": ids["incubator"]["id"],
                    "arrival": "2027-03-01",
                    "departure": DEPARTURE.isoformat(),
                }
            },
            token=token,
        )
        answers = {
            "guests": ANSWERS["guests"],
            "phone": "+370 000",
            "grant": "G1",
            "arrivedOn": "2027-03-01",
        }
        submitted = await house.data(
            """mutation($input: SubmitStepInput!) { submitStep(input: $input) {
              step { state } problems { message } } }""",
            {
                "input": {
                    "stay": stay["applyForStay"]["stay"]["id"],
                    "answers": {"guestsList": answers},
                }
            },
            token=token,
        )
        assert submitted["submitStep"] == {"step": {"state": "DONE"}, "problems": []}
        yield house


async def stored(house: House) -> dict[str, Any]:
    steps = await house.core.database.rows.select("onboarding_steps", Equals("key", "guests.list"))
    (step,) = [one for one in steps if one["answers"] is not None]
    return step


async def test_a_duty_deletes_what_is_due_once_and_keeps_the_verdict(answered: House) -> None:
    verdict = (await stored(answered))["verdict"]
    answered.clock.move_to(date(2027, 6, 28))
    await do_duties(answered.core)
    assert (await stored(answered))["answers"] == ANSWERS

    answered.clock.move_to(date(2027, 6, 29))
    await do_duties(answered.core)
    await do_duties(answered.core)
    step = await stored(answered)
    assert step["answers"]["guests"] == [{"desk": "1"}, {"desk": "2"}]
    assert (step["answers_deleted_on"], step["answers_kept_until"]) == (
        date(2027, 6, 29),
        date(2028, 3, 29),
    )
    assert step["verdict"] == {
        **verdict,
        "message": {
            "en": "The answers behind this verdict were deleted on 2027-06-29; outcome, code and"
            " figures are kept."
        },
        "evidence": [],
    }
    deleted = AllOf((Equals("action", "deleted"), OneOf("object_id", (step["id"],))))
    history = await answered.core.database.rows.select("history", deleted)
    assert [(row["actor"], row["detail"]) for row in history] == [
        ("retention", "guests[1].name, guests[2].name, phone")
    ]


async def test_a_duty_is_done_once_a_day_and_by_one_process(answered: House) -> None:
    await do_duties(answered.core)
    duties = await answered.core.database.rows.select("duties", Equals("id", "delete_answers"))
    assert duties == [{"id": "delete_answers", "started_at": None, "done_on": date(2026, 11, 22)}]


async def test_new_dates_move_the_day_of_deletion(answered: House) -> None:
    token = await answered.person("Bea", admin=True)
    data = await answered.data(
        '{ startup(slug: "rukas-fintech") { stays { nodes { id } } } }', token=token
    )
    (stay,) = data["startup"]["stays"]["nodes"]
    await answered.data(
        """mutation($id: ID!) { updateStay(input: {id: $id, departure: "2027-03-20"}) {
          problems { message } } }""",
        {"id": stay["id"]},
        token=token,
    )
    assert (await stored(answered))["answers_kept_until"] == date(2027, 6, 18)
