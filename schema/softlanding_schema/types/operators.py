"""From the operators of a comparison to predicates.

Values are passed on as they came, so that a predicate can be made before they are known (see
`softlanding.predicates.Unbound`).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import (
    AllOf,
    Compare,
    Contains,
    Equals,
    IsNull,
    IsSet,
    Not,
    OneOf,
    Predicate,
    StartsWith,
    Unbound,
)
from softlanding_schema.reads.global_ids import key_of

LONGEST_LIST = 250
# Columns with few different values.
_WORDS = {"state", "stage"}


def _one_of(column: str, values: Any) -> Predicate:
    listed = values if isinstance(values, Unbound) else tuple(values)
    return OneOf(column, listed, common=column in _WORDS)


def _none_of(column: str, values: Any) -> Predicate:
    return AllOf((IsSet(column), Not(_one_of(column, values))))


_OPERATORS: Mapping[str, Callable[[str, Any], Predicate]] = {
    "eq": Equals,
    "ne": lambda column, value: Compare(column, "<>", value),
    "in_": _one_of,
    "not_in": _none_of,
    "contains": Contains,
    "starts_with": StartsWith,
    "gte": lambda column, value: Compare(column, ">=", value),
    "lte": lambda column, value: Compare(column, "<=", value),
    "gt": lambda column, value: Compare(column, ">", value),
    "lt": lambda column, value: Compare(column, "<", value),
    "is_null": IsNull,
}
_LISTS = {"in_": "in", "not_in": "notIn"}


def compared(column: str, given: Any, *path: str) -> Iterator[Predicate]:
    """Return a predicate for each operator that is given; raises `Refused` for a long list."""
    for operator, predicate in _OPERATORS.items():
        value = getattr(given, operator, None)
        if value is not None:
            if operator in _LISTS:
                value = short_enough(value, *path, _LISTS[operator])
            yield predicate(column, value)


def compared_keys(given: Any, type_name: str, *path: str) -> Iterator[Predicate]:
    """Return a predicate for each operator on ids; raises `Refused` for what is no such id."""
    if given.eq is not None:
        yield Equals("id", _changed(given.eq, lambda one: key_of(one, type_name, *path, "eq")))
    if given.in_ is not None:
        values = short_enough(given.in_, *path, "in")
        yield _one_of(
            "id",
            _changed_each(values, lambda one: key_of(one, type_name, *path, "in")),
        )


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    return value.then(change) if isinstance(value, Unbound) else change(value)


def _changed_each(values: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(values, Unbound):
        return values.then(lambda bound: [change(one) for one in bound])
    return [_changed(one, change) for one in values]


def short_enough(values: Any, *path: str, longest: int = LONGEST_LIST) -> Any:
    """Return a list as it is; raises `Refused` for one that is too long."""
    if isinstance(values, list) and len(values) > longest:
        raise Refused(
            Problem(
                code=Code.INVALID,
                message=f"The list has {len(values)} values; at most {longest}.",
                path=path,
                hint="Ask in several requests.",
            )
        )
    return values
