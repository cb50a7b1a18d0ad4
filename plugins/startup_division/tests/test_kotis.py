from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from softlanding import Evidence, Fact, Outcome, Severity, Verdict
from softlanding.testing.checks import a_stay
from softlanding_startup_division.kotis.form import Kotis

Check = Callable[..., Awaitable[Verdict]]
TODAY = date(2026, 11, 22)
OWN = "900000016"
COMPANY = {
    "startup_division.company_code": {
        "code": OWN,
        "vat": "LT990000012",
        "legal_form": "UAB",
        "registered_on": "2022-05-02",
    }
}


def eur(amount: str, currency: str = "EUR") -> dict[str, str]:
    return {"amount": amount, "currency": currency}


def row(amount: str, granted_on: str | None = "2025-06-16", **changes: Any) -> dict[str, Any]:
    return {
        "reg_no": f"{amount} of {granted_on}",
        "reg_date": "2025-06-20",
        "grantor_code": "900000030",
        "form": "Grant",
        "amount": eur(amount),
        "legal_basis": "Regulation (EU) 2023/2831",
        "recipient_code": OWN,
        "granted_on": granted_on,
        **changes,
    }


def extract(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"extracted_on": "2026-11-20", "rows": list(rows), **changes}


async def checked(check: Check, answers: dict[str, Any], **more: Any) -> Verdict:
    more.setdefault("others", COMPANY)
    return await check("kotis", answers, **more)


async def test_an_extract_below_the_ceiling_passes_with_its_next_release(check: Check) -> None:
    answers = extract(
        row("100000"),
        row("20000.50", "2024-01-15"),
        row("999999", "2023-11-21"),
        row("30000", None, reserved=True),
    )
    assert await checked(check, answers) == Verdict(
        outcome=Outcome.PASSED,
        code="BELOW_CEILING",
        message={"en": "€150,000.50 of €300,000.00 used; next release 2027-01-16: €20,000.50."},
        facts=(
            Fact(name="extracted_on", value=date(2026, 11, 20)),
            Fact(name="extract_age", value=2, unit="days"),
            Fact(name="extract_age_maximum", value=30, unit="days"),
            Fact(name="rows", value=4, unit="rows"),
            Fact(name="window_start", value=date(2023, 11, 22)),
            Fact(name="aid_used", value=Decimal("150000.50"), unit="EUR"),
            Fact(name="aid_reserved", value=Decimal("30000.00"), unit="EUR"),
            Fact(name="new_aid", value=Decimal("0.00"), unit="EUR"),
            Fact(name="aid_total", value=Decimal("150000.50"), unit="EUR"),
            Fact(name="ceiling", value=Decimal("300000.00"), unit="EUR"),
            Fact(name="headroom", value=Decimal("149999.50"), unit="EUR"),
            Fact(name="warning_from", value=Decimal("240000.00"), unit="EUR"),
            Fact(name="next_release_on", value=date(2027, 1, 16)),
            Fact(name="next_release", value=Decimal("20000.50"), unit="EUR"),
        ),
        evidence=(
            Evidence.of_answers(
                kind="kotis_extract",
                label="KOTIS extract of 2026-11-20",
                answers=Kotis.model_validate(answers),
            ),
        ),
    )


async def test_an_extract_without_rows_is_no_aid(check: Check) -> None:
    verdict = await checked(check, extract())
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "BELOW_CEILING")
    assert verdict.message["en"] == "€0.00 of €300,000.00 used."


@pytest.mark.parametrize(
    ("amount", "outcome", "code"),
    [
        ("239999.99", Outcome.PASSED, "BELOW_CEILING"),
        ("240000", Outcome.WARNING, "NEAR_CEILING"),
        ("240000.01", Outcome.WARNING, "NEAR_CEILING"),
        ("299999.99", Outcome.WARNING, "NEAR_CEILING"),
        ("300000", Outcome.WARNING, "NEAR_CEILING"),
        ("300000.01", Outcome.FAILED, "CEILING_EXCEEDED"),
    ],
)
async def test_the_sum_stays_below_the_ceiling(
    check: Check, amount: str, outcome: Outcome, code: str
) -> None:
    verdict = await checked(check, extract(row(amount)))
    assert (verdict.outcome, verdict.code) == (outcome, code)
    assert "of €300,000.00 used; next release 2028-06-17:" in verdict.message["en"]


