from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from softlanding import Outcome, Verdict

Check = Callable[..., Awaitable[Verdict]]


def workplace(**changes: Any) -> dict[str, Any]:
    plain = {
        "desk": "Room 12",
        "desk_from": "2027-03-01",
        "desk_to": "2027-03-30",
        "badge_on": "2027-03-01",
        "safety_on": "2027-03-01",
        "house_rules_on": "2027-03-01",
        "non_disclosure_needed": True,
        "non_disclosure_on": "2027-03-01",
    }
    return {**plain, **changes}


async def test_a_desk_and_a_first_day_that_is_planned_pass(check: Check) -> None:
    verdict = await check("workplace", workplace())
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "WORKPLACE_READY")
    assert [(fact.name, str(fact.value)) for fact in verdict.facts] == [
        ("desk_from", "2027-03-01"),
        ("desk_to", "2027-03-30"),
        ("badge_on", "2027-03-01"),
        ("safety_on", "2027-03-01"),
        ("house_rules_on", "2027-03-01"),
        ("non_disclosure_needed", "True"),
        ("non_disclosure_on", "2027-03-01"),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"desk": None}, "DESK_MISSING"),
        ({"desk_from": None}, "DESK_MISSING"),
        ({"desk_to": None}, "DESK_MISSING"),
        ({"desk_from": "2027-02-28", "desk_to": "2027-03-31"}, "WORKPLACE_READY"),
        ({"desk_from": "2027-03-02"}, "DESK_NOT_FREE"),
        ({"desk_to": "2027-03-29"}, "DESK_NOT_FREE"),
    ],
)
async def test_a_desk_is_free_on_all_days(
    check: Check, changes: dict[str, str | None], code: str
) -> None:
    assert (await check("workplace", workplace(**changes))).code == code


@pytest.mark.parametrize("item", ["badge_on", "safety_on", "house_rules_on", "non_disclosure_on"])
@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2027-02-28", "WORKPLACE_READY"),
        ("2027-03-01", "WORKPLACE_READY"),
        ("2027-03-02", "FIRST_DAY_LATE"),
        (None, "FIRST_DAY_OPEN"),
    ],
)
async def test_what_belongs_to_the_first_day_is_done_by_then(
    check: Check, item: str, day: str | None, code: str
) -> None:
    assert (await check("workplace", workplace(**{item: day}))).code == code


async def test_a_non_disclosure_agreement_is_asked_for_only_where_it_is_needed(
    check: Check,
) -> None:
    answers = workplace(non_disclosure_needed=False, non_disclosure_on=None)
    assert (await check("workplace", answers)).code == "WORKPLACE_READY"


async def test_the_warning_names_what_is_open_and_what_is_late(check: Check) -> None:
    answers = workplace(badge_on=None, non_disclosure_on=None, safety_on="2027-03-03")
    verdict = await check("workplace", answers)
    assert (verdict.outcome, dict(verdict.message)) == (
        Outcome.WARNING,
        {
            "en": "No day yet, needed by the arrival 2027-03-01: badge, non-disclosure agreement."
            " Later than the arrival 2027-03-01: safety briefing.",
            "fr": "Sans date, à régler pour l'arrivée le 2027-03-01 : badge, accord de"
            " confidentialité. Après l'arrivée le 2027-03-01 : consignes de sécurité.",
        },
    )


async def test_a_missing_desk_comes_before_the_rest(check: Check) -> None:
    verdict = await check("workplace", workplace(desk=None, badge_on=None))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "No desk is set aside yet, or not for which days.",
    )
