from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from softlanding import AnsweredStep, Outcome, StepState, Verdict
from softlanding.testing.checks import MemoryReader, a_stay
from softlanding_imt_starter.research_match.form import ResearchMatch
from softlanding_imt_starter.research_match.meetings import calendar_text, is_meeting_day, slots

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
PROFILE, MATCH = "imt_starter.research_profile", "imt_starter.research_match"
FANTIN, EGLANTINE = "0099-0000-0000-0062", "0099-0000-0000-0054"


def contact(
    day: str, starts_at: str = "10:00", minutes: int = 60, orcid: str = FANTIN
) -> dict[str, Any]:
    return {
        "orcid": orcid,
        "meeting": {"day": day, "starts_at": starts_at, "minutes": minutes},
    }


async def checked(
    check: Check, answers: Answers, contacts: list[dict[str, Any]], **more: Any
) -> Verdict:
    more.setdefault("others", {PROFILE: answers("research_profile")})
    return await check("research_match", {"contacts": contacts}, **more)


async def test_enough_researchers_and_a_meeting_pass(check: Check, answers: Answers) -> None:
    verdict = await checked(check, answers, [contact("2027-03-09")])
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "MATCHED")
    assert verdict.message["en"] == "5 researchers fit; 1 meetings are agreed."
    assert [(one.kind, one.label) for one in verdict.evidence] == [
        ("ranking", "5 researchers"),
        ("calendar", "1 meetings (.ics)"),
    ]
    assert [one.name for one in verdict.facts][:4] == [
        "candidates",
        "candidates_minimum",
        "least_score",
        "weight_topics",
    ]


@pytest.mark.parametrize(
    ("topics", "outcome", "code"),
    [
        ([], Outcome.WARNING, "FEW_MATCHES"),
        (["T10761"], Outcome.WARNING, "FEW_MATCHES"),
        (["T10400"], Outcome.PASSED, "MATCHED"),
    ],
)
async def test_fewer_than_three_researchers_are_a_warning(
    check: Check, answers: Answers, topics: list[str], outcome: Outcome, code: str
) -> None:
    profile = answers(
        "research_profile",
        keywords=["weaving", "looms", "wool"],
        openalex_topic_ids=topics,
    )
    verdict = await checked(check, answers, [contact("2027-03-09")], others={PROFILE: profile})
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_the_warning_suggests_three_keywords(check: Check, answers: Answers) -> None:
    profile = answers(
        "research_profile", keywords=["weaving", "looms", "wool"], openalex_topic_ids=["T10761"]
    )
    verdict = await checked(check, answers, [contact("2027-03-09")], others={PROFILE: profile})
    assert verdict.message["en"] == (
        "Only 1 matches; broaden keywords: vehicular networks, mobility data, 5g."
    )


async def test_without_a_profile_a_person_decides(check: Check, answers: Answers) -> None:
    verdict = await checked(check, answers, [contact("2027-03-09")], others={})
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "PROFILE_MISSING")


@pytest.mark.parametrize(
    ("orcid", "code"),
    [
        ("0099-0000-0000-0063", "ORCID_INVALID"),
        ("0000-0002-1825-0097", "RESEARCHER_UNKNOWN"),
        ("0099-0000-0000-0097", "RESEARCHER_UNKNOWN"),
        (f"https://orcid.org/{FANTIN}", "MATCHED"),
    ],
)
async def test_a_chosen_researcher_is_listed(
    check: Check, answers: Answers, orcid: str, code: str
) -> None:
    verdict = await checked(check, answers, [contact("2027-03-09", orcid=orcid)])
    assert verdict.code == code


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([], "NO_MEETING"),
        (["2027-02-28"], "NO_MEETING"),
        (["2027-03-01"], "MATCHED"),
        (["2027-03-30"], "MATCHED"),
        (["2027-03-31"], "NO_MEETING"),
        (["2027-03-06"], "NO_MEETING"),
        (["2027-03-29"], "NO_MEETING"),
        (["2027-03-29", "2027-03-02"], "MATCHED"),
    ],
)
async def test_one_meeting_lies_on_a_working_day_of_the_stay(
    check: Check, answers: Answers, days: list[str], code: str
) -> None:
    assert (await checked(check, answers, [contact(day) for day in days])).code == code


def test_easter_monday_is_no_meeting_day() -> None:
    assert not is_meeting_day(date(2027, 3, 29), a_stay())
    assert is_meeting_day(date(2027, 3, 26), a_stay())


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        ("09:00", "MATCHED"),
        ("09:01", "MEETINGS_COLLIDE"),
        ("10:00", "MEETINGS_COLLIDE"),
        ("10:59", "MEETINGS_COLLIDE"),
        ("11:00", "MATCHED"),
    ],
)
async def test_two_meetings_of_a_start_up_do_not_overlap(
    check: Check, answers: Answers, starts_at: str, code: str
) -> None:
    contacts = [contact("2027-03-09"), contact("2027-03-09", starts_at, orcid=EGLANTINE)]
    assert (await checked(check, answers, contacts)).code == code


@pytest.mark.parametrize(
    ("starts_at", "orcid", "code"),
    [
        ("10:30", FANTIN, "RESEARCHER_BOOKED"),
        ("11:00", FANTIN, "MATCHED"),
        ("10:30", EGLANTINE, "MATCHED"),
    ],
)
async def test_a_researcher_does_not_meet_two_start_ups_at_once(
    check: Check, answers: Answers, starts_at: str, orcid: str, code: str
) -> None:
    other = a_stay(id=UUID(int=9))
    taken = ResearchMatch.model_validate({"contacts": [contact("2027-03-09")]})
    read = MemoryReader(
        stays=[a_stay(), other],
        answered=[
            AnsweredStep(
                stay_id=other.id,
                key=MATCH,
                state=StepState.DONE,
                answers=taken,
                outcome=Outcome.PASSED,
                facts=(),
            )
        ],
    )
    contacts = [contact("2027-03-09", starts_at, orcid=orcid)]
    assert (await checked(check, answers, contacts, read=read)).code == code
    assert read.calls == ["hosted", "steps"]


def test_the_calendar_holds_the_meetings_and_stays_the_same() -> None:
    given = ResearchMatch.model_validate(
        {"contacts": [contact("2027-03-09"), {"orcid": EGLANTINE}]}
    )
    own = slots(given.contacts)
    text = calendar_text(own, a_stay(), {FANTIN: "Fantin Gabarit"})
    assert text == calendar_text(own, a_stay(), {FANTIN: "Fantin Gabarit"})
    events = list(Calendar.from_ical(text).walk("VEVENT"))
    assert [
        (str(one["summary"]), one.decoded("dtstart").isoformat(), one.decoded("dtend").isoformat())
        for one in events
    ] == [
        (
            "Example Startup: Fantin Gabarit",
            "2027-03-09T10:00:00+01:00",
            "2027-03-09T11:00:00+01:00",
        )
    ]
