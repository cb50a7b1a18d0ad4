from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import ValidationError

from softlanding import Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.travellers.form import Travellers

Check = Callable[..., Awaitable[Verdict]]
DEPARTURE = "2027-03-30"


def document(name: str = "Example Founder", **changes: Any) -> dict[str, Any]:
    plain = {"document": "PASSPORT", "expires_on": "2031-06-30", "emergency_contact": True}
    return {"name": name, **plain, **changes}


def given(*documents: dict[str, Any]) -> dict[str, Any]:
    return {"travellers": list(documents)}


async def test_all_travellers_with_valid_documents_pass(check: Check) -> None:
    answers = given(document(last_characters="42K7"))
    evidence = Evidence.of_answers(
        kind="travellers",
        label="Travellers and documents as noted",
        answers=Travellers.model_validate(answers),
    )
    verdict = await check("travellers", answers)
    assert verdict == Verdict(
        outcome=Outcome.PASSED,
        code="TRAVELLERS_NOTED",
        message={
            "en": "All travellers (1) are noted, with documents valid to the departure 2027-03-30.",
            "fr": "Tous les voyageurs (1) sont notés, avec des documents valables jusqu'au départ"
            " le 2027-03-30.",
        },
        facts=(
            Fact(name="travellers", value=1, unit="persons"),
            Fact(name="documents", value=1, unit="documents"),
            Fact(name="departure", value=verdict.facts[2].value),
            Fact(name="emergency_contacts", value=1, unit="persons"),
        ),
        evidence=(evidence,),
    )
    assert str(verdict.facts[2].value) == DEPARTURE


@pytest.mark.parametrize(
    ("expires", "code"),
    [
        ("2027-03-29", "DOCUMENT_EXPIRES"),
        ("2027-03-30", "TRAVELLERS_NOTED"),
        ("2027-03-31", "TRAVELLERS_NOTED"),
    ],
)
async def test_a_document_is_valid_to_the_departure(check: Check, expires: str, code: str) -> None:
    assert (await check("travellers", given(document(expires_on=expires)))).code == code


async def test_the_failure_names_the_traveller_and_both_days(check: Check) -> None:
    verdict = await check("travellers", given(document(expires_on="2027-03-15")))
    assert (verdict.outcome, verdict.message["en"]) == (
        Outcome.FAILED,
        "The document of Example Founder ends 2027-03-15 before departure 2027-03-30.",
    )


async def test_those_noted_are_those_who_travel(check: Check, two_travel: StaySnapshot) -> None:
    one = given(document(), document("Somebody Else"))
    verdict = await check("travellers", one, stay=two_travel)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "TRAVELLER_MISSING",
        "Nothing is noted for: Zoë Example. Not among the travellers of the stay: Somebody Else.",
    )


@pytest.mark.parametrize("name", ["zoë example", " Zoë  Example", "Zoe\u0308 Example"])
async def test_a_name_may_be_spelt_with_other_case_spaces_and_composition(
    check: Check, two_travel: StaySnapshot, name: str
) -> None:
    verdict = await check("travellers", given(document(), document(name)), stay=two_travel)
    assert verdict.code == "TRAVELLERS_NOTED"


async def test_nobody_is_noted_twice(check: Check) -> None:
    verdict = await check("travellers", given(document(), document("EXAMPLE founder")))
    assert (verdict.code, verdict.message["en"]) == (
        "TRAVELLER_TWICE",
        "Noted more than once: EXAMPLE founder.",
    )


async def test_somebody_is_to_be_called_in_an_emergency(check: Check) -> None:
    verdict = await check("travellers", given(document(emergency_contact=False)))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.WARNING,
        "NO_EMERGENCY_CONTACT",
        "Nobody is known to be called in an emergency for: Example Founder.",
    )


@pytest.mark.parametrize(
    ("last", "taken"), [("", False), ("1", True), ("12AB", True), ("12AB5", False), ("a1", False)]
)
def test_at_most_four_characters_of_a_number_are_taken(last: str, taken: bool) -> None:
    if taken:
        assert Travellers.model_validate(given(document(last_characters=last)))
    else:
        with pytest.raises(ValidationError):
            Travellers.model_validate(given(document(last_characters=last)))
