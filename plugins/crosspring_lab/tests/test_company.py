from collections.abc import Awaitable, Callable
from typing import Any

from softlanding import Evidence, Fact, Outcome, Verdict
from softlanding_crosspring_lab.company.form import Company

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


async def test_numbers_that_hold_pass(check: Check, answers: Answers) -> None:
    given = answers("company", btw="nl 000000012 b01")
    assert await check("company", given) == Verdict(
        outcome=Outcome.PASSED,
        code="NUMBERS_VALID",
        message={
            "en": "The numbers have the right form: 0106:00000001, 000000012, NL000000012B01. A"
            " KvK number has no check digit.",
            "nl": "De nummers hebben de juiste vorm: 0106:00000001, 000000012, NL000000012B01. Een"
            " KvK-nummer heeft geen controlecijfer.",
        },
        facts=(
            Fact(name="kvk", value="00000001"),
            Fact(name="kvk_scheme", value="0106"),
            Fact(name="rsin", value="000000012"),
            Fact(name="btw", value="NL000000012B01"),
            Fact(name="btw_test", value="11-test"),
        ),
        evidence=(
            Evidence.of_answers(
                kind="registration",
                label="0106:00000001, 000000012, NL000000012B01",
                answers=Company.model_validate(given),
            ),
        ),
    )


async def test_the_kvk_number_alone_is_enough(check: Check) -> None:
    verdict = await check("company", {"kvk": "00000002"})
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "NUMBERS_VALID")
    assert [fact.value for fact in verdict.facts] == ["00000002", "0106", None, None, None]


async def test_a_vat_number_without_the_rsin_is_a_warning(check: Check, answers: Answers) -> None:
    verdict = await check("company", answers("company", btw="NL000000024B01"))
    assert (verdict.outcome, verdict.code) == (Outcome.WARNING, "RSIN_AND_VAT_DIFFER")
    assert verdict.message["en"] == (
        "The VAT number NL000000024B01 does not carry the RSIN 000000012, as that of a legal"
        " person does; compare both."
    )


async def test_the_number_of_a_sole_trader_does_not_carry_an_rsin(
    check: Check, answers: Answers
) -> None:
    verdict = await check("company", answers("company", btw="NL002455799B11"))
    assert verdict.code == "RSIN_AND_VAT_DIFFER"
    assert verdict.facts[-1] == Fact(name="btw_test", value="mod 97-10")
    alone = await check("company", answers("company", rsin=None, btw="NL002455799B11"))
    assert alone.code == "NUMBERS_VALID"


async def test_all_numbers_that_do_not_hold_are_named(check: Check) -> None:
    verdict = await check("company", {"kvk": "123", "rsin": "000000013", "btw": "NL1"})
    assert verdict == Verdict(
        outcome=Outcome.FAILED,
        code="KVK_LENGTH",
        message={
            "en": "KvK numbers have 8 digits, got 3. The RSIN 000000013 fails the 11-test; compare"
            " each digit. A VAT number looks like NL000000012B01, got NL1.",
            "nl": "Een KvK-nummer heeft 8 cijfers; dit zijn er 3. Het RSIN 000000013 voldoet niet"
            " aan de 11-proef; vergelijk elk cijfer. Een btw-nummer ziet eruit als NL000000012B01;"
            " dit is NL1.",
        },
    )
