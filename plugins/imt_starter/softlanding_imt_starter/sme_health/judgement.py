"""From the findings to outcome and sentence."""

from decimal import Decimal

from softlanding import Fact, Outcome, Verdict
from softlanding_common.euros import euros
from softlanding_imt_starter.sme_health.findings import Findings
from softlanding_imt_starter.sme_health.form import SmeHealth, SmeOwnerType
from softlanding_imt_starter.sme_health.size import SmeClass
from softlanding_imt_starter.texts import told


def form_fault(answers: SmeHealth) -> Verdict | None:
    """Return what makes the answers unusable: a period given twice, owners of more than all."""
    ends = [period.ends_on for period in answers.periods]
    if len(set(ends)) < len(ends):
        return _verdict(
            Outcome.FAILED,
            "PERIOD_GIVEN_TWICE",
            told(
                "Both periods end on {day}; give two different ones.",
                day=ends[0],
            ),
        )
    held = sum(
        (
            owner.share_pct
            for owner in answers.owners
            if owner.type is not SmeOwnerType.HELD_ENTERPRISE
        ),
        Decimal(0),
    )
    if held > 100:
        return _verdict(
            Outcome.FAILED,
            "OWNERS_ABOVE_100",
            told(
                "The owners hold {held} % together; 100 % is the most.",
                held=held,
            ),
            Fact(name="held", value=held, unit="percent"),
        )
    return None


def judged(answers: SmeHealth, findings: Findings) -> Verdict:
    """Return the verdict: what fails outright, what a person decides, what passes."""
    return _failure(answers, findings) or _review(findings) or _passed(findings)


def _failure(answers: SmeHealth, findings: Findings) -> Verdict | None:
    if answers.insolvency:
        return _verdict(
            Outcome.FAILED,
            "INSOLVENCY",
            told(
                "The undertaking is in collective insolvency, or fulfils its criteria.",
            ),
        )
    if answers.rescue_aid:
        return _verdict(
            Outcome.FAILED,
            "RESCUE_AID",
            told(
                "Rescue aid is not paid back, or a restructuring plan is still running.",
            ),
        )
    if findings.above_limit and not findings.exempt:
        return _verdict(Outcome.FAILED, "IN_DIFFICULTY", _in_difficulty(findings))
    return None


def _in_difficulty(findings: Findings) -> dict[str, str]:
    share = findings.losses.share
    if share is None:
        return told(
            "Losses are {net} without subscribed capital (company is {age} years old,"
            " exemption ends at {exempt}).",
            net=euros(findings.losses.net),
            age=findings.age,
            exempt=findings.exempt_months // 12,
        )
    return told(
        "Losses are {net} = {share} % of subscribed capital; limit {limit} % (company is {age}"
        " years old, exemption ends at {exempt}).",
        net=euros(findings.losses.net),
        share=round(share, 2),
        limit=findings.limit_pct,
        age=findings.age,
        exempt=findings.exempt_months // 12,
    )


def _review(findings: Findings) -> Verdict | None:
    if findings.missing:
        return _verdict(
            Outcome.NEEDS_REVIEW,
            "OWNER_FIGURES_MISSING",
            told(
                "The figures of {names} count for the SME class but are not given.",
                names=findings.missing,
            ),
        )
    if findings.public:
        return _verdict(
            Outcome.NEEDS_REVIEW,
            "PUBLIC_OWNER",
            told(
                "{names}: a public body holds so much that a person must decide the class.",
                names=findings.public,
            ),
        )
    if SmeClass.LARGE not in findings.classes:
        return None
    if set(findings.classes) == {SmeClass.LARGE}:
        return _verdict(
            Outcome.NEEDS_REVIEW,
            "LARGE_ENTERPRISE",
            told(
                "The group is no SME; a person must judge debt and earnings of the last two years.",
            ),
        )
    return _verdict(
        Outcome.NEEDS_REVIEW,
        "CLASS_CHANGING",
        told(
            "One period says SME, the other does not; the class changes after two periods.",
        ),
    )


def _passed(findings: Findings) -> Verdict:
    if findings.above_limit:
        return _verdict(
            Outcome.WARNING,
            "LOSSES_OF_A_YOUNG_SME",
            told(
                "Losses of {net} are above {limit} % of subscribed capital; as a young SME the"
                " company is exempt until {day}.",
                net=euros(findings.losses.net),
                limit=findings.limit_pct,
                day=findings.exempt_until,
            ),
        )
    if len(set(findings.classes)) > 1:
        return _verdict(
            Outcome.WARNING,
            "SIZE_CHANGES",
            told(
                "The two periods say {classes}; the class of the earlier one stays until two"
                " periods agree. No sign of difficulty.",
                classes=[str(one) for one in findings.classes],
            ),
        )
    return _verdict(
        Outcome.PASSED,
        "HEALTHY_SME",
        told(
            "The group is an SME of class {sme_class}, with no sign of difficulty.",
            sme_class=str(findings.classes[0]),
        ),
    )


def _verdict(outcome: Outcome, code: str, message: dict[str, str], *facts: Fact) -> Verdict:
    return Verdict(outcome=outcome, code=code, message=message, facts=facts)
