"""The check of `startup_division.pitch`."""

from collections.abc import Iterator

from softlanding import CheckContext, Evidence, Fact, StaySnapshot, Verdict
from softlanding_common.findings import Finding, failed, passed, verdict_of
from softlanding_startup_division.pitch.form import Pitch
from softlanding_startup_division.texts import told


async def check_pitch(answers: Pitch, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for a video neither short nor long, and for enough key figures with all four values."""
    shortest = ctx.rules.integer("seconds_minimum")
    longest = ctx.rules.integer("seconds_maximum")
    least = ctx.rules.integer("kpis_minimum")
    # The same figure twice is one.
    complete = len({kpi.name.casefold() for kpi in answers.kpis if kpi.complete})

    def findings() -> Iterator[Finding]:
        if not shortest <= answers.seconds <= longest:
            yield failed(
                "VIDEO_LENGTH",
                told(
                    "Video is {seconds} s; needed {shortest}-{longest}.",
                    seconds=answers.seconds,
                    shortest=shortest,
                    longest=longest,
                ),
            )
        if complete < least:
            yield failed(
                "KPIS_INCOMPLETE",
                told(
                    "Key figures with all four values: {complete}; needed {least}.",
                    complete=complete,
                    least=least,
                ),
            )

    return verdict_of(
        findings(),
        passed(
            "PITCH_READY",
            told(
                "Video is {seconds} s; key figures with all four values: {complete}.",
                seconds=answers.seconds,
                complete=complete,
            ),
        ),
        facts=(
            Fact(name="seconds", value=answers.seconds, unit="seconds"),
            Fact(name="seconds_minimum", value=shortest, unit="seconds"),
            Fact(name="seconds_maximum", value=longest, unit="seconds"),
            Fact(name="kpis_complete", value=complete, unit="key figures"),
            Fact(name="kpis_minimum", value=least, unit="key figures"),
        ),
        evidence=(
            Evidence.of_answers(
                kind="kpi_plan", label="Pitch and plan of key figures", answers=answers
            ),
        ),
    )
