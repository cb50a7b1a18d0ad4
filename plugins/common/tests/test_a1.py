from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from softlanding import Outcome, StaySnapshot, Verdict
from softlanding.testing.checks import a_stay
from softlanding_common.a1.coordination import COORDINATED, Coordination, coordination

Check = Callable[..., Awaitable[Verdict]]


def certificate(**changes: Any) -> dict[str, Any]:
    days = {"valid_from": "2027-03-01", "valid_to": "2027-03-30"}
    return {"name": "Example Founder", "status": "EMPLOYEE", **days, **changes}


def applied(**changes: Any) -> dict[str, Any]:
    return certificate(valid_from=None, valid_to=None, **{"applied_on": "2026-11-22", **changes})


def given(*certificates: dict[str, Any]) -> dict[str, Any]:
    return {"certificates": list(certificates)}


async def test_a_certificate_over_the_whole_stay_passes(check: Check) -> None:
    verdict = await check("a1", given(certificate()))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "CERTIFICATES_COVER_STAY",
        "Every traveller has a certificate from 2027-03-01 to 2027-03-30.",
    )
    assert [(fact.name, fact.value, fact.unit) for fact in verdict.facts] == [
        ("basis", "A1", None),
        ("from_country", "LT", None),
        ("host_country", "FR", None),
        ("travellers", 1, "persons"),
        ("granted", 1, "certificates"),
        ("days", 30, "days"),
    ]
    assert [one.kind for one in verdict.evidence] == ["a1_certificates"]


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        ("2027-03-01", "2027-03-30", "CERTIFICATES_COVER_STAY"),
        ("2027-02-28", "2027-03-31", "CERTIFICATES_COVER_STAY"),
        ("2027-03-02", "2027-03-30", "CERTIFICATE_TOO_SHORT"),
        ("2027-03-01", "2027-03-29", "CERTIFICATE_TOO_SHORT"),
    ],
)
async def test_a_certificate_covers_every_day(
    check: Check, first: str, last: str, code: str
) -> None:
    answers = given(certificate(valid_from=first, valid_to=last))
    assert (await check("a1", answers)).code == code


async def test_the_failure_names_all_four_days(check: Check) -> None:
    verdict = await check("a1", given(certificate(valid_to="2027-03-15")))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "The certificate of Example Founder is valid from 2027-03-01 to 2027-03-15; the stay is"
        " from 2027-03-01 to 2027-03-30.",
    )


@pytest.mark.parametrize(
    ("day", "outcome", "code"),
    [
        (None, Outcome.FAILED, "CERTIFICATE_NOT_APPLIED"),
        ("2026-11-23", Outcome.FAILED, "CERTIFICATE_NOT_APPLIED"),
        ("2026-11-22", Outcome.WARNING, "CERTIFICATE_AWAITED"),
        ("2026-11-21", Outcome.WARNING, "CERTIFICATE_AWAITED"),
    ],
)
async def test_a_certificate_that_is_applied_for_is_a_warning(
    check: Check, day: str | None, outcome: Outcome, code: str
) -> None:
    verdict = await check("a1", given(applied(applied_on=day)))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_a_certificate_with_only_one_of_its_days_is_not_granted(check: Check) -> None:
    for name in ("valid_from", "valid_to"):
        verdict = await check("a1", given(certificate(**{name: None})))
        assert verdict.code == "CERTIFICATE_NOT_APPLIED"


async def test_how_long_one_must_have_been_self_employed_has_not_been_verified(
    check: Check,
) -> None:
    one = applied(status="SELF_EMPLOYED", active_since="2022-05-02")
    verdict = await check("a1", given(one))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.NEEDS_REVIEW,
        "ACTIVITY_MONTHS_UNKNOWN",
        "A person must decide: Example Founder has been self-employed since 2022-05-02; how long"
        " it has to be before a posting has not been verified.",
    )


async def test_a_self_employed_person_tells_since_when(check: Check) -> None:
    assert (await check("a1", given(applied(status="SELF_EMPLOYED")))).code == "ACTIVITY_NOT_TOLD"


