"""All that plugins add to the schema, read at once."""

from typing import Any

import pytest
from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    build_schema,
    get_named_type,
)
from graphql.type import is_leaf_type

from softlanding.host.registry import Registry
from softlanding.predicates import EVERYTHING
from softlanding.storage.database import Transaction
from softlanding.storage.models import new_id
from softlanding.testing.house import House
from softlanding_schema.compose import compose
from softlanding_schema.sdl import print_sdl

LISTS = {"stays": "Stay", "startups": "Startup", "incubators": "Incubator"}


@pytest.fixture(scope="module")
def schema(registry: Registry) -> GraphQLSchema:
    """The printed schema, as a client sees it."""
    composed, _ = compose(registry)
    return build_schema(print_sdl(composed))


def everything(kind: GraphQLOutputType) -> str:
    """Return the selection of all fields below a type."""
    named = get_named_type(kind)
    if is_leaf_type(named):
        return ""
    assert isinstance(named, GraphQLObjectType)
    fields = " ".join(f"{name} {everything(field.type)}" for name, field in named.fields.items())
    return f"{{ {fields} }}"


def plugin_fields(schema: GraphQLSchema, target: str, registry: Registry) -> str:
    """Return the selection of all plugin fields of a core type, and all below them."""
    kind = schema.type_map[target]
    assert isinstance(kind, GraphQLObjectType)
    names = {
        "".join(part if not number else part.capitalize() for number, part in enumerate(parts))
        for parts in (plugin.key.split("_") for plugin in registry.plugins)
    }
    return " ".join(
        f"{name} {everything(kind.fields[name].type)}" for name in sorted(names & set(kind.fields))
    )


def test_every_partner_adds_its_field(schema: GraphQLSchema, registry: Registry) -> None:
    added = {
        target: sorted(
            plugin.key
            for plugin in registry.plugins
            for field in plugin.graphql.fields
            if field.target == target
        )
        for target in LISTS.values()
    }
    partners = ["crosspring_lab", "f6s_network", "gtec", "imt_starter", "startup_division"]
    assert added["Stay"] == ["common", *partners]
    assert set(partners) - {"gtec"} <= set(added["Startup"])
    assert added["Incubator"] == ["imt_starter"]


async def double(house: House) -> None:
    """Give every start-up a twin with the same stays, answers and verdicts."""
    rows = house.core.database.rows
    tables = ("startups", "stays", "onboarding_steps")
    startups, stays, steps = [await rows.select(table, EVERYTHING) for table in tables]
    twins: dict[Any, Any] = {row["id"]: new_id() for row in (*startups, *stays, *steps)}
    for row in startups:
        row["slug"] += "-twin"
    for row in (*startups, *stays, *steps):
        row["id"] = twins[row["id"]]
    for row in stays:
        row["startup_id"] = twins[row["startup_id"]]
    for row in steps:
        row["stay_id"] = twins[row["stay_id"]]

    async def work(transaction: Transaction) -> None:
        for table, copies in zip(tables, (startups, stays, steps), strict=True):
            await transaction.insert(table, *copies)

    await house.core.database.transact(work)


@pytest.mark.parametrize("name", LISTS)
async def test_statements_do_not_grow_with_the_objects_when_all_plugin_fields_are_asked_for(
    seeded: House, admin: str, schema: GraphQLSchema, registry: Registry, name: str
) -> None:
    fields = plugin_fields(schema, LISTS[name], registry)
    query = f"{{ {name}(first: 30) {{ nodes {{ id {fields} }} }} }}"

    async def read() -> tuple[int, int]:
        with seeded.core.database.statements() as statements:
            data = await seeded.data(query, token=admin)
        return len(data[name]["nodes"]), len(statements)

    few, before = await read()
    await double(seeded)
    many, after = await read()
    assert many == (few if name == "incubators" else 2 * few)
    assert after == before


async def test_a_loader_tells_nothing_of_stays_that_its_asker_does_not_see(
    seeded: House, admin: str
) -> None:
    """Of a start-up that applied to two hosts, each reads what it is for that host."""
    ids = await seeded.data(
        '{ startup(slug: "gintaras-laser-lab") { id } incubator(slug: "gtec") { id } }'
    )
    apply = """mutation($startup: ID!, $host: ID!) { applyForStay(input: {startup: $startup,
      host: $host, arrival: "2027-09-06", departure: "2027-10-03",
      travellers: [{name: "Tess", nationalities: ["LT"]}]}) { stay { id } } }"""
    given = {"startup": ids["startup"]["id"], "host": ids["incubator"]["id"]}
    applied = await seeded.data(apply, given, token=admin)
    submit = "mutation($id: ID!) { submitStay(input: {id: $id}) { problems { code } } }"
    submitted = await seeded.data(submit, applied["applyForStay"]["stay"], token=admin)
    assert submitted == {"submitStay": {"problems": []}}
    query = """{ startup(slug: "gintaras-laser-lab") {
      imtStarter { smeClass aidGrants { amount { amount } } } } }"""
    told = {
        slug: (await seeded.data(query, token=await seeded.person(slug, staff_of=[slug])))[
            "startup"
        ]
        for slug in ("startup-division", "imt-starter", "gtec")
    }
    grants = {"smeClass": "MICRO", "aidGrants": [{"amount": {"amount": "3200.00"}}]}
    assert told == {
        "startup-division": {"imtStarter": grants},
        "imt-starter": {"imtStarter": grants},
        "gtec": {"imtStarter": None},
    }
