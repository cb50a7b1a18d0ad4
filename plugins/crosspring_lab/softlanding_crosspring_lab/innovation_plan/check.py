"""The check of `crosspring_lab.innovation_plan`."""

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    StaySnapshot,
    Text,
    Verdict,
    joined,
)
from softlanding_crosspring_lab.innovation_plan.document import document_hash, plan_document
from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.innovation_plan.sections import (
    ASPECTS,
    SECTIONS,
    PlanFindings,
    findings,
)
from softlanding_crosspring_lab.texts import told


async def check_innovation_plan(
    answers: InnovationPlan, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Ask for one argued aspect and seven sections of some length (list of the IND)."""
    found = findings(answers, ctx.rules)
    outcome, code, message = _judged(found)
    version = document_hash(plan_document(answers))
    return Verdict(
        outcome=outcome,
        code=code,
        message=message,
        facts=(
            Fact(name="aspects_argued", value=", ".join(found.argued)),
            Fact(name="aspects_minimum", value=found.aspects_minimum, unit="aspects"),
            Fact(
                name="aspect_characters_minimum", value=found.characters_minimum, unit="characters"
            ),
            Fact(name="section_words_minimum", value=found.words_minimum, unit="words"),
            *(
                Fact(name=f"words_{name}", value=count, unit="words")
                for name, count in found.words.items()
            ),
            Fact(name="seek_startup_permit", value=answers.seek_startup_permit),
        ),
        evidence=(
            Evidence(
                kind="innovation_plan",
                label=f"Plan as Markdown, version {version[:12]}",
                sha256=version,
            ),
        ),
    )


def missing_sections(found: PlanFindings) -> list[dict[str, str]]:
    """Return the sections with too few words, each with its count."""
    return [
        told(
            "{section} ({count} of {minimum} words)",
            section=SECTIONS[name],
            count=found.words[name],
            minimum=found.words_minimum,
        )
        for name in found.missing_sections
    ]


def _judged(found: PlanFindings) -> tuple[Outcome, str, Text]:
    faults: list[tuple[str, Text]] = []
    if not found.is_innovative:
        faults.append(
            (
                "INNOVATION_NOT_ARGUED",
                told(
                    "Argue at least {minimum} aspect of innovation in {characters} characters.",
                    minimum=found.aspects_minimum,
                    characters=found.characters_minimum,
                ),
            )
        )
    if sections := missing_sections(found):
        faults.append(
            ("SECTIONS_MISSING", told("Missing sections: {sections}.", sections=sections))
        )
    if faults:
        return Outcome.FAILED, faults[0][0], joined(message for _, message in faults)
    if found.short_aspects:
        return (
            Outcome.WARNING,
            "ASPECT_TOO_SHORT",
            told(
                "The plan is complete, but too short in one argument ({aspects}): fewer than"
                " {characters} characters.",
                aspects=[ASPECTS[aspect] for aspect in found.short_aspects],
                characters=found.characters_minimum,
            ),
        )
    return (
        Outcome.PASSED,
        "PLAN_COMPLETE",
        told(
            "The plan is complete, and argued: {aspects}.",
            aspects=[ASPECTS[aspect] for aspect in found.argued],
        ),
    )
