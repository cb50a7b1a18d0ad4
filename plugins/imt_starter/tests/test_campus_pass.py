from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from softlanding import Outcome, StaySnapshot, StayState, Verdict
from softlanding.testing.checks import a_stay
from softlanding_imt_starter.campus_pass.occupancy import fullest_day

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


def other(number: int, arrival: date, departure: date, **changes: Any) -> StaySnapshot:
    return a_stay(id=UUID(int=100 + number), arrival=arrival, departure=departure, **changes)


async def test_a_campus_pass_is_ready(check: Check, answers: Answers) -> None:
    verdict = await check("campus_pass", answers("campus_pass"))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "CAMPUS_READY")
    assert [(one.name, str(one.value), one.unit) for one in verdict.facts] == [
        ("insured_from", "2027-03-01", None),
        ("insured_to", "2027-03-30", None),
        ("cover", "1000000", "EUR"),
        ("persons", "1", "persons"),
        ("persons_per_desk_block", "4", "persons"),
        ("desk_blocks", "1", "blocks"),
        ("projects_capacity", "25", "projects"),
        ("fullest_day", "2027-03-01", None),
        ("projects_on_fullest_day", "20", "projects"),
        ("convention_signed_on", "2026-11-22", None),
    ]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2027-03-01", "2027-03-30", "CAMPUS_READY"),
        ("2027-02-28", "2027-03-31", "CAMPUS_READY"),
        ("2027-03-02", "2027-03-30", "INSURANCE_STARTS_LATE"),
        ("2027-03-01", "2027-03-29", "INSURANCE_ENDS_EARLY"),
    ],
)
async def test_the_insurance_covers_the_whole_stay(
    check: Check, answers: Answers, first: str, last: str, code: str
) -> None:
    given = answers("campus_pass")
    given["liability_insurance"] |= {"valid_from": first, "valid_to": last}
    assert (await check("campus_pass", given)).code == code


async def test_the_failure_names_both_days(check: Check, answers: Answers) -> None:
    given = answers("campus_pass")
    given["liability_insurance"] |= {"valid_to": "2027-03-15"}
    verdict = await check("campus_pass", given)
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "Insurance ends 2027-03-15 before departure 2027-03-30.",
    )


@pytest.mark.parametrize(
    ("persons", "blocks", "code"),
    [
        (4, 1, "CAMPUS_READY"),
        (5, 1, "TOO_MANY_PERSONS"),
        (8, 2, "CAMPUS_READY"),
        (9, 2, "TOO_MANY_PERSONS"),
    ],
)
async def test_four_persons_have_place_at_a_desk_block(
    check: Check, answers: Answers, persons: int, blocks: int, code: str
) -> None:
    names = [f"Person {number}" for number in range(persons)]
    given = answers("campus_pass", persons=names, desk_blocks=blocks)
    assert (await check("campus_pass", given)).code == code


@pytest.mark.parametrize(
    ("signed", "today", "code"),
    [
        (None, date(2026, 11, 22), "CONVENTION_NOT_SIGNED"),
        ("2026-11-22", date(2026, 11, 22), "CAMPUS_READY"),
        ("2026-11-23", date(2026, 11, 22), "CONVENTION_NOT_SIGNED"),
        ("2027-03-01", date(2027, 3, 10), "CAMPUS_READY"),
        ("2027-03-02", date(2027, 3, 10), "CONVENTION_SIGNED_LATE"),
    ],
)
async def test_the_agreement_is_signed_by_the_arrival(
    check: Check, answers: Answers, signed: str | None, today: date, code: str
) -> None:
    given = answers("campus_pass", convention_signed_on=signed)
    assert (await check("campus_pass", given, today=today)).code == code


@pytest.mark.parametrize(
    ("residents", "code"), [(24, "CAMPUS_READY"), (25, "BUILDING_FULL"), (26, "BUILDING_FULL")]
)
async def test_the_building_holds_25_projects_with_this_one(
    check: Check, answers: Answers, residents: int, code: str
) -> None:
    given = answers("campus_pass", resident_projects=residents)
    assert (await check("campus_pass", given)).code == code


@pytest.mark.parametrize(("residents", "code"), [(9, "CAMPUS_READY"), (10, "BUILDING_FULL")])
async def test_the_capacity_that_the_incubator_declares_comes_first(
    check: Check, answers: Answers, residents: int, code: str
) -> None:
    stay = a_stay()
    stay = replace(stay, host=replace(stay.host, project_capacity=10))
    given = answers("campus_pass", resident_projects=residents)
    assert (await check("campus_pass", given, stay=stay)).code == code


@pytest.mark.parametrize(
    ("arrival", "departure", "full_on"),
    [
        (date(2027, 2, 1), date(2027, 2, 28), None),
        (date(2027, 2, 1), date(2027, 3, 1), "2027-03-01"),
        (date(2027, 3, 12), date(2027, 3, 20), "2027-03-12"),
        (date(2027, 3, 30), date(2027, 4, 20), "2027-03-30"),
        (date(2027, 3, 31), date(2027, 4, 20), None),
    ],
)
async def test_each_day_is_counted(
    check: Check, answers: Answers, arrival: date, departure: date, full_on: str | None
) -> None:
    verdict = await check(
        "campus_pass",
        answers("campus_pass", resident_projects=24),
        hosted=[other(1, arrival, departure), a_stay()],
    )
    if full_on is None:
        assert verdict.code == "CAMPUS_READY"
    else:
        assert (verdict.code, verdict.message["en"]) == (
            "BUILDING_FULL",
            f"ETOILE full: 25/25 on {full_on}.",
        )


async def test_stays_without_a_desk_take_no_room(check: Check, answers: Answers) -> None:
    waiting = other(1, date(2027, 3, 1), date(2027, 3, 30), state=StayState.IN_REVIEW)
    given = answers("campus_pass", resident_projects=24)
    assert (await check("campus_pass", given, hosted=[waiting])).code == "CAMPUS_READY"


def test_the_fullest_day_is_the_first_of_its_kind() -> None:
    others = [
        other(1, date(2027, 3, 5), date(2027, 3, 15)),
        other(2, date(2027, 3, 10), date(2027, 3, 20)),
    ]
    assert fullest_day(a_stay(), 20, others) == (date(2027, 3, 10), 22)


async def test_an_insurance_of_nothing_is_none(check: Check, answers: Answers) -> None:
    given = answers("campus_pass")
    given["liability_insurance"]["cover"]["amount"] = "0"
    verdict = await check("campus_pass", given)
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "COVER_MISSING")
