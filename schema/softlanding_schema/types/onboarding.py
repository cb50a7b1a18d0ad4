"""Onboarding: steps, verdicts, what blocks a stay."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from softlanding.domain.onboarding import FINISHED
from softlanding.domain.texts import DEFAULT_LOCALE, choose
from softlanding.domain.vocabulary import Outcome, Party, Severity, StepState
from softlanding.services.standing import Standing, is_expired, is_overdue, standing_on
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.form_names import named_answers, named_schema
from softlanding_schema.reads.json_text import Printer, Text, quoted
from softlanding_schema.reads.readings import (
    Column,
    Computed,
    Localized,
    WriteColumn,
    WriteDay,
    Written,
    read_by,
)
from softlanding_schema.types.history import HistoryEntry, history_of
from softlanding_schema.types.node import Node
from softlanding_schema.types.rules import RuleSet
from softlanding_schema.types.texts import LocaleArgument, LocalizedText, localized


@strawberry.type(description="A figure that a verdict rests on.")
class Fact:
    """A fact."""

    name: str = strawberry.field(description="Name of the figure.")
    value: str | None = strawberry.field(description="Its value; decimals and dates as text.")
    unit: str | None = strawberry.field(description="Its unit, such as EUR or days.")


@strawberry.type(description="Something that shows a verdict to be right.")
class Evidence:
    """Evidence."""

    kind: str = strawberry.field(description="What kind of evidence it is.")
    label: str = strawberry.field(description="What it is, for a person.")
    sha256: str | None = strawberry.field(description="SHA-256 of its content, in hexadecimal.")


@strawberry.type(description="The answer of a check.")
class Verdict:
    """A verdict."""

    outcome: Outcome = strawberry.field(description="The outcome.")
    code: str = strawberry.field(description="Stable code of the reason, for programs.")
    facts: list[Fact] = strawberry.field(description="The figures it rests on.")
    evidence: list[Evidence] = strawberry.field(description="What shows it to be right.")
    checked_at: datetime = strawberry.field(description="When a check said so first.")
    usable_on: date | None = strawberry.field(
        description="The day from which the result can be used, when it lies ahead."
    )
    text: strawberry.Private[dict[str, str]]
    rules: strawberry.Private[dict[str, str] | None]

    @strawberry.field(description="The rule set whose figures were used; null where none was.")
    async def rule_set(self, info: Info) -> RuleSet | None:
        """Return the version that was used."""
        if self.rules is None:
            return None
        row = await info.context.batches.rule_set(self.rules["key"], self.rules["version"])
        return RuleSet.of(row, info.context.core.clock.today()) if row else None

    @strawberry.field(description="The reason in a sentence, with the figures.")
    def message(self, locale: LocaleArgument = "en") -> LocalizedText:
        """Choose a text."""
        return localized(self.text, locale)

    @classmethod
    def of(cls, row: Row, today: date) -> "Verdict | None":
        """Return a step's verdict; past the validity of its figures it needs review."""
        stored = row["verdict"]
        if not stored:
            return None
        expired = is_expired(row, today)
        usable_on = stored.get("usable_on")
        return cls(
            outcome=Outcome.NEEDS_REVIEW if expired else Outcome(stored["outcome"]),
            code="RULES_EXPIRED" if expired else stored["code"],
            text={
                "en": f"The figures used were valid until {row['verdict_valid_until']};"
                " the step must be checked again."
            }
            if expired
            else stored["message"],
            facts=[Fact(**fact) for fact in stored["facts"]],
            evidence=[Evidence(**evidence) for evidence in stored["evidence"]],
            rules=stored["rule_set"],
            checked_at=datetime.fromisoformat(stored["checked_at"]),
            usable_on=date.fromisoformat(usable_on) if usable_on else None,
        )


@strawberry.type(description="A signature on a step.")
class Signature:
    """A signature."""

    party: Party = strawberry.field(description="The side that signed.")
    by: str = strawberry.field(description="Who signed.")
    at: datetime = strawberry.field(description="When it was signed.")


def _overdue(printer: Printer, column: WriteColumn, today: WriteDay) -> Text:
    finished = ", ".join(quoted(str(state)) for state in sorted(FINISHED))
    return printer.boolean(
        f"({column('due_on')} < {today()} AND {column('state')} NOT IN ({finished}))"
    )


def _short_notice(printer: Printer, column: WriteColumn, today: WriteDay) -> Text:
    return printer.boolean(f"({column('due_on')} < {printer.day(column('created_at'))})")


