from softlanding import Fact, Outcome, Verdict
from softlanding_common.findings import failed, passed, review, verdict_of, warning

FINE = passed("FINE", {"en": "All is well."})


def test_without_findings_all_conditions_hold() -> None:
    facts = (Fact(name="a", value=1),)
    assert verdict_of([], FINE, facts=facts) == Verdict(
        outcome=Outcome.PASSED, code="FINE", message={"en": "All is well."}, facts=facts
    )


def test_the_worst_finding_decides_and_all_are_told_the_worst_first() -> None:
    findings = [
        warning("W", {"en": "w"}),
        FINE,
        failed("F1", {"en": "f1"}),
        review("R", {"en": "r"}),
        failed("F2", {"en": "f2"}),
    ]
    assert verdict_of(findings, FINE) == Verdict(
        outcome=Outcome.FAILED, code="F1", message={"en": "f1 f2 r w All is well."}
    )
