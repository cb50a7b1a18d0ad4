"""Stays over the services: refusals, history, and rules that hold under concurrency."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from softlanding.actors import operator
from softlanding.contract.forms import Form
from softlanding.domain.problems import Code, Refused
from softlanding.predicates import EVERYTHING, Equals, OneOf
from softlanding.services import incubators, startups, stays, steps
from softlanding.services.incubators import IncubatorChanges, NewIncubator
from softlanding.services.reports import OutcomeReport, submit_report
from softlanding.services.startups import NewStartup
from softlanding.services.stays import NewStay, StayChanges
from softlanding.testing.house import House
from softlanding_common.agreement import Agreement

ADMIN = operator("test")


async def network(house: House, count: int, *, desks: int | None = None) -> tuple[UUID, list[UUID]]:
    """Return a host, and start-ups of another country."""
    core = house.core
    home = await incubators.create_incubator(
        core, ADMIN, NewIncubator(slug="home", name="Home", country="LT")
    )
    host = await incubators.create_incubator(
        core, ADMIN, NewIncubator(slug="host", name="Host", country="FR", stay_capacity=desks)
    )
    made = [
        await startups.create_startup(
            core,
            ADMIN,
            NewStartup(slug=f"s{number}", name=f"S{number}", country="LT"),
            home_id=home,
        )
        for number in range(count)
    ]
    return host, made


def month(first: str = "2027-03-01", last: str = "2027-03-30") -> NewStay:
    return NewStay.model_validate(
        {
            "arrival": first,
            "departure": last,
            "travellers": [{"name": "T", "nationalities": ["LT"]}],
        }
    )


async def apply(house: House, startup: UUID, host: UUID, new: NewStay | None = None) -> UUID:
    return await stays.apply_for_stay(
        house.core, ADMIN, new or month(), startup_id=startup, host_id=host
    )


async def move(house: House, stay: UUID, *names: str) -> None:
    for name in names:
        await stays.move_stay(house.core, ADMIN, stay, name)


def codes(error: BaseException | None) -> list[Code]:
    assert isinstance(error, Refused), error
    return [problem.code for problem in error.problems]


async def states(house: House) -> list[str]:
    rows = await house.core.database.rows.select("stays", EVERYTHING)
    return sorted(row["state"] for row in rows)


async def test_the_last_desk_is_given_once_under_concurrent_requests(house: House) -> None:
    host, made = await network(house, 8, desks=3)
    applied = [await apply(house, startup, host) for startup in made]
    for stay in applied:
        await move(house, stay, "submit", "review")
    ended = await asyncio.gather(
        *(move(house, stay, "accept") for stay in applied), return_exceptions=True
    )
    refused = [error for error in ended if error is not None]
    assert [codes(error) for error in refused] == [[Code.HOST_FULL]] * 5
    assert await states(house) == ["ACCEPTED"] * 3 + ["IN_REVIEW"] * 5


async def test_a_startup_gets_one_stay_on_a_day_under_concurrent_requests(house: House) -> None:
    host, (startup,) = await network(house, 1)
    drafts = [await apply(house, startup, host) for _ in range(5)]
    ended = await asyncio.gather(
        *(move(house, stay, "submit") for stay in drafts), return_exceptions=True
    )
    assert sorted(error is None for error in ended) == [False] * 4 + [True]
    assert {tuple(codes(error)) for error in ended if error} == {(Code.OVERLAPPING_STAY,)}
    assert await states(house) == ["DRAFT"] * 4 + ["SUBMITTED"]


async def test_a_cancelled_stay_gives_its_desk_and_its_days_back(house: House) -> None:
    host, (one, two) = await network(house, 2, desks=1)
    first = await apply(house, one, host)
    await move(house, first, "submit", "review", "accept")
    second = await apply(house, two, host)
    await move(house, second, "submit", "review")
    with pytest.raises(Refused, match="The host is full on 2027-03-01: 1 of 1 desks are taken."):
        await move(house, second, "accept")
    await move(house, first, "cancel")
    await move(house, second, "accept")
    again = await apply(house, one, host, month("2027-03-05", "2027-03-20"))
    await move(house, again, "submit")


async def test_an_application_for_taken_days_is_refused_and_leaves_nothing(house: House) -> None:
    host, (startup,) = await network(house, 1)
    first = await apply(house, startup, host)
    await move(house, first, "submit")
    with pytest.raises(Refused) as refused:
        await apply(house, startup, host, month("2027-03-30", "2027-04-20"))
    assert codes(refused.value) == [Code.OVERLAPPING_STAY]
    assert await states(house) == ["SUBMITTED"]
    steps = await house.core.database.rows.select("onboarding_steps", EVERYTHING)
    assert {step["stay_id"] for step in steps} == {first}


async def test_new_dates_of_an_accepted_stay_need_a_desk_too(house: House) -> None:
    host, (one, two) = await network(house, 2, desks=1)
    first = await apply(house, one, host)
    second = await apply(house, two, host, month("2027-04-05", "2027-04-30"))
    for stay in (first, second):
        await move(house, stay, "submit", "review", "accept")
    changes = StayChanges.model_validate({"arrival": "2027-03-20"})
    with pytest.raises(Refused) as refused:
        await stays.update_stay(house.core, ADMIN, second, changes)
    assert codes(refused.value) == [Code.HOST_FULL]
    row = await house.core.database.rows.one("stays", second)
    assert row is not None
    assert (str(row["arrival"]), row["revision"]) == ("2027-04-05", 4)


async def test_new_dates_move_the_due_days_of_the_steps(house: House) -> None:
    host, (startup,) = await network(house, 1)
    stay = await apply(house, startup, host)

    async def due() -> list[str]:
        rows = await house.core.database.rows.select("onboarding_steps", OneOf("stay_id", (stay,)))
        return [str(row["due_on"]) for row in rows if row["key"] == "common.agreement"]

    # Sixty days before, on the working day up to it: 31 December, 5 February (a Friday).
    assert await due() == ["2026-12-31"]
    changes = StayChanges.model_validate({"arrival": "2027-04-07", "departure": "2027-05-01"})
    await stays.update_stay(house.core, ADMIN, stay, changes)
    assert await due() == ["2027-02-05"]


async def test_a_change_against_an_older_revision_is_a_conflict(house: House) -> None:
    host, (startup,) = await network(house, 1)
    stay = await apply(house, startup, host)
    changes = StayChanges.model_validate({"goals": ["meet a laser lab"]})
    await stays.update_stay(house.core, ADMIN, stay, changes, revision=1)
    with pytest.raises(Refused) as refused:
        await stays.update_stay(house.core, ADMIN, stay, changes, revision=1)
    assert codes(refused.value) == [Code.CONFLICT]


async def test_concurrent_changes_of_one_stay_are_all_kept(house: House) -> None:
    host, (startup,) = await network(house, 1)
    stay = await apply(house, startup, host)
    changes: list[dict[str, Any]] = [
        {"goals": ["a goal"]},
        {"motivation": "because"},
        {"travellers": [{"name": "New", "nationalities": ["FR"]}]},
    ]
    await asyncio.gather(
        *(
            stays.update_stay(house.core, ADMIN, stay, StayChanges.model_validate(change))
            for change in changes
        )
    )
    row = await house.core.database.rows.one("stays", stay)
    assert row is not None
    assert (row["goals"], row["motivation"], row["travellers"], row["revision"]) == (
        ["a goal"],
        "because",
        [{"name": "New", "nationalities": ["FR"]}],
        4,
    )


async def test_a_field_that_is_left_out_stays_and_null_is_refused_where_a_value_must_stand(
    house: House,
) -> None:
    host, _ = await network(house, 0, desks=4)
    core = house.core
    await incubators.update_incubator(
        core, ADMIN, host, IncubatorChanges.model_validate({"city": "Évry"})
    )
    await incubators.update_incubator(
        core, ADMIN, host, IncubatorChanges.model_validate({"stay_capacity": None})
    )
    row = await core.database.rows.one("incubators", host)
    assert row is not None
    assert (row["name"], row["city"], row["stay_capacity"], row["revision"]) == (
        "Host",
        "Évry",
        None,
        3,
    )
    with pytest.raises(Refused, match="name cannot be empty."):
        await incubators.update_incubator(
            core, ADMIN, host, IncubatorChanges.model_validate({"name": None})
        )


async def test_a_slug_is_taken_once_under_concurrent_requests(house: House) -> None:
    new = NewIncubator(slug="twin", name="Twin", country="FR")
    ended = await asyncio.gather(
        *(incubators.create_incubator(house.core, ADMIN, new) for _ in range(4)),
        return_exceptions=True,
    )
    refused = [error for error in ended if isinstance(error, BaseException)]
    assert [codes(error) for error in refused] == [[Code.SLUG_TAKEN]] * 3


async def test_a_stay_without_travellers_cannot_be_submitted(house: House) -> None:
    host, (startup,) = await network(house, 1)
    new = NewStay.model_validate({"arrival": "2027-03-01", "departure": "2027-03-30"})
    stay = await apply(house, startup, host, new)
    with pytest.raises(Refused, match="Nobody travels yet."):
        await move(house, stay, "submit")


async def test_travellers_are_not_taken_away_once_the_stay_is_handed_in(house: House) -> None:
    host, (startup,) = await network(house, 1)
    stay = await apply(house, startup, host)
    nobody = StayChanges(travellers=[])
    await stays.update_stay(house.core, ADMIN, stay, nobody)
    with pytest.raises(Refused, match="Nobody travels yet"):
        await move(house, stay, "submit")
    await stays.update_stay(house.core, ADMIN, stay, StayChanges(travellers=month().travellers))
    await move(house, stay, "submit")
    with pytest.raises(Refused, match="Nobody travels yet"):
        await stays.update_stay(house.core, ADMIN, stay, nobody)


async def test_signatures_fall_with_the_dates_and_people_they_were_given_for(house: House) -> None:
    host, (startup,) = await network(house, 1)
    stay = await apply(house, startup, host)
    contents = {name: ["x"] if name != "activity_plan" else "x" for name in Agreement.model_fields}
    agreement = Agreement.model_validate(contents)
    await steps.submit_step(house.core, ADMIN, stay, "common.agreement", agreement)
    await steps.sign_off_step(house.core, ADMIN, stay, "common.agreement")

    async def signed() -> list[str]:
        rows = await house.core.database.rows.select("onboarding_steps", OneOf("stay_id", (stay,)))
        found = next(row for row in rows if row["key"] == "common.agreement")
        return [signature["party"] for signature in found["signatures"]]

    await stays.update_stay(
        house.core, ADMIN, stay, StayChanges(goals=["Another"], departure=month().departure)
    )
    assert await signed() == ["STARTUP"]
    await stays.update_stay(house.core, ADMIN, stay, StayChanges(departure=date(2027, 3, 29)))
    assert await signed() == []
    history = await house.core.database.rows.select("history", Equals("action", "unsigned"))
    assert [row["detail"] for row in history] == ["changed: departure"]


@pytest.mark.parametrize("end", ["decline", "withdraw"])
async def test_an_end_state_takes_no_further_transition(house: House, end: str) -> None:
    host, (startup,) = await network(house, 1)
    stay = await apply(house, startup, host)
    await move(house, stay, "submit", end)
    with pytest.raises(Refused, match="is an end state|needs") as refused:
        await move(house, stay, "accept")
    assert codes(refused.value) == [Code.WRONG_STATE]


async def test_the_history_has_one_line_for_each_revision(house: House) -> None:
    host, (startup,) = await network(house, 1)
    stay = await apply(house, startup, host)
    await move(house, stay, "submit", "review")
    rows = await house.core.database.rows.select("history", OneOf("object_id", (stay,)))
    assert [(row["revision"], row["action"], row["actor"]) for row in rows] == [
        (1, "apply", "test"),
        (2, "submit", "test"),
        (3, "review", "test"),
    ]


def test_commands_refuse_fields_that_do_not_exist() -> None:
    for command in (NewIncubator, NewStartup, NewStay, StayChanges, IncubatorChanges):
        assert issubclass(command, Form)
        with pytest.raises(ValueError, match="Extra inputs are not permitted"):
            command.model_validate({"is_admin": True})


async def completed(house: House, host: UUID, startup: UUID) -> UUID:
    """Return a stay from 1 to 30 March 2027 whose report is awaited."""
    stay = await apply(house, startup, host)
    await move(house, stay, "submit", "review", "accept")
    rows = house.core.database.rows
    for step in await rows.select("onboarding_steps", OneOf("stay_id", (stay,))):
        if step["severity"] == "BLOCK":
            await steps.waive_step(house.core, ADMIN, stay, step["key"], reason="a test")
    await move(house, stay, "confirm")
    house.clock.move_to(date(2027, 3, 1))
    await move(house, stay, "start")
    house.clock.move_to(date(2027, 3, 30))
    await move(house, stay, "complete")
    return stay


def report(**changes: Any) -> OutcomeReport:
    figures = {"meetings_held": 3, "meetings_useful": 3, "days_present": 30}
    words = {"summary": "A month.", "settlement": "NO", "recommendation": 7}
    return OutcomeReport.model_validate({**words, **figures, **changes})


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"meetings_useful": 4}, ("report", "meetingsUseful")),
        ({"days_present": 31}, ("report", "daysPresent")),
    ],
)
async def test_a_report_that_cannot_be_is_refused_and_the_stay_stays_open(
    house: House, changes: dict[str, Any], path: tuple[str, ...]
) -> None:
    host, (startup,) = await network(house, 1)
    stay = await completed(house, host, startup)
    with pytest.raises(Refused) as refused:
        await submit_report(house.core, ADMIN, stay, report(**changes))
    assert [(one.code, one.path) for one in refused.value.problems] == [(Code.INVALID, path)]
    assert await states(house) == ["COMPLETED"]
    await submit_report(house.core, ADMIN, stay, report())
    assert await states(house) == ["CLOSED"]


async def test_a_closed_stay_keeps_open_what_is_due_after_its_departure(house: House) -> None:
    host, (startup,) = await network(house, 1)
    stay = await completed(house, host, startup)
    await submit_report(house.core, ADMIN, stay, report())
    with pytest.raises(Refused) as refused:
        await steps.waive_step(house.core, ADMIN, stay, "common.midterm", reason="too late")
    assert codes(refused.value) == [Code.WRONG_STATE]
    await steps.waive_step(house.core, ADMIN, stay, "common.followup", reason="gone")
    rows = await house.core.database.rows.select("onboarding_steps", OneOf("stay_id", (stay,)))
    waived = {row["key"]: row["waived_reason"] for row in rows}
    assert (waived["common.midterm"], waived["common.followup"]) == (None, "gone")
