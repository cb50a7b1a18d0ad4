"""Predicates, orders and places are written without looking at the values that they carry."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from softlanding.access import may_read, readers, rows
from softlanding.actors import Actor, ActorKind
from softlanding.domain.problems import Refused
from softlanding.domain.vocabulary import StartupStage, StayState
from softlanding.predicates import AllOf, Unbound
from softlanding.storage.engines import Dialect
from softlanding.storage.models import new_id
from softlanding.storage.scopes import Statement
from softlanding_schema.reads import lists
from softlanding_schema.reads.cursors import encode as cursor_of
from softlanding_schema.reads.global_ids import encode
from softlanding_schema.reads.slices import between, order_by, sliced
from softlanding_schema.types.comparisons import (
    DateFilter,
    DateTimeFilter,
    IdFilter,
    IntFilter,
    NullableTextFilter,
    StartupStageFilter,
    StayStateFilter,
    TextFilter,
)
from softlanding_schema.types.filters import StartupWhere, StayListFilter, StayWhere


class Later(Unbound):
    """A value that nothing can be done with before it is bound."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def then(self, change: Callable[[Any], Any]) -> "Later":
        return Later(change(self._value))

    def bound(self) -> Any:
        return self._value

    def __eq__(self, other: object) -> bool:
        raise AssertionError("the value is not known yet")

    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        raise AssertionError("the value is not known yet")

    def __str__(self) -> str:
        raise AssertionError("the value is not known yet")


PLACEHOLDER = re.compile(r"[?$](\d+)")
KEYS = [new_id() for _ in range(15)]


def filters(value: Callable[[Any], Any]) -> list[tuple[str, StartupWhere | StayWhere]]:
    """Return filters with every operator, whose leaves are made by `value`.

    Lists are longer than those that are compared value by value.
    """
    texts = TextFilter(
        eq=value("a"),
        ne=value("b"),
        in_=value([*"cdhij"]),
        not_in=value([*"eklmn"]),
        contains=value("f%"),
        starts_with=value("g"),
    )
    numbers = IntFilter(
        eq=value(1), in_=value([2, 3, 6, 7, 8]), gte=value(4), lt=value(5), is_null=value(False)
    )
    ids = IdFilter(
        eq=value(encode("Startup", KEYS[0])),
        in_=value([encode("Startup", key) for key in KEYS]),
    )
    startups = StartupWhere(
        id=ids,
        name=texts,
        nace=NullableTextFilter(is_null=value(True)),
        trl=numbers,
        stage=StartupStageFilter(eq=value(StartupStage.SEED), in_=value(list(StartupStage))),
    )
    stays = StayWhere(
        state=StayStateFilter(not_in=value(list(StayState))),
        arrival=DateFilter(gte=value(date(2027, 1, 1)), lt=value(date(2027, 2, 1))),
        submitted_at=DateTimeFilter(gt=value(datetime(2026, 1, 1, tzinfo=UTC))),
        startup=startups,
    )
    some = StartupWhere(
        not_=StartupWhere(or_=[startups, StartupWhere(stays=StayListFilter(some=stays))])
    )
    return [("startups", startups), ("stays", stays), ("startups", some)]


def actor(value: Callable[[Any], Any]) -> Actor:
    return Actor(
        kind=ActorKind.PERSON,
        founder_of=value(frozenset(KEYS[:5])),
        staff_of=value(frozenset(KEYS[5:10])),
    )


def written(dialect: Dialect, value: Callable[[Any], Any]) -> list[str]:
    """Return all conditions as SQL, with the parameters they have once they are bound."""
    statement = Statement(dialect)
    asking = actor(value)
    texts = [
        statement.where(
            AllOf(
                (rows(table, asking), readers(table, "revision", asking), where.predicate(asking))
            ),
            "r",
            table,
        )
        for table, where in filters(value)
    ]
    row = {"arrival": date(2027, 1, 1), "state": "ACTIVE", "id": KEYS[0]}
    for terms in ((), (lists.Term("state", True), lists.Term("arrival"))):
        cursor = cursor_of(lists.STAYS, lists.STAYS.ordered(terms), row)
        part = sliced(lists.STAYS, first=1, after=value(cursor), before=value(cursor), terms=terms)
        texts += [between(statement, part, "r"), order_by(part, "r")]
    bound = [one.bound() if isinstance(one, Later) else one for one in statement.parameters]
    # What is not bound yet has one placeholder, however often it is named.
    return [PLACEHOLDER.sub(lambda one: repr(bound[int(one[1]) - 1]), text) for text in texts]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_text_is_the_same_for_values_that_are_not_bound_yet(dialect: Dialect) -> None:
    assert written(dialect, Later) == written(dialect, lambda value: value)


def test_what_is_wrong_with_a_value_is_told_when_it_is_bound() -> None:
    where = StartupWhere(id=IdFilter(eq=Later("x")))  # type: ignore[arg-type] # stands for an id
    with pytest.raises(Refused, match="'x' is not an id."):
        where.predicate(actor(Later))


MINE = {"startup_id": KEYS[0], "home_id": KEYS[1], "host_id": KEYS[1], "id": KEYS[0]}


@pytest.mark.parametrize("founder_of", [frozenset(), frozenset(KEYS[:1])])
@pytest.mark.parametrize("staff_of", [frozenset(), frozenset(KEYS[1:2])])
def test_a_filter_by_party_fields_agrees_with_reading_them(
    founder_of: frozenset[UUID], staff_of: frozenset[UUID]
) -> None:
    person = Actor(kind=ActorKind.PERSON, founder_of=founder_of, staff_of=staff_of)
    strangers = dict.fromkeys(MINE, KEYS[2])
    for side, party in (
        ("startup_id", founder_of),
        ("home_id", staff_of),
        ("host_id", staff_of),
    ):
        row = strangers | {side: MINE[side]}
        assert may_read("stays", "goals", person, row) is bool(party)
    row = strangers | {"id": KEYS[0]}
    assert may_read("startups", "published", person, row) is bool(founder_of)
    row = strangers | {"home_id": KEYS[1]}
    assert may_read("startups", "published", person, row) is bool(staff_of)
    assert may_read("incubators", "published", person, {"id": KEYS[1]}) is bool(staff_of)
    for table in ("stays", "startups", "incubators"):
        assert may_read(table, "revision", person, strangers) is False
        for officer in (replace(person, is_admin=True), replace(person, is_auditor=True)):
            assert may_read(table, "revision", officer, strangers) is True
