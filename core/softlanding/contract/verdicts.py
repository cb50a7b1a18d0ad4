"""The verdict of a check: outcome, sentence, figures, evidence."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from pydantic import BaseModel

from softlanding.domain.texts import Text
from softlanding.domain.vocabulary import Outcome, Severity

FactValue: TypeAlias = str | int | bool | Decimal | date | None


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A figure that a verdict rests on: a name, its value, its unit (`EUR`, `days`, …)."""

    name: str
    value: FactValue
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Something that shows a verdict to be right: its kind, a label, a SHA-256 of the content."""

    kind: str
    label: str
    sha256: str | None = None

    @classmethod
    def of_answers(cls, *, kind: str, label: str, answers: BaseModel) -> "Evidence":
        """Return evidence for `answers` as they stand: the hash of their canonical JSON."""
        canonical = answers.model_dump_json().encode()
        return cls(kind=kind, label=label, sha256=hashlib.sha256(canonical).hexdigest())


@dataclass(frozen=True, kw_only=True)
class Record:
    """Something a verdict leaves behind, kept by the core below the plugin's name.

    `kind` names the shape (`aid_grant`), `data` is JSON. A later verdict of the same step
    replaces the step's records.
    """

    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer of a check.

    `code` is stable, for programs; `message` a sentence for a person, in English at least.
    `severity` changes the step's severity for this stay; `usable_on` is the day from which the
    result can be used, when it lies ahead.
    """

    outcome: Outcome
    code: str
    message: Text
    facts: tuple[Fact, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    severity: Severity | None = None
    usable_on: date | None = None
    records: tuple[Record, ...] = field(default=())
