from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from softlanding import Fact, Outcome, StaySnapshot, Verdict
from softlanding_gtec.corporate_match.form import GtecCorporateMatch
from softlanding_gtec.corporate_match.overlap import overlaps, section_of, unknown_codes

Check = Callable[..., Awaitable[Verdict]]
WORKS = {"name": "Demo Works", "nace": ["28.22"], "interests": ["factory networks"]}
TELECOM = {"name": "Demo Telecom", "nace": ["61"]}
SOFTWARE = {"name": "Demo Software", "nace": ["K"], "contact": "Example Contact"}
BANK = {"name": "Demo Bank", "nace": ["64.19"], "interests": ["payments"]}


def meeting(day: str, party: str = "Demo Works", *, confidential: bool = True) -> dict[str, Any]:
    return {"party": party, "day": day, "confidential": confidential}


def nda(signed_on: str, party: str = "Demo Works") -> dict[str, Any]:
    return {"party": party, "signed_on": signed_on}


def match(*corporates: dict[str, Any], **more: Any) -> dict[str, Any]:
    listed = list(corporates) or [WORKS, TELECOM, SOFTWARE]
    return {"corporates": listed, "offers": ["Factory  networks"], **more}


async def test_three_corporates_that_fit_pass(check: Check) -> None:
    verdict = await check("corporate_match", match())
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "MATCHED",
        "3 corporates fit: Demo Works, Demo Telecom, Demo Software.",
    )
    assert verdict.facts == (
        Fact(name="corporates", value=3, unit="corporates"),
        Fact(name="corporates_fitting", value=3, unit="corporates"),
        Fact(name="corporates_minimum", value=3, unit="corporates"),
        Fact(name="meetings", value=0, unit="meetings"),
        Fact(name="confidential_meetings", value=0, unit="meetings"),
        Fact(name="ndas", value=0, unit="agreements"),
    )
    assert [(one.kind, one.label) for one in verdict.evidence] == [
        ("meetings_and_ndas", "0 meetings, 0 NDAs")
    ]


async def test_two_corporates_that_fit_are_too_few(check: Check) -> None:
    verdict = await check("corporate_match", match(WORKS, TELECOM, BANK))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "TOO_FEW_CORPORATES",
        "2 of 3 corporates share a NACE section or an interest with the start-up.",
    )


async def test_four_that_fit_are_enough(check: Check) -> None:
    other = {"name": "Demo Data", "nace": ["63.10"]}
    verdict = await check("corporate_match", match(WORKS, TELECOM, SOFTWARE, other))
    assert verdict.code == "MATCHED"


def test_what_is_shared_is_told() -> None:
    answers = GtecCorporateMatch.model_validate(match(WORKS, TELECOM, SOFTWARE, BANK))
    assert [
        (one.corporate.name, one.section, one.interests) for one in overlaps(answers, "61.90")
    ] == [
        ("Demo Works", None, ("factory networks",)),
        ("Demo Telecom", "K", ()),
        ("Demo Software", "K", ()),
    ]


@pytest.mark.parametrize("nace", [None, "62.01"])
def test_without_a_known_class_interests_alone_count(nace: str | None) -> None:
    answers = GtecCorporateMatch.model_validate(match())
    assert [one.corporate.name for one in overlaps(answers, nace)] == ["Demo Works"]


async def test_a_company_named_twice_counts_once(check: Check) -> None:
    twice = {**TELECOM, "name": "demo telecom"}
    verdict = await check("corporate_match", match(WORKS, TELECOM, twice))
    assert verdict.code == "TOO_FEW_CORPORATES"


@pytest.mark.parametrize(
    ("code", "section"),
    [
        ("62.10", "K"),
        ("62.1", "K"),
        ("62", "K"),
        ("K", "K"),
        ("58.11", "J"),
        ("61.90", "K"),
        ("26.51", "C"),
        ("62.01", None),
        ("99.99", None),
        ("00", None),
        ("Z", None),
    ],
)
def test_sections_are_those_of_revision_2_1(code: str, section: str | None) -> None:
    assert section_of(code) == section


async def test_codes_of_the_former_revision_are_named(check: Check) -> None:
    old = {"name": "Demo Old", "nace": ["62.01", "62.10"]}
    verdict = await check("corporate_match", match(WORKS, TELECOM, SOFTWARE, old))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "NACE_UNKNOWN",
        "NACE Rev. 2.1 does not have: 62.01.",
    )
    answers = GtecCorporateMatch.model_validate(match(old, old))
    assert unknown_codes(answers.corporates) == ["62.01"]


@pytest.mark.parametrize("code", ["", "k", "6", "62.", "6210", "62.100", "KK", "62-10"])
def test_a_code_is_written_with_a_point(code: str) -> None:
    with pytest.raises(ValidationError):
        GtecCorporateMatch.model_validate(match({"name": "Demo", "nace": [code]}))


