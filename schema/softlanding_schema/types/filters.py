"""Typed filters; each becomes a predicate over columns that every actor may read."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import strawberry

from softlanding.access import AllOf, AtLeast, AtMost, Equals, OneOf, Predicate
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import StartupStage, StayState
from softlanding.slots import spread_of

LONGEST_LIST = 250


@strawberry.input(description="Compares a text.")
class TextFilter:
    """Equality and membership."""

    eq: str | None = strawberry.field(default=None, description="Is equal to.")
    in_: list[str] | None = strawberry.field(
        name="in", default=None, description="Is one of these, at most 250."
    )


@strawberry.input(description="Compares a day.")
class DateFilter:
    """A closed range of days."""

    gte: date | None = strawberry.field(default=None, description="On this day or later.")
    lte: date | None = strawberry.field(default=None, description="On this day or earlier.")


@strawberry.input(description="Compares the state of a stay.")
class StayStateFilter:
    """Equality and membership."""

    eq: StayState | None = strawberry.field(default=None, description="Is equal to.")
    in_: list[StayState] | None = strawberry.field(
        name="in", default=None, description="Is one of these."
    )


@strawberry.input(description="Compares the stage of a start-up.")
class StartupStageFilter:
    """Equality and membership."""

    eq: StartupStage | None = strawberry.field(default=None, description="Is equal to.")
    in_: list[StartupStage] | None = strawberry.field(
        name="in", default=None, description="Is one of these."
    )


@strawberry.input(description="Which incubators.")
class IncubatorWhere:
    """Conditions on incubators; all hold."""

    country: TextFilter | None = strawberry.field(
        default=None, description="ISO 3166-1 alpha-2 country code."
    )

    def predicate(self) -> Predicate:
        """Return the condition."""
        return AllOf(tuple(_compare("country", self.country)))


@strawberry.input(description="Which start-ups.")
class StartupWhere:
    """Conditions on start-ups; all hold."""

    country: TextFilter | None = strawberry.field(
        default=None, description="ISO 3166-1 alpha-2 country code of the seat."
    )
    nace: TextFilter | None = strawberry.field(
        default=None, description="Class of NACE Rev. 2.1, such as 62.10."
    )
    stage: StartupStageFilter | None = strawberry.field(
        default=None, description="How far it has come."
    )

    def predicate(self) -> Predicate:
        """Return the condition."""
        return AllOf(
            (
                *_compare("country", self.country),
                *_compare("nace", self.nace),
                *_compare("stage", self.stage),
            )
        )


@strawberry.input(description="Which stays.")
class StayWhere:
    """Conditions on stays; all hold."""

    state: StayStateFilter | None = strawberry.field(
        default=None, description="Where it stands in its lifecycle."
    )
    arrival: DateFilter | None = strawberry.field(default=None, description="First day.")
    departure: DateFilter | None = strawberry.field(default=None, description="Last day.")

    def predicate(self) -> Predicate:
        """Return the condition."""
        return AllOf(
            (
                *_compare("state", self.state),
                *_range("arrival", self.arrival),
                *_range("departure", self.departure),
            )
        )


def _compare(column: str, given: Any) -> Iterable[Predicate]:
    """Yield the conditions; what is compared with may be a value of a request still unknown."""
    if given is None:
        return
    if given.eq is not None:
        yield Equals(column, given.eq)
    if given.in_ is not None:
        slot = spread_of(given.in_)
        if slot is not None:
            yield OneOf(column, slot.then(lambda values: _short(column, values)))
        else:
            yield OneOf(column, tuple(_short(column, given.in_)))


def _short(column: str, values: list[Any]) -> list[Any]:
    if len(values) > LONGEST_LIST:
        raise Refused(
            Problem(
                code=Code.INVALID,
                message=f"The list has {len(values)} values; at most {LONGEST_LIST}.",
                path=("where", column, "in"),
                hint="Ask in several requests.",
            )
        )
    return values


def _range(column: str, given: DateFilter | None) -> Iterable[Predicate]:
    if given is None:
        return
    if given.gte is not None:
        yield AtLeast(column, given.gte)
    if given.lte is not None:
        yield AtMost(column, given.lte)
