"""Documents cannot rot: what they show is run, what exists is told."""

import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    is_specified_scalar_type,
    parse,
    validate,
)
from tests.house import plugins_page

from softlanding.host.registry import Registry
from softlanding.testing.house import House, registry_of
from softlanding_schema.cli import app
from softlanding_schema.compose import compose
from softlanding_schema.sdl import print_sdl

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture
def engine() -> str:
    """One database is enough for documents."""
    return "sqlite"


def test_the_printed_schema_is_the_reviewed_one(registry: Registry) -> None:
    schema, _ = compose(registry)
    assert print_sdl(schema) == (ROOT / "schema" / "schema.graphql").read_text("utf-8"), (
        "the schema changed: look at the difference, then `make docs`"
    )


def test_every_type_field_argument_and_value_is_described(registry: Registry) -> None:
    schema, _ = compose(registry)
    bare = []
    for name, kind in schema._schema.type_map.items():  # noqa: SLF001 - the library offers no other way to look
        if name.startswith("__") or is_specified_scalar_type(kind):
            continue
        if not kind.description:
            bare.append(name)
        if isinstance(kind, GraphQLEnumType):
            bare += [f"{name}.{value}" for value, v in kind.values.items() if not v.description]
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in kind.fields.items():
                if not field.description:
                    bare.append(f"{name}.{field_name}")
                arguments: dict[str, Any] = getattr(field, "args", {})
                bare += [
                    f"{name}.{field_name}({argument})"
                    for argument, definition in arguments.items()
                    if not definition.description
                ]
    assert bare == []


def test_the_page_about_plugins_is_up_to_date() -> None:
    current = plugins_page.PAGE.read_text("utf-8")
    assert plugins_page.page(current) == current, "steps or contract changed: `make docs`"


@pytest.mark.parametrize("hook", list(plugins_page.hooks()))
def test_the_example_of_each_hook_runs_as_a_plugin(
    hook: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("example")
    monkeypatch.setitem(sys.modules, "example", module)
    code = compile(plugins_page.examples()[hook], f"<example of {hook}>", "exec")
    exec(code, vars(module))  # noqa: S102 - the example is our own docstring
    (plugin,) = registry_of({"example": module}).plugins
    assert (plugin.state, plugin.reason) == ("ACTIVE", "")
    declared = {
        "steps": plugin.steps,
        "rules": plugin.rule_sets,
        "graphql": plugin.graphql.fields,
        "settings": plugin.settings,
        "personal_data": plugin.personal_data.records,
        "subscribers": plugin.subscribers,
        "channels": plugin.channels,
    }
    assert declared[hook]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


async def test_the_first_query_of_the_readme_gets_the_answer_it_shows(seeded: House) -> None:
    (query, *_), (answer, *_) = blocks("graphql"), blocks("json")
    assert await seeded.ask(query) == json.loads(answer)


async def test_every_operation_in_the_readme_is_valid(registry: Registry) -> None:
    schema, _ = compose(registry)
    for operation in blocks("graphql"):
        assert validate(schema._schema, parse(operation)) == [], operation  # noqa: SLF001 - the library offers no validation alone


async def test_the_way_of_the_readme_leads_from_application_to_report(
    seeded: House, admin: str
) -> None:
    """Each operation as it stands there, with the ids that earlier answers gave."""
    _, names, apply, accept, agreement, sign, support, travel, campus, confirm, end, *_ = blocks(
        "graphql"
    )
    ids: dict[str, Any] = await seeded.data(names)
    known = {"startup": ids["startup"]["id"], "host": ids["incubator"]["id"]}

    async def send(operation: str) -> list[dict[str, Any]]:
        wanted = set(re.findall(r"\$(\w+): ID!", operation))
        variables = {name: known[name] for name in wanted}
        answer: dict[str, dict[str, Any]] = await seeded.data(operation, variables, token=admin)
        assert [payload["problems"] for payload in answer.values()] == [[] for _ in answer]
        return list(answer.values())

    (applied,) = await send(apply)
    known["stay"] = applied["stay"]["id"]
    await send(accept)
    (signing,) = await send(agreement)
    known["step"] = signing["step"]["id"]
    for _ in range(3):
        (signed,) = await send(sign)
    assert signed["step"]["state"] == "DONE"
    (failed,) = await send(support)
    assert failed["step"]["verdict"]["outcome"] == "FAILED"
    (passed,) = await send(support.replace("299000", "29900"))
    known["step"] = passed["step"]["id"]
    await send(sign)
    assert {payload["step"]["state"] for payload in await send(travel)} == {
        "DONE",
        "NOT_APPLICABLE",
    }
    *_, ready = await send(campus)
    assert ready["stay"]["onboarding"]["ready"] is True
    await send(confirm)
    *_, closed = await send(end)
    assert closed["stay"]["state"] == "CLOSED"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param(file.read_text("utf-8"), id=file.stem)
        for file in sorted((ROOT / "examples" / "queries").glob("*.graphql"))
    ],
)
async def test_every_example_query_runs(seeded: House, admin: str, query: str) -> None:
    variables = {"slug": "imt-starter", "startup": "havelwerk-3d", "locale": "fr"}
    data = await seeded.data(query, variables, token=admin)
    assert [node for page in _pages(data) for node in page["nodes"]]


def _pages(data: Any) -> list[dict[str, Any]]:
    """Return the pages of lists that an answer holds, wherever they lie."""
    if isinstance(data, list):
        return [page for part in data for page in _pages(part)]
    if not isinstance(data, dict):
        return []
    own = [data] if "nodes" in data else []
    return own + [page for part in data.values() for page in _pages(part)]


def test_the_readme_tells_the_commands(registry: Registry) -> None:
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}  # type: ignore[union-attr] # every command has a function
    groups = {group.name for group in app.registered_groups}
    for name in commands | groups:
        assert f"softlanding {name}" in README, name
    for target in (
        "make demo",
        "make test",
        "make demo-reset",
        "make bench",
        "make lock",
        "make texts",
    ):
        assert target in README, target


@pytest.mark.parametrize("room", ["core", "schema", "plugins"])
def test_every_room_has_a_readme_at_its_door_that_names_what_is_in_it(room: str) -> None:
    text = (ROOT / room / "README.md").read_text("utf-8")
    package = next((ROOT / room).glob("softlanding*"), None)
    inside = [path.name for path in package.iterdir() if path.is_dir()] if package else []
    missing = [name for name in inside if not name.startswith("__") and name not in text]
    assert missing == []


def test_every_plugin_has_a_readme_that_names_its_steps(registry: Registry) -> None:
    for plugin in registry.plugins:
        text = (ROOT / "plugins" / plugin.key / "README.md").read_text("utf-8")
        assert [step.key for step in plugin.steps if step.key not in text] == []


def test_every_decision_says_context_decision_and_price() -> None:
    decisions = sorted((ROOT / "core" / "decisions").glob("*.md"))
    assert decisions
    for decision in decisions:
        text = decision.read_text("utf-8")
        for part in ("## Context", "## Decision", "## Price"):
            assert part in text, (decision.name, part)
