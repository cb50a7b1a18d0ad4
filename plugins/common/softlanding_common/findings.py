"""What a check finds, and the one verdict that all its findings make."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from softlanding import Evidence, Fact, Outcome, Text, Verdict, joined

_WORST_FIRST = (Outcome.FAILED, Outcome.NEEDS_REVIEW, Outcome.WARNING, Outcome.PASSED)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is as it should be, or how bad it is: an outcome, a stable code, a sentence."""

    outcome: Outcome
    code: str
    message: Text


def failed(code: str, message: Text) -> Finding:
    """Return a finding that a condition does not hold."""
    return Finding(outcome=Outcome.FAILED, code=code, message=message)


def review(code: str, message: Text) -> Finding:
    """Return a finding that a person must decide on."""
    return Finding(outcome=Outcome.NEEDS_REVIEW, code=code, message=message)


def warning(code: str, message: Text) -> Finding:
    """Return a finding that deserves attention."""
    return Finding(outcome=Outcome.WARNING, code=code, message=message)


def passed(code: str, message: Text) -> Finding:
    """Return a finding that all is as it should be."""
    return Finding(outcome=Outcome.PASSED, code=code, message=message)


def severity(finding: Finding) -> int:
    """Return the place of a finding among others; 0 is the worst."""
    return _WORST_FIRST.index(finding.outcome)


def judged(findings: Iterable[Finding], good: Verdict) -> Verdict:
    """Return `good`, or its facts and evidence with the worst of what was found.

    The code is that of the first among the worst; the sentences of all of those are told.
    """
    found = sorted(findings, key=severity)
    if not found:
        return good
    return _with(good, [one for one in found if one.outcome is found[0].outcome])


def verdict_of(
    findings: Iterable[Finding],
    otherwise: Finding,
    *,
    facts: tuple[Fact, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    """Return the verdict of all findings, or of `otherwise` where there are none.

    Outcome and code are those of the first among the worst; all sentences are told, the worst
    first.
    """
    alone = Verdict(
        outcome=otherwise.outcome,
        code=otherwise.code,
        message=otherwise.message,
        facts=facts,
        evidence=evidence,
    )
    found = sorted(findings, key=severity)
    return _with(alone, found) if found else alone


def _with(verdict: Verdict, told: list[Finding]) -> Verdict:
    return replace(
        verdict,
        outcome=told[0].outcome,
        code=told[0].code,
        message=joined(one.message for one in told),
    )