@pytest.mark.parametrize(
    ("granted_on", "used"),
    [
        ("2023-11-21", "0.00"),
        ("2023-11-22", "1000.00"),
        ("2023-11-23", "1000.00"),
        ("2026-11-20", "1000.00"),
    ],
)
async def test_aid_of_36_months_counts(check: Check, granted_on: str, used: str) -> None:
    verdict = await checked(check, extract(row("1000", granted_on)))
    assert verdict.facts[5] == Fact(name="aid_used", value=Decimal(used), unit="EUR")


@pytest.mark.parametrize("granted_on", [None, "2026-06-01", "2026-11-22", "2027-05-01"])
async def test_a_reserved_amount_counts_before_it_is_granted(
    check: Check, granted_on: str | None
) -> None:
    verdict = await checked(check, extract(row("300000.01", granted_on, reserved=True)))
    assert verdict.code == "CEILING_EXCEEDED"
    assert verdict.facts[6].value == Decimal("300000.01")


@pytest.mark.parametrize("granted_on", [None, "2027-05-01"])
async def test_the_release_of_an_amount_that_is_not_granted_is_not_known(
    check: Check, granted_on: str | None
) -> None:
    verdict = await checked(check, extract(row("1000", granted_on, reserved=True)))
    assert verdict.message["en"] == "€1,000.00 of €300,000.00 used."


async def test_aid_that_is_released_on_one_day_is_added_up(check: Check) -> None:
    rows = (row("1000"), row("2000"), row("4000", "2025-06-17"))
    verdict = await checked(check, extract(*rows))
    assert verdict.message["en"] == (
        "€7,000.00 of €300,000.00 used; next release 2028-06-17: €3,000.00."
    )


@pytest.mark.parametrize(
    ("age", "code"),
    [(0, "BELOW_CEILING"), (29, "BELOW_CEILING"), (30, "BELOW_CEILING"), (31, "EXTRACT_OLD")],
)
async def test_an_extract_is_at_most_30_days_old(check: Check, age: int, code: str) -> None:
    day = TODAY - timedelta(days=age)
    assert (await checked(check, extract(extracted_on=day.isoformat()))).code == code


async def test_an_old_extract_tells_its_age_and_its_sum(check: Check) -> None:
    verdict = await checked(check, extract(row("1000"), extracted_on="2026-10-01"))
    assert verdict.outcome is Outcome.FAILED
    assert verdict.message["en"] == (
        "Extract is 52 days old, at most 30."
        " €1,000.00 of €300,000.00 used; next release 2028-06-17: €1,000.00."
    )


async def test_an_extract_is_not_of_tomorrow(check: Check) -> None:
    verdict = await checked(check, extract(extracted_on="2026-11-23"))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "EXTRACT_LATER")


@pytest.mark.parametrize(
    ("new", "outcome", "code"),
    [
        ("0", Outcome.PASSED, "BELOW_CEILING"),
        ("139999.99", Outcome.PASSED, "BELOW_CEILING"),
        ("140000", Outcome.WARNING, "NEAR_CEILING"),
        ("200000", Outcome.WARNING, "NEAR_CEILING"),
        ("200000.01", Outcome.FAILED, "NEW_AID_TOO_LARGE"),
    ],
)
async def test_new_aid_must_fit(check: Check, new: str, outcome: Outcome, code: str) -> None:
    verdict = await checked(check, extract(row("100000"), new_aid=eur(new)))
    assert (verdict.outcome, verdict.code) == (outcome, code)


