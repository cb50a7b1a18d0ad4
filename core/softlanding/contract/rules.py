"""Rule sets: versioned figures with unit, validity, source and the day they were checked.

A plugin keeps its figures in TOML files, so that a figure can be corrected by someone who
does not program:

    key = "imt_starter.de_minimis"
    version = "2026-11-22"
    title = "De minimis aid, Regulation (EU) 2023/2831"

    [[figures]]
    name = "ceiling"
    value = "300000"
    unit = "EUR"
    valid_from = 2024-01-01
    valid_until = 2030-12-31
    source = "https://eur-lex.europa.eu/eli/reg/2023/2831/oj"
    checked_on = 2026-11-22

A value that nobody has verified is left out; a check that asks for it answers `NEEDS_REVIEW`.
"""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any

from babel import Locale
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

_CURRENCIES = frozenset(Locale("en").currencies)
_PERIODS = ("hour", "day", "month", "year")


class RuleFileError(ValueError):
    """A rule file cannot be used; the message names file and key."""


class RuleUnknown(Exception):  # noqa: N818 - an answer for the check's caller, not a fault
    """A figure has no value in force on the day asked; the check's verdict is NEEDS_REVIEW."""


def _unit(unit: str) -> str:
    currency, _, period = unit.partition(" per ")
    if currency.isupper() and len(currency) == 3:
        if currency not in _CURRENCIES:
            raise ValueError(f"{currency} is no ISO 4217 currency")
        if period and period not in _PERIODS:
            raise ValueError(f"an amount is per {', '.join(_PERIODS)}, not per {period}")
    elif not unit or unit != unit.lower() or unit != unit.strip():
        raise ValueError(
            f"{unit!r} is no unit: a currency (EUR, EUR per year), percent, days, months, or"
            " what is counted, in small letters"
        )
    return unit


class Figure(BaseModel):
    """One figure in one period of validity. `valid_until` null means open-ended."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    value: Decimal | None = None
    unit: Annotated[str, AfterValidator(_unit)]
    valid_from: date
    valid_until: date | None = None
    source: Annotated[str, Field(min_length=1)]
    checked_on: date


class RuleSet(BaseModel):
    """A named, versioned set of figures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
    version: Annotated[str, Field(min_length=1)]
    title: Annotated[str, Field(min_length=1)]
    figures: tuple[Figure, ...]

    @model_validator(mode="after")
    def _periods_do_not_overlap(self) -> "RuleSet":
        last: dict[str, Figure] = {}
        for figure in sorted(self.figures, key=lambda figure: figure.valid_from):
            before = last.get(figure.name)
            if figure.valid_until is not None and figure.valid_until < figure.valid_from:
                raise ValueError(f"{figure.name} ends before it begins, on {figure.valid_until}")
            if before and before.unit != figure.unit:
                raise ValueError(f"{figure.name} is in {before.unit} and in {figure.unit}")
            if before and (before.valid_until is None or before.valid_until >= figure.valid_from):
                raise ValueError(f"the periods of {figure.name} overlap at {figure.valid_from}")
            last[figure.name] = figure
        return self

    @classmethod
    def from_toml(cls, file: Traversable) -> "RuleSet":
        """Read one rule file; raises `RuleFileError` that names the file and the key."""
        written: dict[str, Any] = {}
        try:
            written = tomllib.loads(file.read_text("utf-8"))
            return cls.model_validate(written)
        except ValidationError as error:
            first = error.errors()[0]
            told = first["msg"].removeprefix("Value error, ")
            where = _key(written, first["loc"])
            raise RuleFileError(f"{file.name}: {where}: {told}") from error
        except (OSError, ValueError) as error:
            raise RuleFileError(f"{file.name}: {error}") from error

    @classmethod
    def all_in(cls, package: str) -> tuple["RuleSet", ...]:
        """Return the rule sets of all TOML files in a package's folder `rules`, by file name."""
        return _rule_sets(package)

    def on(self, today: date) -> "RulesInForce":
        """Return the figures as they stand on `today`."""
        return RulesInForce(self, today)


@cache
def _rule_sets(package: str) -> tuple[RuleSet, ...]:
    folder = files(package) / "rules"
    named = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(RuleSet.from_toml(file) for file in named if file.name.endswith(".toml"))


def _key(written: dict[str, Any], place: tuple[int | str, ...]) -> str:
    """Return the key of a fault as the file has it, figures by their names."""
    match place:
        case ("figures", int(number), *rest):
            name = written["figures"][number].get("name", f"number {number + 1}")
            return ".".join(["figures", str(name), *map(str, rest)])
        case _:
            return ".".join(map(str, place)) or "figures"


class RulesInForce:
    """The figures of one rule set on one day; it remembers which were used.

    The core reads `valid_until` afterwards: a stored verdict is not believed past the first
    day on which one of its figures is no longer known.
    """

    def __init__(self, rule_set: RuleSet, today: date) -> None:
        self.rule_set = rule_set
        self.today = today
        self._used: list[Figure] = []

    def decimal(self, name: str) -> Decimal:
        """Return a figure; raises `RuleUnknown` where none is in force or verified."""
        for figure in self.rule_set.figures:
            if figure.name == name and figure.valid_from <= self.today:
                if figure.valid_until is not None and figure.valid_until < self.today:
                    continue
                if figure.value is None:
                    raise RuleUnknown(f"{name} of {self.rule_set.title} has not been verified")
                self._used.append(figure)
                return figure.value
        raise RuleUnknown(f"{name} of {self.rule_set.title} is not known for {self.today}")

    def integer(self, name: str) -> int:
        """Return a figure that is a whole number, such as days or months."""
        return int(self.decimal(name))

    @classmethod
    def nothing(cls, today: date) -> "RulesInForce":
        """Return no figures at all: each that is asked for is unknown."""
        return cls(RuleSet(key="no.rules", version="0", title="no rule set", figures=()), today)

    @property
    def valid_until(self) -> date | None:
        """The first end of validity among the figures used, or None."""
        return min(
            (figure.valid_until for figure in self._used if figure.valid_until), default=None
        )