@pytest.mark.parametrize(
    ("since", "code"),
    [
        ("2026-12-31", "CERTIFICATE_AWAITED"),
        ("2027-01-01", "CERTIFICATE_AWAITED"),
        ("2027-01-02", "ACTIVITY_TOO_SHORT"),
    ],
)
async def test_the_months_of_activity_count_to_the_arrival_once_they_are_known(
    check: Check, since: str, code: str
) -> None:
    one = applied(status="SELF_EMPLOYED", active_since=since)
    assert (await check("a1", given(one), figures={"self_employed_months": "2"})).code == code


async def test_an_authority_that_granted_a_certificate_has_decided_on_the_conditions(
    check: Check,
) -> None:
    one = certificate(status="SELF_EMPLOYED", posted_since="2020-01-01")
    assert (await check("a1", given(one))).code == "CERTIFICATES_COVER_STAY"


@pytest.mark.parametrize(
    ("since", "code"),
    [
        ("2027-03-02", "CERTIFICATE_AWAITED"),
        ("2027-03-01", "CERTIFICATE_AWAITED"),
        ("2027-02-28", "POSTING_MONTHS_UNKNOWN"),
    ],
)
async def test_work_that_began_before_the_stay_makes_a_longer_posting(
    check: Check, since: str, code: str
) -> None:
    assert (await check("a1", given(applied(posted_since=since)))).code == code


@pytest.mark.parametrize(
    ("since", "code"),
    [
        ("2025-03-30", "POSTING_TOO_LONG"),
        ("2025-03-31", "CERTIFICATE_AWAITED"),
        ("2025-04-01", "CERTIFICATE_AWAITED"),
    ],
)
async def test_a_posting_has_a_longest_time_once_it_is_known(
    check: Check, since: str, code: str
) -> None:
    one = applied(posted_since=since)
    assert (await check("a1", given(one), figures={"posting_months": "24"})).code == code


@pytest.mark.parametrize(
    ("home", "host", "expected"),
    [
        ("LT", "FR", Coordination.A1),
        ("NO", "FR", Coordination.A1),
        ("CH", "NO", Coordination.A1),
        ("GB", "FR", Coordination.TCA),
        ("DE", "GB", Coordination.TCA),
        ("GB", "NO", None),
        ("CH", "GB", None),
        ("US", "FR", None),
    ],
)
def test_what_coordinates_two_countries(
    home: str, host: str, expected: Coordination | None
) -> None:
    assert coordination(home, host) is expected


@pytest.mark.parametrize(
    ("home", "host", "applies"),
    [
        ("LT", "FR", True),
        ("GB", "DE", True),
        ("GB", "NO", True),
        ("US", "FR", False),
        ("FR", "US", False),
        (None, "FR", None),
    ],
)
def test_the_step_applies_where_social_security_may_be_coordinated(
    home: str | None, host: str, applies: bool | None
) -> None:
    facts = {"startup.country": home, "host.country": host}
    assert COORDINATED.holds(facts) is applies


def from_country(code: str) -> StaySnapshot:
    stay = a_stay()
    return replace(stay, startup=replace(stay.startup, country=code))


async def test_a_person_decides_between_countries_that_nobody_knows(check: Check) -> None:
    stay = from_country("GB")
    norway = replace(stay, host=replace(stay.host, country="NO"))
    verdict = await check("a1", given(certificate()), stay=norway)
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.NEEDS_REVIEW,
        "A person must decide: what coordinates social security between United Kingdom and Norway"
        " is not known here.",
    )


async def test_every_traveller_has_a_certificate(check: Check, two_travel: StaySnapshot) -> None:
    verdict = await check("a1", given(certificate()), stay=two_travel)
    assert (verdict.code, verdict.message["en"]) == (
        "TRAVELLER_MISSING",
        "Nothing is noted for: Zoë Example.",
    )
    other = given(certificate(), applied(name="Nobody", applied_on=None))
    verdict = await check("a1", other)
    assert (verdict.code, verdict.message["en"]) == (
        "TRAVELLER_UNKNOWN",
        "Not among the travellers of the stay: Nobody.",
    )


async def test_work_in_ones_own_country_needs_no_certificate(check: Check) -> None:
    stay = a_stay()
    at_home = replace(stay, startup=replace(stay.startup, country="FR"))
    verdict = await check("a1", given(certificate()), stay=at_home)
    assert (verdict.outcome, verdict.code) == (Outcome.NOT_APPLICABLE, "NO_BORDER")