async def test_new_aid_that_does_not_fit_is_told_with_what_is_left(check: Check) -> None:
    verdict = await checked(check, extract(row("100000"), new_aid=eur("200000.01")))
    assert verdict.message["en"] == (
        "€100,000.00 of €300,000.00 used; next release 2028-06-17: €100,000.00."
        " New aid of €200,000.01 does not fit; €200,000.00 are left."
    )


@pytest.mark.parametrize(
    ("new", "severity"),
    [(None, None), (eur("0"), None), (eur("0.01"), Severity.BLOCK)],
)
@pytest.mark.parametrize("day", ["2026-11-20", "2026-01-01"])
async def test_planned_aid_makes_the_step_block(
    check: Check, day: str, new: dict[str, str] | None, severity: Severity | None
) -> None:
    verdict = await checked(check, extract(new_aid=new, extracted_on=day))
    assert verdict.severity is severity


async def test_planned_aid_blocks_also_where_the_ceiling_is_not_known(check: Check) -> None:
    stay = a_stay()
    fishery = replace(stay, startup=replace(stay.startup, nace="03.11"))
    verdict = await checked(check, extract(new_aid=eur("1")), stay=fishery)
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "RULE_UNKNOWN")
    assert verdict.severity is Severity.BLOCK


@pytest.mark.parametrize(
    ("nace", "amount", "code"),
    [
        ("01.11", "50000", "NEAR_CEILING"),
        ("01.11", "50000.01", "CEILING_EXCEEDED"),
        (None, "50000.01", "NACE_MISSING"),
        (None, "300000.01", "CEILING_EXCEEDED"),
    ],
)
async def test_agriculture_has_a_ceiling_of_its_own(
    check: Check, nace: str | None, amount: str, code: str
) -> None:
    stay = a_stay()
    stay = replace(stay, startup=replace(stay.startup, nace=nace))
    assert (await checked(check, extract(row(amount)), stay=stay)).code == code


@pytest.mark.parametrize(
    ("code", "group", "found"),
    [
        (OWN, [], "BELOW_CEILING"),
        ("900 000 016", [], "BELOW_CEILING"),
        ("LT990000012", [], "BELOW_CEILING"),
        ("lt 990000012", [], "BELOW_CEILING"),
        ("900000023", [], "ROW_RECIPIENT"),
        ("900000023", ["900000030"], "ROW_RECIPIENT"),
        ("900000023", ["900 000 023"], "BELOW_CEILING"),
        ("EE100931558", ["ee100931558"], "BELOW_CEILING"),
    ],
)
async def test_a_row_is_of_the_start_up_or_its_group(
    check: Check, code: str, group: list[str], found: str
) -> None:
    answers = extract(row("1000", recipient_code=code), group_codes=group)
    assert (await checked(check, answers)).code == found


async def test_the_own_code_is_that_of_the_registrations_too(check: Check) -> None:
    assert (await checked(check, extract(row("1000")), others={})).code == "BELOW_CEILING"


async def test_without_an_own_code_a_person_decides(check: Check) -> None:
    stay = a_stay()
    stay = replace(stay, startup=replace(stay.startup, registrations=()))
    verdict = await checked(check, extract(row("1000")), stay=stay, others={})
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "OWN_CODE_MISSING")


@pytest.mark.parametrize(
    ("change", "code", "sentence"),
    [
        (
            {"recipient_code": "900000023"},
            "ROW_RECIPIENT",
            "Row 2: 900000023 is neither the start-up nor in its group.",
        ),
        (
            {"amount": eur("5", "LTL")},
            "ROW_CURRENCY",
            "Row 2: the amount is in LTL; give it in EUR.",
        ),
        (
            {"granted_on": None},
            "ROW_DAY",
            "Row 2: an amount that is not reserved needs the day of its grant.",
        ),
        (
            {"granted_on": "2026-11-21"},
            "ROW_LATER",
            "Row 2: it was granted on 2026-11-21, after the extract of 2026-11-20.",
        ),
        (
            {"reg_date": "2026-11-21"},
            "ROW_LATER",
            "Row 2: it was registered on 2026-11-21, after the extract of 2026-11-20.",
        ),
        (
            {"reg_no": "1000 OF 2025-06-16"},
            "ROW_TWICE",
            "Row 2: the registration number 1000 OF 2025-06-16 is that of row 1 too.",
        ),
    ],
)
async def test_a_row_that_cannot_be_counted_is_named(
    check: Check, change: dict[str, Any], code: str, sentence: str
) -> None:
    verdict = await checked(check, extract(row("1000"), row("5") | change))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, code)
    assert verdict.message["en"] == sentence


