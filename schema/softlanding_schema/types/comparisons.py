"""Typed comparisons of one column, as inputs.

A comparison with null is false. Texts are compared by code point: capitals and accents count,
and no character is a wildcard.
"""

from datetime import date, datetime
from typing import Any

import strawberry

from softlanding.domain.vocabulary import StartupStage, StayState
from softlanding_schema.types.operators import LONGEST_LIST


def _operator(description: str, name: str | None = None) -> Any:
    return strawberry.field(name=name, default=None, description=description)


def _eq() -> Any:
    return _operator("Is equal to.")


def _ne() -> Any:
    return _operator("Is set, and not equal to.")


def _in() -> Any:
    return _operator(f"Is one of these, at most {LONGEST_LIST}.", "in")


def _not_in() -> Any:
    return _operator(f"Is set, and none of these, at most {LONGEST_LIST}.", "notIn")


def _is_null() -> Any:
    return _operator("Whether there is no value.")


@strawberry.input(description="Compares a text; capitals and accents count.")
class TextFilter:
    """Equality, membership, parts."""

    eq: str | None = _eq()
    ne: str | None = _ne()
    in_: list[str] | None = _in()
    not_in: list[str] | None = _not_in()
    contains: str | None = _operator("Has this text in it.")
    starts_with: str | None = _operator("Begins with this text.")


@strawberry.input(description="Compares a text that may be missing; capitals and accents count.")
class NullableTextFilter(TextFilter):
    """The same, and whether there is one."""

    is_null: bool | None = _is_null()


@strawberry.input(description="Compares a whole number that may be missing.")
class IntFilter:
    """Equality, membership, range."""

    eq: int | None = _eq()
    ne: int | None = _ne()
    in_: list[int] | None = _in()
    gte: int | None = _operator("This number or more.")
    lte: int | None = _operator("This number or less.")
    gt: int | None = _operator("More than this number.")
    lt: int | None = _operator("Less than this number.")
    is_null: bool | None = _is_null()


@strawberry.input(description="Compares a day.")
class DateFilter:
    """A range of days."""

    eq: date | None = _operator("On this day.")
    gte: date | None = _operator("On this day or later.")
    lte: date | None = _operator("On this day or earlier.")
    gt: date | None = _operator("After this day.")
    lt: date | None = _operator("Before this day.")


@strawberry.input(description="Compares a day that may be missing.")
class NullableDateFilter(DateFilter):
    """The same, and whether there is one."""

    is_null: bool | None = _is_null()


@strawberry.input(description="Compares a moment that may be missing; without a zone it is UTC.")
class DateTimeFilter:
    """A range of moments, and whether there is one."""

    eq: datetime | None = _operator("At this moment.")
    gte: datetime | None = _operator("At this moment or later.")
    lte: datetime | None = _operator("At this moment or earlier.")
    gt: datetime | None = _operator("After this moment.")
    lt: datetime | None = _operator("Before this moment.")
    is_null: bool | None = _is_null()


@strawberry.input(description="Compares yes and no.")
class BooleanFilter:
    """Equality."""

    eq: bool | None = _eq()


@strawberry.input(description="Compares yes and no, where it may not be known.")
class NullableBooleanFilter(BooleanFilter):
    """The same, and whether it is known."""

    is_null: bool | None = _is_null()


@strawberry.input(description="Compares the state of a stay.")
class StayStateFilter:
    """Equality and membership."""

    eq: StayState | None = _eq()
    ne: StayState | None = _ne()
    in_: list[StayState] | None = _in()
    not_in: list[StayState] | None = _not_in()


@strawberry.input(description="Compares the stage of a start-up, which may be missing.")
class StartupStageFilter:
    """Equality, membership, and whether there is one."""

    eq: StartupStage | None = _eq()
    ne: StartupStage | None = _ne()
    in_: list[StartupStage] | None = _in()
    not_in: list[StartupStage] | None = _not_in()
    is_null: bool | None = _is_null()


@strawberry.input(description="Compares the global id.")
class IdFilter:
    """Equality and membership."""

    eq: strawberry.ID | None = _eq()
    in_: list[strawberry.ID] | None = _in()
