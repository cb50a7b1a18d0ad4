"""The check of `f6s_network.border`."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    RulesInForce,
    RuleUnknown,
    StaySnapshot,
    Verdict,
    joined,
)
from softlanding_common.roster import roster_findings, same_name
from softlanding_f6s_network.border.entry import apply_by, last_day_of_visit
from softlanding_f6s_network.border.form import Border
from softlanding_f6s_network.border.judgement import Finding, Visit, finding
from softlanding_f6s_network.texts import told

# The first of these that was found for a traveller is that of the stay.
_ORDER = (Outcome.FAILED, Outcome.NEEDS_REVIEW, Outcome.PASSED, Outcome.NOT_APPLICABLE)


async def check_border(answers: Border, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Look at each traveller; the stay stands as its worst traveller does.

    Nobody concerned is NOT_APPLICABLE; the facts carry counts and no names.
    """
    rules = ctx.rules
    working_days, months = rules.integer("application_working_days"), rules.integer("visit_months")
    visit = Visit(
        arrival=stay.arrival,
        departure=stay.departure,
        today=ctx.today,
        years=rules.integer("eta_valid_years"),
        working_days=working_days,
        apply_by=apply_by(stay.arrival, working_days),
        last_day=last_day_of_visit(stay.arrival, months),
    )
    findings = [finding(traveller, visit) for traveller in answers.travellers]
    in_hand = [one.valid_to for one in findings if one.valid_to is not None]
    first_end = min(in_hand, default=None)
    verdict = _roster_fault(answers, stay) or _worst([*findings, *_differing(answers, stay)])
    authorised = verdict.outcome is Outcome.PASSED
    return replace(
        verdict,
        facts=(
            Fact(name="travellers", value=len(findings), unit="persons"),
            *(
                Fact(name=name, value=_count(findings, outcome), unit="persons")
                for name, outcome in (
                    ("without_need", Outcome.NOT_APPLICABLE),
                    ("authorised", Outcome.PASSED),
                    ("undecided", Outcome.NEEDS_REVIEW),
                    ("refused", Outcome.FAILED),
                )
            ),
            Fact(name="eta_valid_years", value=visit.years, unit="years"),
            Fact(name="eta_valid_to", value=first_end),
            Fact(name="application_working_days", value=working_days, unit="working days"),
            Fact(name="apply_by", value=visit.apply_by),
            Fact(name="visit_months", value=months, unit="months"),
            Fact(name="last_day_of_visit", value=visit.last_day),
            Fact(name="eta_fee", value=_fee(rules), unit="GBP"),
            Fact(name="arrival", value=stay.arrival),
            Fact(name="departure", value=stay.departure),
        ),
        evidence=(
            Evidence.of_answers(
                kind="travel_authorisations",
                label=f"In hand: {'yes' if authorised else 'no'}, valid to {first_end or 'no day'}",
                answers=answers,
            ),
        ),
    )


def _roster_fault(answers: Border, stay: StaySnapshot) -> Verdict | None:
    found = roster_findings(stay, [one.name for one in answers.travellers])
    if not found:
        return None
    return Verdict(
        outcome=Outcome.FAILED,
        code=found[0].code,
        message=joined(one.message for one in found),
    )


def _differing(answers: Border, stay: StaySnapshot) -> list[Finding]:
    known = {same_name(one.name): set(one.nationalities) for one in stay.travellers}
    return [
        Finding(
            outcome=Outcome.NEEDS_REVIEW,
            code="NATIONALITIES_DIFFER",
            message=told(
                "The nationalities of {name} are not those that the stay gives; make both the"
                " same.",
                name=one.name,
            ),
        )
        for one in answers.travellers
        if known.get(same_name(one.name), set(one.nationalities)) != set(one.nationalities)
    ]


def _worst(findings: Sequence[Finding]) -> Verdict:
    outcome = next(outcome for outcome in _ORDER if any(one.outcome is outcome for one in findings))
    told_of = [one for one in findings if one.outcome is outcome]
    return Verdict(
        outcome=outcome, code=told_of[0].code, message=joined(one.message for one in told_of)
    )


def _count(findings: Sequence[Finding], outcome: Outcome) -> int:
    return sum(one.outcome is outcome for one in findings)


def _fee(rules: RulesInForce) -> Decimal | None:
    # For information: a fee that is not known on the day keeps nobody at home.
    try:
        return rules.decimal("eta_fee")
    except RuleUnknown:
        return None
