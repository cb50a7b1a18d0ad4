import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from softlanding import Outcome, StaySnapshot, Traveller, Verdict
from softlanding_f6s_network.visitor_activities.form import ActivityCode

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
FORBIDDEN = ["EMPLOYMENT", "UK_CLIENT_WORK", "INTERNSHIP", "DIRECT_SALES", "RUN_UK_BUSINESS"]


def activity(code: str, hours: str = "10", payer: str = "OWN_COMPANY") -> dict[str, Any]:
    return {"code": code, "text": f"A {code}", "payer": payer, "hours": hours}


def planned(*activities: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"activities": list(activities), "invitation_letter": "We invite you.", **changes}


def with_nationalities(stay: StaySnapshot, *each: tuple[str, ...]) -> StaySnapshot:
    return replace(
        stay,
        travellers=tuple(
            Traveller(name=f"Demo {number}", nationalities=nationalities)
            for number, nationalities in enumerate(each)
        ),
    )


async def test_meetings_and_some_remote_work_pass_with_all_figures(
    check: Check, answers: Answers
) -> None:
    verdict = await check("visitor_activities", answers("visitor_activities"))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "ACTIVITIES_ALLOWED")
    assert verdict.message == {"en": "A visitor may do all that is planned (70 hours)."}
    assert [(one.name, str(one.value), one.unit) for one in verdict.facts] == [
        ("visitors", "1", "persons"),
        ("activities", "2", "activities"),
        ("refused", "0", "activities"),
        ("planned_hours", "70", "hours"),
        ("remote_hours", "30", "hours"),
        ("remote_share", "42.86", "percent"),
        ("remote_share_limit", "50", "percent"),
        ("accelerator_desk", "True", None),
    ]
    table, letter = verdict.evidence
    assert (table.kind, table.label) == ("activity_table", "2 activities")
    assert (letter.kind, letter.label, letter.sha256) == (
        "invitation_letter",
        "Text of the invitation letter",
        hashlib.sha256(b"We invite you.").hexdigest(),
    )


@pytest.mark.parametrize(
    "code",
    ["MEETING", "CONFERENCE", "TALK", "NEGOTIATE", "FAIR", "SITE_VISIT", "FACT_FINDING"],
)
async def test_a_visitor_may_do_this(check: Check, code: str) -> None:
    verdict = await check("visitor_activities", planned(activity(code)))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "ACTIVITIES_ALLOWED")


@pytest.mark.parametrize(
    ("code", "verdict_code", "message"),
    [
        ("EMPLOYMENT", "WORK_FOR_UK", "is work for a UK organisation"),
        ("UK_CLIENT_WORK", "WORK_FOR_UK", "is work for a UK organisation"),
        ("INTERNSHIP", "WORK_FOR_UK", "is work for a UK organisation"),
        ("DIRECT_SALES", "DIRECT_SALES", "is direct selling"),
        ("RUN_UK_BUSINESS", "RUNS_UK_BUSINESS", "is running a business in the UK"),
    ],
)
async def test_a_visitor_may_not_do_this(
    check: Check, code: str, verdict_code: str, message: str
) -> None:
    verdict = await check(
        "visitor_activities", planned(activity("MEETING", hours="1000"), activity(code, hours="1"))
    )
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, verdict_code)
    assert verdict.message == {"en": f"'A {code}' {message}; a visitor may not."}


def test_every_code_is_either_allowed_or_forbidden() -> None:
    described = {str(code) for code in ActivityCode if code.description.startswith("Forbidden")}
    assert described == set(FORBIDDEN)
    assert len(ActivityCode) == 13


@pytest.mark.parametrize(
    ("payer", "outcome", "code"),
    [
        ("NOBODY", Outcome.PASSED, "ACTIVITIES_ALLOWED"),
        ("OWN_COMPANY", Outcome.PASSED, "ACTIVITIES_ALLOWED"),
        ("OVERSEAS_ORGANISATION", Outcome.PASSED, "ACTIVITIES_ALLOWED"),
        ("UK_ORGANISATION", Outcome.FAILED, "PAID_FROM_UK"),
    ],
)
async def test_nobody_in_the_uk_may_pay(
    check: Check, payer: str, outcome: Outcome, code: str
) -> None:
    verdict = await check("visitor_activities", planned(activity("TALK", payer=payer)))
    assert (verdict.outcome, verdict.code) == (outcome, code)
    if outcome is Outcome.FAILED:
        assert verdict.message == {
            "en": "'A TALK' is paid by a UK organisation; a visitor may not."
        }


