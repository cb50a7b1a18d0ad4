from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

import pytest

from softlanding import Evidence, Outcome, Verdict
from softlanding_crosspring_lab.innovation_plan.document import document_hash, plan_document
from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.innovation_plan.sections import SECTIONS, words

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
Facts = Callable[[Verdict], Mapping[str, str]]


async def test_a_complete_plan_passes(check: Check, answers: Answers, facts: Facts) -> None:
    verdict = await check("innovation_plan", answers("innovation_plan"))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.PASSED,
        "PLAN_COMPLETE",
        "The plan is complete, and argued: new to the Netherlands.",
    )
    assert facts(verdict) == {
        "aspects_argued": "NEW_TO_NL",
        "aspects_minimum": "1",
        "aspect_characters_minimum": "100",
        "section_words_minimum": "50",
        **{f"words_{name}": "50" for name in SECTIONS},
        "seek_startup_permit": "True",
    }


@pytest.mark.parametrize(
    ("length", "code"),
    [(99, "INNOVATION_NOT_ARGUED"), (100, "PLAN_COMPLETE"), (101, "PLAN_COMPLETE")],
)
async def test_an_aspect_is_argued_in_100_characters(
    check: Check, answers: Answers, length: int, code: str
) -> None:
    aspects = [{"aspect": "NEW_TECH", "argument": "x" * length}]
    verdict = await check("innovation_plan", answers("innovation_plan", aspects=aspects))
    assert verdict.code == code


async def test_without_an_aspect_nothing_is_new(check: Check, answers: Answers) -> None:
    verdict = await check("innovation_plan", answers("innovation_plan", aspects=[]))
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "INNOVATION_NOT_ARGUED",
        "Argue at least 1 aspect of innovation in 100 characters.",
    )


@pytest.mark.parametrize(
    ("count", "code"),
    [(49, "SECTIONS_MISSING"), (50, "PLAN_COMPLETE"), (51, "PLAN_COMPLETE")],
)
@pytest.mark.parametrize("section", SECTIONS)
async def test_a_section_has_50_words(
    check: Check, answers: Answers, section: str, count: int, code: str
) -> None:
    given = answers("innovation_plan")
    given["plan"][section] = " ".join(["word"] * count)
    assert (await check("innovation_plan", given)).code == code


async def test_missing_sections_are_named_with_their_words(check: Check, answers: Answers) -> None:
    given = answers("innovation_plan")
    del given["plan"]["legal_form"]
    given["plan"]["first_year_activities"] = "First a pilot, then a sale \u2013 that is all."
    verdict = await check("innovation_plan", given)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.FAILED,
        "SECTIONS_MISSING",
        "Missing sections: Legal form (0 of 50 words), First year activities (9 of 50 words).",
    )


async def test_an_empty_plan_lacks_everything(check: Check) -> None:
    verdict = await check("innovation_plan", {"plan": {}})
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "INNOVATION_NOT_ARGUED")
    assert verdict.message["en"].count("0 of 50 words") == 7


async def test_a_second_aspect_that_is_too_short_is_a_warning(
    check: Check, answers: Answers
) -> None:
    given = answers("innovation_plan")
    given["aspects"].append({"aspect": "NEW_ORGANISATION", "argument": "Because."})
    verdict = await check("innovation_plan", given)
    assert (verdict.outcome, verdict.code, verdict.message["en"]) == (
        Outcome.WARNING,
        "ASPECT_TOO_SHORT",
        "The plan is complete, but too short in one argument (new organisation): fewer than 100"
        " characters.",
    )


async def test_an_aspect_argued_once_at_length_may_be_mentioned_again(
    check: Check, answers: Answers
) -> None:
    given = answers("innovation_plan")
    given["aspects"].append({"aspect": "NEW_TO_NL", "argument": "As said."})
    assert (await check("innovation_plan", given)).code == "PLAN_COMPLETE"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (None, 0),
        ("\u2013 \u2026 !", 0),
        ("one\ntwo\tthree  four", 4),
        ("Zażółć gęślą jaźń", 3),
        ("100 kWh", 2),
    ],
)
def test_words_hold_a_letter_or_a_digit(text: str | None, count: int) -> None:
    assert words(text) == count


async def test_the_evidence_is_the_version_of_the_document(check: Check) -> None:
    given = {
        "aspects": [{"aspect": "NEW_TECH", "argument": "It is."}],
        "plan": {"roles": "One leads.", "structure": "One company."},
    }
    document = plan_document(InnovationPlan.model_validate(given))
    assert document == (
        "# Innovation plan\n\n"
        "## Its production, distribution or marketing uses new technology.\n\nIt is.\n\n"
        "## Structure\n\nOne company.\n\n"
        "## Roles\n\nOne leads.\n"
    )
    version = document_hash(document)
    assert (await check("innovation_plan", given)).evidence == (
        Evidence(
            kind="innovation_plan",
            label=f"Plan as Markdown, version {version[:12]}",
            sha256=version,
        ),
    )


async def test_before_its_figures_begin_a_plan_needs_a_review(
    check: Check, answers: Answers
) -> None:
    given = answers("innovation_plan")
    verdict = await check("innovation_plan", given, today=date(2025, 12, 31))
    assert (verdict.outcome, verdict.code) == (Outcome.NEEDS_REVIEW, "RULE_UNKNOWN")
