"""What a check finds, and the one verdict that all its findings make."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from softlanding import Outcome, Text, Verdict, joined

_WORST_FIRST = (Outcome.FAILED, Outcome.NEEDS_REVIEW, Outcome.WARNING)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that is not as it should be: how bad, a stable code, a sentence."""

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
    worst = [one for one in found if one.outcome is found[0].outcome]
    return replace(
        good,
        outcome=worst[0].outcome,
        code=worst[0].code,
        message=joined(one.message for one in worst),
    )
