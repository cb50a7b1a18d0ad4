"""What a verdict must look like before it may be stored."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

import orjson

from softlanding.contract.verdicts import Evidence, Fact, Record, Verdict
from softlanding.domain.texts import DEFAULT_LOCALE
from softlanding.domain.vocabulary import Outcome, Severity

_FACT_VALUES = str | int | bool | Decimal | date | None


def verdict_fault(verdict: object) -> str | None:
    """Return what keeps a check's answer from being stored, in a sentence, or None."""
    if not isinstance(verdict, Verdict):
        return f"it answered {type(verdict).__name__} instead of a Verdict"
    return next(_faults(verdict), None) or _unstorable(verdict)


def _faults(verdict: Verdict) -> Iterator[str]:
    if not isinstance(verdict.outcome, Outcome):
        yield f"its outcome {verdict.outcome!r} is not an Outcome"
    if not isinstance(verdict.code, str) or not verdict.code:
        yield "its code is missing"
    if not _is_text(verdict.message):
        yield "its message has no English text"
    if not isinstance(verdict.severity, Severity | None):
        yield f"its severity {verdict.severity!r} is not a Severity"
    if isinstance(verdict.usable_on, datetime) or not isinstance(verdict.usable_on, date | None):
        yield f"its usable_on {verdict.usable_on!r} is not a date"
    for items, kind in (
        (verdict.facts, Fact),
        (verdict.evidence, Evidence),
        (verdict.records, Record),
    ):
        if not isinstance(items, tuple | list):
            yield f"its list of {kind.__name__} is {type(items).__name__}"
        elif not all(isinstance(item, kind) for item in items):
            yield f"it carries something that is not a {kind.__name__}"
    for fact in verdict.facts:
        if not (isinstance(fact.name, str) and isinstance(fact.unit, str | None)):
            yield f"the fact {fact!r} has no name or an odd unit"
        if not isinstance(fact.value, _FACT_VALUES):
            yield f"the value of the fact {fact.name} is {type(fact.value).__name__}"
    for evidence in verdict.evidence:
        words = (evidence.kind, evidence.label, evidence.sha256 or "")
        if not all(isinstance(word, str) for word in words):
            yield f"the evidence {evidence!r} is not made of words"
    for record in verdict.records:
        if not isinstance(record.kind, str) or not isinstance(record.data, Mapping):
            yield f"the record {record!r} has no kind or no data"


def _is_text(message: object) -> bool:
    return (
        isinstance(message, Mapping)
        and DEFAULT_LOCALE in message
        and all(isinstance(part, str) for pair in message.items() for part in pair)
    )


def _unstorable(verdict: Verdict) -> str | None:
    """Write it as JSON, as it will be stored: half characters and NUL end here."""
    try:
        told = orjson.dumps([asdict(one) for one in verdict.facts], default=str)
        told += orjson.dumps([asdict(one) for one in verdict.evidence])
        told += orjson.dumps([verdict.code, dict(verdict.message)])
        told += orjson.dumps([[record.kind, dict(record.data)] for record in verdict.records])
    except (TypeError, ValueError) as error:
        return f"it cannot be stored: {error}"
    # A backslash that was written as such is doubled; only NUL itself is a single one.
    nul = b"\\u0000" in told.replace(b"\\\\", b"")
    return "it carries a NUL character" if nul else None
