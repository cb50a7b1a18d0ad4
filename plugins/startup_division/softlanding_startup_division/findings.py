"""Several findings, one verdict: the worst outcome, and all sentences, the worst first."""

from collections.abc import Iterable

from softlanding import Evidence, Fact, Outcome, Text, Verdict, joined
from softlanding_common.findings import Finding

_WORST_FIRST = (Outcome.FAILED, Outcome.NEEDS_REVIEW, Outcome.WARNING, Outcome.PASSED)


def passed(code: str, message: Text) -> Finding:
    """Return that all conditions hold."""
    return Finding(outcome=Outcome.PASSED, code=code, message=message)


def verdict_of(
    findings: Iterable[Finding],
    otherwise: Finding,
    *,
    facts: tuple[Fact, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    """Return the verdict of all findings, or of `otherwise` where there are none.

    Outcome and code are those of the worst finding, the first of several.
    """
    ordered = sorted(findings, key=lambda one: _WORST_FIRST.index(one.outcome)) or [otherwise]
    return Verdict(
        outcome=ordered[0].outcome,
        code=ordered[0].code,
        message=joined(one.message for one in ordered),
        facts=facts,
        evidence=evidence,
    )
