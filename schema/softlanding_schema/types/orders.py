"""In which order a list is read: fields that are never null, each in a direction."""

from collections.abc import Sequence
from typing import TypeAlias

import strawberry

from softlanding.actors import Actor
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.vocabulary import Described
from softlanding_schema.reads.lists import RowList, Term
from softlanding_schema.reads.scopes import require_scope
from softlanding_schema.types.vocabulary import expose

MOST_TERMS = 3
_FIELD = "What to sort by; texts by code point."
_DIRECTION = "From small to large, or the other way."


class OrderDirection(Described):
    """A direction of an order."""

    ASC = "ASC", "From small to large, from early to late."
    DESC = "DESC", "From large to small, from late to early."


class IncubatorOrderField(Described):
    """What incubators can be sorted by."""

    NAME = "name", "Name of the incubator."
    COUNTRY = "country", "ISO 3166-1 alpha-2 country code."
    SLUG = "slug", "Short name for addresses."


class StartupOrderField(Described):
    """What start-ups can be sorted by."""

    NAME = "name", "Name of the start-up."
    COUNTRY = "country", "ISO 3166-1 alpha-2 country code of the seat."
    SLUG = "slug", "Short name for addresses."


class StayOrderField(Described):
    """What stays can be sorted by."""

    ARRIVAL = "arrival", "First day."
    DEPARTURE = "departure", "Last day."
    STATE = "state", "The name of its state, as a text."


for _enum in (OrderDirection, IncubatorOrderField, StartupOrderField, StayOrderField):
    expose(_enum)


@strawberry.input(description="A place of a field in the order of incubators.")
class IncubatorOrder:
    """A term of an order."""

    field: IncubatorOrderField = strawberry.field(description=_FIELD)
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=_DIRECTION)


@strawberry.input(description="A place of a field in the order of start-ups.")
class StartupOrder:
    """A term of an order."""

    field: StartupOrderField = strawberry.field(description=_FIELD)
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=_DIRECTION)


@strawberry.input(description="A place of a field in the order of stays.")
class StayOrder:
    """A term of an order."""

    field: StayOrderField = strawberry.field(description=_FIELD)
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description=_DIRECTION)


AnyOrder: TypeAlias = IncubatorOrder | StartupOrder | StayOrder


def terms_of(order_by: Sequence[AnyOrder] | None, which: RowList, actor: Actor) -> tuple[Term, ...]:
    """Return the terms of an order of a list.

    Raises `Refused` for too many, for a field named twice, and for one that a key may not read:
    cursors would tell it.
    """
    given = order_by or ()
    if len(given) > MOST_TERMS:
        raise _refused(f"The order has {len(given)} fields; at most {MOST_TERMS}.")
    fields = [one.field for one in given]
    for field in fields:
        if fields.count(field) > 1:
            raise _refused(f"The order names {field.name} more than once.")
    terms = tuple(Term(one.field.value, one.direction is OrderDirection.DESC) for one in given)
    for term in which.ordered(terms):
        if term.column != "id":
            require_scope(actor, which.table, term.column, ("orderBy",))
    return terms


def _refused(message: str) -> Refused:
    return Refused(
        Problem(
            code=Code.INVALID,
            message=message,
            path=("orderBy",),
            hint="Name each field once, the most important one first.",
        )
    )