async def test_a_row_of_the_day_of_the_extract_counts(check: Check) -> None:
    answers = extract(row("1000", "2026-11-20", reg_date="2026-11-20"))
    assert (await checked(check, answers)).code == "BELOW_CEILING"


async def test_the_new_aid_is_in_euros(check: Check) -> None:
    verdict = await checked(check, extract(new_aid=eur("1", "USD")))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "NEW_AID_CURRENCY")
    assert verdict.severity is Severity.BLOCK


async def test_sums_beyond_any_form_are_told(check: Check) -> None:
    rows = [row("999999999999.99", reg_no=str(number)) for number in range(200)]
    verdict = await checked(check, extract(*rows, new_aid=eur("999999999999.99")))
    assert verdict.code == "CEILING_EXCEEDED"
    assert verdict.message["en"].startswith("€199,999,999,999,998.00 of €300,000.00 used;")


async def test_an_extract_is_given_once(check: Check) -> None:
    verdict = await checked(check, extract(row("1"), pasted="[]"))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "EXTRACT_TWICE")


@pytest.mark.parametrize(
    ("pasted", "outcome", "sentence"),
    [
        (
            "regNo;regDate;grantorCode;form;amount;legalBasis;recipientCode;grantedOn;reserved\n"
            "1;2025-06-20;900000030;Grant;150 000,00;2023/2831;900000016;2025-06-16;ne\n",
            Outcome.PASSED,
            "€150,000.00 of €300,000.00 used; next release 2028-06-17: €150,000.00.",
        ),
        (
            "regNo;regDate;grantorCode;form;amount;legalBasis;recipientCode;grantedOn;reserved\n"
            "1;2025-06-20;900000030;Grant;1;2023/2831;900000016;2025-06-16;ne\n"
            "2;2025-06-20;900000030;Grant;-1;2023/2831;900000016;2025-06-16;ne\n",
            Outcome.FAILED,
            "Row 2: -1 is no amount of 0 or more, such as 150000.00.",
        ),
        (
            "regNo;regDate;grantorCode;form;amount;legalBasis;recipientCode;grantedOn;reserved\n"
            "1;2025-06-20;900000030;Grant;1;2023/2831;900000023;2025-06-16;ne\n",
            Outcome.FAILED,
            "Row 1: 900000023 is neither the start-up nor in its group.",
        ),
        ("[]", Outcome.PASSED, "€0.00 of €300,000.00 used."),
        ("{", Outcome.FAILED, None),
        (
            "regNo;regDate",
            Outcome.FAILED,
            "The first line lacks the columns grantor_code, form, amount, legal_basis,"
            " recipient_code.",
        ),
    ],
)
async def test_an_extract_is_pasted_as_text(
    check: Check, pasted: str, outcome: Outcome, sentence: str | None
) -> None:
    verdict = await checked(check, extract(pasted=pasted))
    assert verdict.outcome is outcome
    if sentence is not None:
        assert verdict.message["en"] == sentence


@pytest.mark.parametrize("regime", ["STATE_AID", "SGEI_DE_MINIMIS"])
async def test_aid_of_another_regime_does_not_count(check: Check, regime: str) -> None:
    verdict = await checked(check, extract(row("500000", regime=regime), row("1000")))
    facts = {fact.name: fact.value for fact in verdict.facts}
    assert (verdict.outcome, facts["aid_used"]) == (Outcome.PASSED, Decimal("1000.00"))
