"""Values for each part of a form, by its JSON Schema; most are taken, many lie at an edge."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st
from tests.plugins.odd import EDGES_OF_AMOUNTS, EDGES_OF_DAYS, NAMES, ODD, Json
from tests.plugins.places import Schema, resolved

printable = st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"])
texts = st.one_of(st.sampled_from(NAMES), st.text(printable, min_size=1, max_size=30))
days = st.one_of(
    st.sampled_from(EDGES_OF_DAYS),
    st.dates(date(2026, 6, 1), date(2028, 6, 1)).map(str),
    st.dates(date(1950, 1, 1), date(2099, 12, 31)).map(str),
)
CODES = {"^[A-Z]{2}$": ["FR", "LT", "NL", "DE", "GB", "US"], "^[A-Z]{3}$": ["EUR", "GBP"]}
anything = st.one_of(
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


def values(schema: Schema, named: Mapping[str, Schema]) -> st.SearchStrategy[Json]:
    """Return values that a part of a form mostly takes; `named` are the schema's definitions."""
    match schema:
        case {"$ref": _}:
            return values(resolved(schema, named), named)
        case {"const": value}:
            return st.just(value)
        case {"enum": members}:
            return st.sampled_from(list(members))
        case {"anyOf": options}:
            return _one_of(options, named)
        case {"type": "object"}:
            return _object(schema, named)
        case {"type": "array"}:
            least = schema.get("minItems", 0)
            most = min(schema.get("maxItems", 3), least + 3)
            return st.lists(values(schema["items"], named), min_size=least, max_size=most)
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
    return anything


def _one_of(options: list[Schema], named: Mapping[str, Schema]) -> st.SearchStrategy[Json]:
    # A decimal is "a number or a string", and the string says little about what is taken.
    decimals = [option for option in options if option.get("type") == "number"]
    rest = [
        option
        for option in options
        if not decimals or option.get("type") not in ("number", "string")
    ]
    return st.one_of([_decimal(one) for one in decimals] + [values(one, named) for one in rest])


def _object(schema: Schema, named: Mapping[str, Schema]) -> st.SearchStrategy[Json]:
    fields = {name: values(one, named) for name, one in schema.get("properties", {}).items()}
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
        st.sampled_from([str(low), str(high)]),
        st.sampled_from([*edges, str(low)]),
        st.decimals(low, high, places=2).map(str),
    )
