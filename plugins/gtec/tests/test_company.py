from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import ValidationError

from softlanding import Evidence, Fact, Outcome, Verdict
from softlanding_gtec.company.form import GermanLegalForm, GtecCompany, RegisterSection
from softlanding_gtec.company.register import register_name, register_number, register_of

Check = Callable[..., Awaitable[Verdict]]
BERLIN = "Berlin (Charlottenburg)"


def company(**changes: Any) -> dict[str, Any]:
    plain = {
        "court": BERLIN,
        "register_section": "HRB",
        "number": "999999",
        "legal_form": "GMBH",
        "ust_id": "DE999999911",
    }
    return plain | changes


async def test_a_company_is_shown_by_its_normalised_number(check: Check) -> None:
    verdict = await check("company", company(court="Berlin", number="12345 B"))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "REGISTERED")
    assert verdict.message["en"] == (
        "Berlin (Charlottenburg) HRB 12345 B is well formed and fits the legal form GmbH."
    )
    assert verdict.facts == (
        Fact(name="register_number", value="Berlin (Charlottenburg) HRB 12345 B"),
        Fact(name="legal_form", value="GmbH"),
        Fact(name="ust_id", value="DE999999911"),
    )
    (evidence,) = verdict.evidence
    assert evidence == Evidence(
        kind="register_number",
        label="Berlin (Charlottenburg) HRB 12345 B",
        sha256=evidence.sha256,
    )


@pytest.mark.parametrize(
    "court", ["Berlin", "Charlottenburg", "Charlottenburg (Berlin)", "berlin (CHARLOTTENBURG)"]
)
def test_berlin_and_charlottenburg_are_one_court(court: str) -> None:
    answers = GtecCompany.model_validate(company(court=court))
    assert register_number(answers) == "Berlin (Charlottenburg) HRB 999999"


@pytest.mark.parametrize(
    ("court", "number"),
    [
        ("München", "München HRB 999999"),
        ("Munchen", "München HRB 999999"),
        ("Kempten", "Kempten (Allgäu) HRB 999999"),
        ("Köln", "Köln HRB 999999"),
        ("Koeln", "Köln HRB 999999"),
        ("Amtsgericht München", "München HRB 999999"),
        ("AG Charlottenburg", "Berlin (Charlottenburg) HRB 999999"),
        ("Amtsgericht Charlottenburg (Berlin)", "Berlin (Charlottenburg) HRB 999999"),
        ("Evry", None),
        ("北京", None),
        ("HRB 5", None),
        ("Berlin HRB 5", None),
    ],
)
def test_a_court_is_one_of_those_that_keep_a_register(court: str, number: str | None) -> None:
    assert register_number(GtecCompany.model_validate(company(court=court))) == number


async def test_an_unknown_court_is_named(check: Check) -> None:
    verdict = await check("company", company(court="Potsdam West"))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "COURT_UNKNOWN",
        "No court called Potsdam West keeps a register; write it as in the extract, for instance"
        " Berlin (Charlottenburg).",
    )


async def test_a_limited_company_is_not_in_section_a(check: Check) -> None:
    verdict = await check("company", company(register_section="HRA"))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "WRONG_REGISTER",
        "GmbH belongs in HRB, not HRA.",
    )


@pytest.mark.parametrize(
    ("form", "register"),
    [
        ("EK", "HRA"),
        ("OHG", "HRA"),
        ("KG", "HRA"),
        ("KGAA", "HRB"),
        ("GMBH", "HRB"),
        ("UG", "HRB"),
        ("AG", "HRB"),
        ("EG", "GnR"),
        ("PARTG", "PR"),
        ("EV", "VR"),
    ],
)
async def test_each_legal_form_belongs_in_one_register(
    check: Check, form: str, register: str
) -> None:
    assert register_of(GermanLegalForm(form)) == register
    codes = {
        register_name(section): (
            await check("company", company(legal_form=form, register_section=section))
        ).code
        for section in RegisterSection
    }
    assert codes == {
        name: "REGISTERED" if name == register else "WRONG_REGISTER"
        for name in ("HRA", "HRB", "GnR", "PR", "VR")
    }


@pytest.mark.parametrize("text", ["DE999999911", "999999911", "de 999 999 911", "DE999999920"])
async def test_a_vat_number_with_its_check_digit_passes(check: Check, text: str) -> None:
    assert (await check("company", company(ust_id=text))).code == "REGISTERED"


@pytest.mark.parametrize(
    "text", ["DE999999912", "DE99999991", "DE9999999111", "DE099999991", "FR999999911", "۱۲۳"]
)
async def test_a_vat_number_with_another_check_digit_fails(check: Check, text: str) -> None:
    verdict = await check("company", company(ust_id=text))
    assert (verdict.code, verdict.message["en"]) == (
        "VAT_NUMBER_WRONG",
        f"{text} is no German VAT number: DE and 9 digits, of which the last is a check digit.",
    )


async def test_a_company_without_vat_number_passes(check: Check) -> None:
    assert (await check("company", company(ust_id=None))).code == "REGISTERED"


async def test_all_faults_are_told_at_once(check: Check) -> None:
    answers = company(court="Nowhere", register_section="HRA", ust_id="DE1")
    verdict = await check("company", answers)
    assert verdict.code == "COURT_UNKNOWN"
    assert "GmbH belongs in HRB, not HRA." in verdict.message["en"]
    assert "DE1 is no German VAT number" in verdict.message["en"]


@pytest.mark.parametrize("number", ["", "0123", "1234567", "12345-B", "B 12345", "12345 ABCD"])
def test_a_number_has_up_to_six_digits_and_letters_after_them(number: str) -> None:
    with pytest.raises(ValidationError):
        GtecCompany.model_validate(company(number=number))
