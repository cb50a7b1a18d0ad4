"""No input takes a column that it does not declare: each is refused by name, and nothing changes.

Every input type of the composed schema, of plugins and of filters too, is sent every column of
every table, as the database writes it and as GraphQL would.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_required_input_field,
    parse,
)
from graphql.execution.values import get_variable_values
from pydantic import ValidationError
from strawberry.utils.str_converters import to_camel_case
from tests.plugins.declared import STEPS, form_of

from softlanding.host.registry import Registry
from softlanding.testing.house import House
from softlanding_schema.compose import compose
from softlanding_schema.mutations.inputs import INPUTS, NESTED
from softlanding_schema.mutations.people_inputs import PEOPLE_INPUTS


@pytest.fixture
def engine() -> str:
    """Nothing reaches the database, so one is enough."""
    return "sqlite"


@dataclass(frozen=True)
class Place:
    """Where an input type can be sent: an operation with one variable, and the way inside it."""

    document: str
    outermost: GraphQLInputType
    way: tuple[str, ...] = ()

    def holding(self, value: Any) -> Any:
        """Return a variable that would be taken, but for `value` at this place."""
        return _holding(self.outermost, self.way, value)


def _holding(kind: GraphQLInputType, way: tuple[str, ...], value: Any) -> Any:
    inner = get_named_type(kind)
    assert isinstance(inner, GraphQLInputObjectType)
    if way:
        value = {way[0]: _holding(inner.fields[way[0]].type, way[1:], value)}
    held = {**least(inner), **value}
    return [held] if is_list_type(get_nullable_type(kind)) else held


def least(kind: GraphQLInputType) -> Any:
    """Return the least value that GraphQL takes for an input type."""
    bare = get_nullable_type(kind)
    if is_list_type(bare):
        return []
    if isinstance(bare, GraphQLEnumType):
        return next(iter(bare.values))
    if isinstance(bare, GraphQLInputObjectType):
        required = {
            name: one.type for name, one in bare.fields.items() if is_required_input_field(one)
        }
        return {name: least(type_) for name, type_ in required.items()}
    assert isinstance(bare, GraphQLScalarType)
    return {"Int": 1, "Boolean": True, "Date": "2027-01-01", "Decimal": "1"}.get(bare.name, "x")


def places(schema: GraphQLSchema) -> dict[str, Place]:
    """Return where each input type of a schema can be sent."""
    found: dict[str, Place] = {}
    waiting: deque[tuple[GraphQLInputObjectType, Place]] = deque()

    def reach(kind: GraphQLInputObjectType, place: Place) -> None:
        if kind.name not in found:
            found[kind.name] = place
            waiting.append((kind, place))

    for operation, root in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        assert root is not None
        for name, field in root.fields.items():
            for argument, declared in field.args.items():
                kind = get_named_type(declared.type)
                if isinstance(kind, GraphQLInputObjectType):
                    asked = f"{name}({argument}: $v) {{ __typename }}"
                    document = f"{operation}($v: {declared.type}) {{ {asked} }}"
                    reach(kind, Place(document, declared.type))
    while waiting:
        kind, place = waiting.popleft()
        for name, inside in kind.fields.items():
            inner = get_named_type(inside.type)
            if isinstance(inner, GraphQLInputObjectType):
                reach(inner, replace(place, way=(*place.way, name)))
    return found


def refusals(schema: GraphQLSchema, document: str, value: Any) -> list[str]:
    """Return what is told of a variable before anything is executed."""
    (operation,) = parse(document).definitions
    assert isinstance(operation, OperationDefinitionNode)
    found = get_variable_values(schema, operation.variable_definitions or (), {"v": value})
    return [error.message for error in found] if isinstance(found, list) else []


async def columns(house: House) -> list[str]:
    """Return the name of every column of every table, as in the database and as in GraphQL."""
    found = await house.core.database.rows.fetch(
        "SELECT DISTINCT c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table'",
        [],
    )
    names = {row["name"] for row in found}
    assert {"is_admin", "password_hash", "revision", "published", "state", "demo"} <= names
    return sorted(names | {to_camel_case(name) for name in names})


async def everything(house: House) -> Mapping[str, list[dict[str, Any]]]:
    """Return all rows of all tables, but for when a token was used last."""
    rows = house.core.database.rows
    tables = await rows.fetch("SELECT name FROM sqlite_master WHERE type = 'table'", [])
    return {
        row["name"]: [
            {**one, "last_used_at": None}
            for one in map(dict, await rows.fetch(f'SELECT * FROM "{row["name"]}"', []))  # noqa: S608 - names from the database
        ]
        for row in tables
    }


async def test_no_input_takes_a_column_that_it_does_not_declare(
    seeded: House, admin: str, registry: Registry
) -> None:
    schema = compose(registry)[0]._schema  # noqa: SLF001 - the library offers no other way to look
    inputs = {
        name: kind
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLInputObjectType)
    }
    reached = places(schema)
    assert reached.keys() == inputs.keys()
    names, before = await columns(seeded), await everything(seeded)
    for kind, place in reached.items():
        undeclared = [name for name in names if name not in inputs[kind].fields]
        for name in undeclared:
            told = refusals(schema, place.document, place.holding({name: True}))
            assert len(told) == 1
            assert f"type '{kind}' not to include unknown field '{name}'" in told[0]
        value = place.holding(dict.fromkeys(undeclared, True))
        answer = await seeded.ask(place.document, {"v": value}, token=admin)
        assert answer.keys() == {"errors"}
        first = answer["errors"][0]["message"]
        assert f"type '{kind}' not to include unknown field '{undeclared[0]}'" in first
    assert await everything(seeded) == before


MODELS = {
    **INPUTS,
    **PEOPLE_INPUTS,
    **{model.__name__: model for model in NESTED},
    **{k: form_of(k) for k in STEPS},
}


@pytest.mark.parametrize("name", MODELS)
async def test_no_form_takes_a_column_that_it_does_not_declare(seeded: House, name: str) -> None:
    """Below GraphQL too: forms stand on their own."""
    model = MODELS[name]
    undeclared = [column for column in await columns(seeded) if column not in model.model_fields]
    with pytest.raises(ValidationError) as refused:
        model.model_validate(dict.fromkeys(undeclared, True))
    refusals = [
        error["loc"] for error in refused.value.errors() if error["type"] == "extra_forbidden"
    ]
    assert sorted(refusals) == sorted((column,) for column in undeclared)