async def test_a_confidential_meeting_without_an_nda_fails(check: Check) -> None:
    verdict = await check("corporate_match", match(meetings=[meeting("2027-05-10")]))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "NDA_MISSING",
        "The meeting with Demo Works on 2027-05-10 is confidential but the NDA is missing.",
    )


@pytest.mark.parametrize(
    ("signed_on", "code"),
    [
        ("2027-05-08", "MATCHED"),
        ("2027-05-09", "MATCHED"),
        ("2027-05-10", "NDA_TOO_LATE"),
        ("2027-05-11", "NDA_TOO_LATE"),
    ],
)
async def test_an_nda_is_signed_on_a_day_before_the_first_meeting(
    check: Check, signed_on: str, code: str
) -> None:
    answers = match(meetings=[meeting("2027-05-20"), meeting("2027-05-10")], ndas=[nda(signed_on)])
    verdict = await check("corporate_match", answers, today=date(2027, 5, 21))
    assert verdict.code == code


async def test_a_late_nda_is_told_with_both_days(check: Check) -> None:
    answers = match(meetings=[meeting("2027-05-10")], ndas=[nda("2027-05-10")])
    verdict = await check("corporate_match", answers, today=date(2027, 5, 21))
    assert verdict.message["en"] == (
        "The meeting with Demo Works on 2027-05-10 is confidential but the NDA is of 2027-05-10,"
        " not before it."
    )


@pytest.mark.parametrize(
    ("signed_on", "code"), [("2026-11-22", "MATCHED"), ("2026-11-23", "NDA_MISSING")]
)
async def test_an_nda_of_a_later_day_is_not_signed_yet(
    check: Check, signed_on: str, code: str
) -> None:
    answers = match(meetings=[meeting("2027-05-10")], ndas=[nda(signed_on)])
    assert (await check("corporate_match", answers)).code == code


async def test_the_first_of_several_ndas_counts(check: Check) -> None:
    answers = match(
        meetings=[meeting("2026-11-10")], ndas=[nda("2026-11-20"), nda("2026-11-02", "demo works")]
    )
    assert (await check("corporate_match", answers)).code == "MATCHED"


async def test_an_open_meeting_needs_no_nda(check: Check) -> None:
    answers = match(meetings=[meeting("2027-05-10", confidential=False)])
    assert (await check("corporate_match", answers)).code == "MATCHED"


async def test_an_open_meeting_before_does_not_make_an_nda_late(check: Check) -> None:
    answers = match(
        meetings=[meeting("2026-11-01", confidential=False), meeting("2026-11-20")],
        ndas=[nda("2026-11-15")],
    )
    assert (await check("corporate_match", answers)).code == "MATCHED"


async def test_the_nda_of_one_company_is_not_that_of_another(check: Check) -> None:
    answers = match(
        meetings=[meeting("2027-05-10"), meeting("2027-05-11", "Demo Telecom")],
        ndas=[nda("2026-11-02", "Demo Telecom")],
    )
    verdict = await check("corporate_match", answers)
    assert verdict.message["en"] == (
        "The meeting with Demo Works on 2027-05-10 is confidential but the NDA is missing."
    )


async def test_each_company_is_told_once_and_secrecy_first(check: Check) -> None:
    days = ["2027-05-11", "2027-05-10"]
    answers = match(WORKS, TELECOM, BANK, meetings=[meeting(day) for day in days])
    verdict = await check("corporate_match", answers)
    assert (verdict.code, verdict.message["en"]) == (
        "NDA_MISSING",
        "The meeting with Demo Works on 2027-05-10 is confidential but the NDA is missing."
        " 2 of 3 corporates share a NACE section or an interest with the start-up.",
    )


async def test_a_party_is_one_of_the_corporates(check: Check) -> None:
    answers = match(
        meetings=[meeting("2027-05-10", "Demo Wroks", confidential=False)],
        ndas=[nda("2026-11-02", "Somebody")],
    )
    verdict = await check("corporate_match", answers)
    assert (verdict.code, verdict.message["en"]) == (
        "PARTY_UNKNOWN",
        "Not among the corporates: Demo Wroks, Somebody. Add them there.",
    )


async def test_a_start_up_without_a_class_is_matched_by_interests(
    check: Check, stay: StaySnapshot
) -> None:
    plain = replace(stay, startup=replace(stay.startup, nace=None))
    same = [{"name": name, "interests": ["FACTORY NETWORKS"]} for name in ("One", "Two", "Three")]
    assert (await check("corporate_match", match(*same), stay=plain)).code == "MATCHED"


async def test_without_a_class_of_the_start_up_a_person_decides(
    check: Check, stay: StaySnapshot
) -> None:
    unknown = replace(stay, startup=replace(stay.startup, nace=None))
    verdict = await check("corporate_match", match(BANK), stay=unknown)
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "NACE_MISSING")


async def test_a_meeting_after_the_departure_is_told(check: Check) -> None:
    answers = match(meetings=[meeting("2028-01-01", confidential=False)])
    verdict = await check("corporate_match", answers)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "MEETING_AFTER_STAY",
        "After the departure: 2028-01-01.",
    )