async def test_all_that_is_refused_is_told(check: Check) -> None:
    verdict = await check(
        "visitor_activities", planned(activity("EMPLOYMENT"), activity("DIRECT_SALES"))
    )
    assert verdict.message == {
        "en": "'A EMPLOYMENT' is work for a UK organisation; a visitor may not."
        " 'A DIRECT_SALES' is direct selling; a visitor may not."
    }
    assert verdict.facts[2].value == 2


@pytest.mark.parametrize(
    ("remote", "outcome", "code"),
    [
        ("49.99", Outcome.PASSED, "ACTIVITIES_ALLOWED"),
        ("50.00", Outcome.FAILED, "REMOTE_WORK_MAIN_PURPOSE"),
        ("50.01", Outcome.FAILED, "REMOTE_WORK_MAIN_PURPOSE"),
    ],
)
async def test_remote_work_stays_below_half_of_the_hours(
    check: Check, remote: str, outcome: Outcome, code: str
) -> None:
    verdict = await check(
        "visitor_activities",
        planned(
            activity("REMOTE_OWN_WORK", hours=remote),
            activity("MEETING", hours="20"),
            activity("FAIR", hours="30"),
        ),
    )
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_remote_work_alone_is_the_main_purpose(check: Check) -> None:
    verdict = await check(
        "visitor_activities",
        planned(activity("REMOTE_OWN_WORK", hours="12.5"), accelerator_desk=True),
    )
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "REMOTE_WORK_MAIN_PURPOSE")
    assert verdict.message == {
        "en": "Remote work takes 12.5 of 12.5 planned hours; it must stay below 50 % to not be the"
        " main purpose."
    }


async def test_a_desk_alone_needs_a_person(check: Check) -> None:
    verdict = await check("visitor_activities", planned(accelerator_desk=True))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "DESK_ALONE")
    assert {one.name: one.value for one in verdict.facts}["remote_share"] is None


async def test_nothing_planned_fails(check: Check) -> None:
    verdict = await check("visitor_activities", planned(accelerator_desk=False))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "NO_ACTIVITIES")


async def test_without_the_letter_there_is_a_warning(check: Check, answers: Answers) -> None:
    verdict = await check(
        "visitor_activities", answers("visitor_activities", invitation_letter=None)
    )
    assert (verdict.outcome, verdict.code) == (Outcome.WARNING, "LETTER_MISSING")
    assert [one.kind for one in verdict.evidence] == ["activity_table"]


@pytest.mark.parametrize(
    ("travellers", "code"),
    [
        ([("GB",)], "NO_VISITORS"),
        ([("IE",), ("FR", "GB")], "NO_VISITORS"),
        ([("GB",), ("FR",)], "WORK_FOR_UK"),
        ([], "WORK_FOR_UK"),
    ],
)
async def test_british_and_irish_travellers_are_no_visitors(
    check: Check, stay: StaySnapshot, travellers: list[tuple[str, ...]], code: str
) -> None:
    verdict = await check(
        "visitor_activities",
        planned(activity("EMPLOYMENT")),
        stay=with_nationalities(stay, *travellers),
    )
    assert verdict.code == code


@pytest.mark.parametrize(
    ("status", "outcome"), [("SETTLED", Outcome.NOT_APPLICABLE), ("NONE", Outcome.PASSED)]
)
async def test_who_may_live_there_is_no_visitor(
    check: Check, answers: Answers, status: str, outcome: Outcome
) -> None:
    border = {"travellers": [{"name": "paul demo", "nationalities": ["FR"], "uk_status": status}]}
    verdict = await check(
        "visitor_activities",
        answers("visitor_activities"),
        others={"f6s_network.border": border},
    )
    assert verdict.outcome is outcome


async def test_another_permission_is_no_right_to_work_by_itself(
    check: Check, answers: Answers
) -> None:
    permitted = {"name": "Paul Demo", "nationalities": ["FR"], "uk_status": "OTHER_PERMISSION"}
    others = {"f6s_network.border": {"travellers": [permitted]}}
    employed = planned(activity("EMPLOYMENT"))
    verdict = await check("visitor_activities", employed, others=others)
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "PERMISSION_TO_DECIDE")
    harmless = await check("visitor_activities", answers("visitor_activities"), others=others)
    assert harmless.outcome is Outcome.PASSED
