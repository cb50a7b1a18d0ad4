"""Several findings, one verdict: the worst outcome, and all sentences, the worst first."""

from collections.abc import Iterable
from dataclasses import dataclass

from softlanding import Evidence, Fact, Outcome, Text, Verdict, joined

_WORST_FIRST = (Outcome.FAILED, Outcome.NEEDS_REVIEW, Outcome.WARNING, Outcome.PASSED)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that a check found: what it means, its code, its sentence."""

    outcome: Outcome
    code: str
    message: Text


def failed(code: str, message: Text) -> Finding:
    """Return a condition that does not hold."""
    return Finding(outcome=Outcome.FAILED, code=code, message=message)


def warning(code: str, message: Text) -> Finding:
    """Return something that deserves attention."""
    return Finding(outcome=Outcome.WARNING, code=code, message=message)


def review(code: str, message: Text) -> Finding:
    """Return something that a person must decide."""
    return Finding(outcome=Outcome.NEEDS_REVIEW, code=code, message=message)


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
