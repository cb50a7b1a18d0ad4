"""Answers that nobody foresaw: made from a form's JSON Schema and its example, then spoilt."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st
from pydantic import BaseModel

Json: TypeAlias = Any
Schema: TypeAlias = Mapping[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

NAMES = [
    "Example Founder",
    "Žygimantas Ąžuolas",
    "Αλέξης",
    "Владимир",
    "محمد علي",
    "李小龙",
    "प्रिया",
    "İSTANBUL",
    "Straße",
    "e\u0301",
    "👩🏽‍🚀",
    "O'Brien-Smith",
    "{name} {0} %s",
    "x" * 200,
]
EDGES_OF_DAYS = ["1950-01-01", "2026-11-22", "2027-03-01", "2027-03-30", "2028-02-29", "2099-12-31"]
EDGES_OF_AMOUNTS = ["0", "0.01", "1", "50", "99.99", "60000", "300000", "315000", "999999999999.99"]
ODD: list[Json] = [
    None,
    True,
    -1,
    0,
    1.5,
    10**30,
    10**400,
    float("inf"),
    float("nan"),
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202eabc",
    "two\nlines",
    "-1",
    "-0",
    "1e5",
    "1E+400",
    "NaN",
    "Infinity",
    "0.00000000000000000001",
    "12345678901234567890.12345678901234567890",
    "1_000",
    "\uff11\uff12",  # digits of full width
    "\u0663\u066b\u0665",  # an Arabic decimal
    "9" * 5000,
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "2026-11-22T00:00:00",
    "2026-11-22T23:59:59+14:00",
    "x" * 5001,
    [],
    {},
    [[]],
    {"": None},
]

printable = st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"])
texts = st.one_of(st.sampled_from(NAMES), st.text(printable, min_size=1, max_size=30))
days = st.one_of(
    st.sampled_from(EDGES_OF_DAYS),
    st.dates(date(2026, 6, 1), date(2028, 6, 1)).map(str),
    st.dates(date(1950, 1, 1), date(2099, 12, 31)).map(str),
)
CODES = {"^[A-Z]{2}$": ["FR", "LT", "NL", "DE", "GB", "US"], "^[A-Z]{3}$": ["EUR", "GBP"]}


def fitting(form: type[BaseModel]) -> st.SearchStrategy[Json]:
    """Return JSON that a form mostly takes: by its JSON Schema, with values at the edges."""
    schema = form.model_json_schema()
    return _values(schema, schema.get("$defs", {}))


def spoilt(form: type[BaseModel], example: Json) -> st.SearchStrategy[Json]:
    """Return answers near a form's example, or near its schema, with up to four odd changes."""

    @st.composite
    def changed(draw: Draw) -> Json:
        value = deepcopy(draw(st.one_of(st.just(example), fitting(form))))
        for _ in range(draw(st.integers(0, 4))):
            value = _change(draw, value)
        return value

    return changed()


def _change(draw: Draw, value: Json) -> Json:
    places = list(_places(value))
    if not places:
        return deepcopy(draw(_anything))
    holder, key = draw(st.sampled_from(places))
    match draw(st.sampled_from(["replace", "replace", "replace", "drop", "add", "repeat"])):
        case "replace":
            holder[key] = deepcopy(draw(_anything))
        case "drop":
            del holder[key]
        case "add" if isinstance(holder, dict):
            holder[draw(texts)] = deepcopy(draw(_anything))
        case "repeat" if isinstance(holder, list):
            holder += [deepcopy(holder[key]) for _ in range(draw(st.sampled_from([1, 50, 200])))]
    return value


def _places(value: Json) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a JSON value: what holds it, and its key or number there."""
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in inside:
            yield value, key
            yield from _places(item)


_anything = st.one_of(
    st.sampled_from(ODD),
    days,
    texts,
    st.text(),
    st.dates().map(str),
    st.sampled_from(EDGES_OF_AMOUNTS),
    st.booleans(),
    st.integers(-10, 1000),
    st.sampled_from(["FR", "GB", "IN", "EUR", "GBP"]),
)


def _values(schema: Schema, named: Mapping[str, Schema]) -> st.SearchStrategy[Json]:
    match schema:
        case {"$ref": str(name)}:
            return _values(named[name.rsplit("/", 1)[-1]], named)
        case {"const": value}:
            return st.just(value)
        case {"enum": values}:
            return st.sampled_from(list(values))
        case {"anyOf": options}:
            return _one_of(options, named)
        case {"type": "object"}:
            return _object(schema, named)
        case {"type": "array"}:
            least = schema.get("minItems", 0)
            most = min(schema.get("maxItems", 3), least + 3)
            return st.lists(_values(schema["items"], named), min_size=least, max_size=most)
        case {"type": "string"}:
            return _string(schema)
        case {"type": "integer"}:
            low, high = schema.get("minimum", -10), schema.get("maximum", 10**6)
            return st.one_of(st.sampled_from([low, high]), st.integers(low, high))
        case {"type": "number"}:
            return _decimal(schema)
        case {"type": "boolean"}:
            return st.booleans()
        case {"type": "null"}:
            return st.none()
    return _anything


def _one_of(options: list[Schema], named: Mapping[str, Schema]) -> st.SearchStrategy[Json]:
    # A decimal is "a number or a string", and the string says little about what is taken.
    decimals = [option for option in options if option.get("type") == "number"]
    rest = [
        option
        for option in options
        if not decimals or option.get("type") not in ("number", "string")
    ]
    return st.one_of([_decimal(one) for one in decimals] + [_values(one, named) for one in rest])


def _object(schema: Schema, named: Mapping[str, Schema]) -> st.SearchStrategy[Json]:
    fields = {name: _values(one, named) for name, one in schema.get("properties", {}).items()}
    required = set(schema.get("required", ()))
    return st.fixed_dictionaries(
        {name: one for name, one in fields.items() if name in required},
        optional={name: one for name, one in fields.items() if name not in required},
    )


def _string(schema: Schema) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return days
    if "pattern" in schema:
        pattern: str = schema["pattern"]
        if pattern in CODES:
            return st.one_of(st.sampled_from(CODES[pattern]), st.from_regex(pattern))
        return st.from_regex(pattern)
    return texts


def _decimal(schema: Schema) -> st.SearchStrategy[str]:
    low = Decimal(str(schema.get("minimum", schema.get("exclusiveMinimum", -10))))
    high = Decimal(str(schema.get("maximum", schema.get("exclusiveMaximum", "999999999999.99"))))
    edges = [edge for edge in EDGES_OF_AMOUNTS if low <= Decimal(edge) <= high]
    return st.one_of(
        st.sampled_from([*edges, str(low), str(high)]),
        st.decimals(low, high, places=2).map(str),
    )
