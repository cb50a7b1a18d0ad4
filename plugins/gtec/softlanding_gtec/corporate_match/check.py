"""The check of `gtec.corporate_match`."""

from collections.abc import Iterator, Sequence

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.findings import Finding, failed, judged, review
from softlanding_common.roster import same_name
from softlanding_gtec.corporate_match.form import GtecCorporateMatch
from softlanding_gtec.corporate_match.overlap import Overlap, overlaps, unknown_codes
from softlanding_gtec.corporate_match.secrecy import secrecy_findings
from softlanding_gtec.texts import told


async def check_corporate_match(
    answers: GtecCorporateMatch, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Ask for an NDA before the first confidential meeting, and for corporates that fit."""
    wanted = ctx.rules.integer("corporates_minimum")
    fitting = overlaps(answers, stay.startup.nace)
    good = Verdict(
        outcome=Outcome.PASSED,
        code="MATCHED",
        message=told(
            "{number} corporates fit: {names}.",
            number=len(fitting),
            names=[one.corporate.name for one in fitting],
        ),
        facts=(
            Fact(name="corporates", value=len(answers.corporates), unit="corporates"),
            Fact(name="corporates_fitting", value=len(fitting), unit="corporates"),
            Fact(name="corporates_minimum", value=wanted, unit="corporates"),
            Fact(name="meetings", value=len(answers.meetings), unit="meetings"),
            Fact(
                name="confidential_meetings",
                value=sum(meeting.confidential for meeting in answers.meetings),
                unit="meetings",
            ),
            Fact(name="ndas", value=len(answers.ndas), unit="agreements"),
        ),
        evidence=(
            Evidence.of_answers(
                kind="meetings_and_ndas",
                label=f"{len(answers.meetings)} meetings, {len(answers.ndas)} NDAs",
                answers=answers,
            ),
        ),
    )
    findings = [
        *secrecy_findings(answers, ctx.today),
        *_parties(answers),
        *_codes(answers),
        *_number(fitting, wanted, stay.startup.nace),
        *_afterwards(answers, stay),
    ]
    return judged(findings, good)


def _parties(answers: GtecCorporateMatch) -> Iterator[Finding]:
    known = {same_name(one.name) for one in answers.corporates}
    named = dict.fromkeys(
        [*(one.party for one in answers.meetings), *(one.party for one in answers.ndas)]
    )
    if unknown := [name for name in named if same_name(name) not in known]:
        yield failed(
            "PARTY_UNKNOWN",
            told("Not among the corporates: {names}. Add them there.", names=unknown),
        )


def _codes(answers: GtecCorporateMatch) -> Iterator[Finding]:
    if codes := unknown_codes(answers.corporates):
        yield failed("NACE_UNKNOWN", told("NACE Rev. 2.1 does not have: {codes}.", codes=codes))


def _afterwards(answers: GtecCorporateMatch, stay: StaySnapshot) -> Iterator[Finding]:
    # A first call before the arrival is welcome.
    days = [one.day for one in answers.meetings if one.day > stay.departure]
    if days:
        yield failed("MEETING_AFTER_STAY", told("After the departure: {days}.", days=days))


def _number(fitting: Sequence[Overlap], wanted: int, nace: str | None) -> Iterator[Finding]:
    if len(fitting) < wanted and nace is None:
        yield review(
            "NACE_MISSING",
            told(
                "{number} of {wanted} corporates share an interest; the start-up's NACE class is"
                " not known, so a person must decide.",
                number=len(fitting),
                wanted=wanted,
            ),
        )
    elif len(fitting) < wanted:
        yield failed(
            "TOO_FEW_CORPORATES",
            told(
                "{number} of {wanted} corporates share a NACE section or an interest with the"
                " start-up.",
                number=len(fitting),
                wanted=wanted,
            ),
        )