@strawberry.type(description="A step on one stay.")
class OnboardingStep(Node):
    """An onboarding step."""

    table: ClassVar[str] = "onboarding_steps"
    type_name: ClassVar[str] = "OnboardingStep"

    step_key: str = strawberry.field(
        name="key", description="Key of the step: plugin.name.", metadata=read_by(Column("key"))
    )
    due_on: date = strawberry.field(
        description="Day it is due: a working day in the country of who fills it."
    )
    severity: Severity = strawberry.field(description="What it can hold up, on this stay.")
    state: StepState = strawberry.field(description="Where it stands.")
    reason: str = strawberry.field(description="Why it cannot go on; empty where it can.")
    filled_by: list[Party] = strawberry.field(description="Who may answer it.")
    signed_by: list[Party] = strawberry.field(
        description="Who signs it, in this order.", metadata=read_by(Column("definition.signed_by"))
    )
    signatures: list[Signature] = strawberry.field(
        description="Signatures given so far.", metadata=read_by(Computed())
    )
    after: list[str] = strawberry.field(
        description="Keys of the steps that must be settled first.",
        metadata=read_by(Column("definition.after")),
    )
    waived_reason: str | None = strawberry.field(description="Why it was waived, if it was.")
    overdue: bool = strawberry.field(
        description="Whether it is open past its due day.", metadata=read_by(Written(_overdue))
    )
    short_notice: bool = strawberry.field(
        description="Whether its due day lay in the past already when the stay was applied for.",
        metadata=read_by(Written(_short_notice)),
    )
    verdict: Verdict | None = strawberry.field(
        description="What its check said last.", metadata=read_by(Computed())
    )
    revision: int = strawberry.field(description="Counts its changes.")
    stay_id: strawberry.Private[UUID]
    definition: strawberry.Private[Row]

    @classmethod
    def standing(cls, row: Row, standing: Standing, today: date) -> "OnboardingStep":
        """Return a step as it stands today."""
        stands = standing.states[row["key"]]
        definition = row["definition"]
        shown: dict[str, Any] = {
            **row,
            "step_key": row["key"],
            "severity": Severity(row["severity"]),
            "state": stands.state,
            "reason": stands.reason,
            "filled_by": [party for party in Party if str(party) in definition["filled_by"]],
            "signed_by": [Party(party) for party in definition["signed_by"]],
            "signatures": [
                Signature(
                    party=Party(one["party"]), by=one["by"], at=datetime.fromisoformat(one["at"])
                )
                for one in row["signatures"]
            ],
            "after": definition["after"],
            "overdue": is_overdue(row["due_on"], stands.state, today),
            "short_notice": row["due_on"] < row["created_at"].date(),
            "verdict": Verdict.of(row, today),
        }
        made = cls.__new__(cls)
        for column in ("id", "key", "form"):
            shown.pop(column, None)
        made.__dict__.update(shown, row=row)
        return made

    @strawberry.field(
        description="What the step is called.", metadata=read_by(Localized("definition.title"))
    )
    def title(self, locale: LocaleArgument = "en") -> LocalizedText:
        """Choose a text."""
        return localized(self.definition["title"], locale)

    @strawberry.field(
        description="What is to be done and why.", metadata=read_by(Localized("definition.help"))
    )
    def help(self, locale: LocaleArgument = "en") -> LocalizedText:
        """Choose a text."""
        return localized(self.definition["help"], locale)

    @strawberry.field(
        description="JSON Schema (draft 2020-12) of its answers, with titles, descriptions and an"
        " example; null where it asks for none. What it describes is what submitStep takes."
    )
    def form(self, locale: LocaleArgument = "en") -> JSON | None:
        """Return the schema of the definition's version, in the language asked for."""
        schemas = self.definition["form"]
        return named_schema(choose(schemas, locale)[0]) if schemas else None  # type: ignore[return-value] # JSON is any value

    @strawberry.field(description="The answers given, as JSON; null while it is not answered.")
    def answers(self) -> JSON | None:
        """Return the stored answers, under the names of the form."""
        schemas, stored = self.definition["form"], self.row["answers"]
        if not schemas or stored is None:
            return stored  # type: ignore[no-any-return] # JSON is any value
        schema = schemas[DEFAULT_LOCALE]
        return named_answers(schema, schema, stored)  # type: ignore[no-any-return] # JSON is any value

    @strawberry.field(description="What happened to it, oldest first.")
    async def history(self, info: Info) -> list[HistoryEntry]:
        """Return its history."""
        return await history_of(info, self.key)


@strawberry.type(description="A step of the way that decides the earliest arrival.")
class CriticalStep:
    """A step of the critical path."""

    step: OnboardingStep = strawberry.field(description="The step.")
    act_on: date = strawberry.field(description="The earliest day on which it can be acted on.")
    usable_on: date = strawberry.field(description="The day on which its result can be used.")


@strawberry.type(description="The onboarding of a stay.")
class Onboarding:
    """The steps of a stay, and what they allow."""

    ready: bool = strawberry.field(description="Whether every blocking step is settled.")
    blocked_by: list[OnboardingStep] = strawberry.field(
        description="Blocking steps that are not settled, in order."
    )
    earliest_arrival: date = strawberry.field(
        description="Earliest arrival still feasible, by due days, dependencies and lead times."
    )
    limited_by: str | None = strawberry.field(
        description="Key of the step that limits the earliest arrival; null when none does."
    )
    critical_path: list[CriticalStep] = strawberry.field(
        description="The steps that decide the earliest arrival, first one first; the last is the"
        " one that limits it. Empty when none does."
    )
    too_late: list[OnboardingStep] = strawberry.field(
        description="Blocking steps that cannot be done in time for the stay's arrival."
    )
    steps: list[OnboardingStep] = strawberry.field(
        description="All steps, by dependency and due day; at most 100."
    )

    @classmethod
    async def of(cls, info: Info, stay: UUID, arrival: date) -> "Onboarding":
        """Return the onboarding of a stay as it stands today."""
        context = info.context
        rows = await context.batches.steps(stay)
        today = context.core.clock.today()
        standing = standing_on(context.core, rows, today)
        steps = {row["key"]: OnboardingStep.standing(row, standing, today) for row in rows}
        feasible = standing.feasibility
        return cls(
            ready=standing.ready,
            blocked_by=[steps[key] for key in standing.blocked_by],
            earliest_arrival=feasible.earliest_arrival,
            limited_by=feasible.limited_by,
            critical_path=[
                CriticalStep(step=steps[one.key], act_on=one.acted_on, usable_on=one.usable_on)
                for one in feasible.critical_path
            ],
            too_late=[steps[key] for key in feasible.too_late_for(arrival)],
            steps=list(steps.values()),
        )
