"""What plugins keep of persons: declared, exported and erased with the rest; a bad one is named."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from tests.core.test_plugins import a_step, built, states, with_hook

from softlanding import DataSubject, PersonalData, PersonalFields, PluginContext, hookimpl
from softlanding.domain.problems import Refused
from softlanding.host.registry import Registry
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.personal_data.erasure import erase_person
from softlanding.services.personal_data.export import export_person
from softlanding.services.personal_data.subjects import person_of
from softlanding.testing.house import House, open_house

EMAIL = "ada.example@example.org"
BADGES: dict[str, str] = {}


async def export(subject: DataSubject, ctx: PluginContext) -> Mapping[str, Any]:
    return {"badges": [BADGES[email] for email in subject.emails if email in BADGES]}


async def erase(subject: DataSubject, ctx: PluginContext) -> Mapping[str, int]:
    gone = [BADGES.pop(email) for email in subject.emails if email in BADGES]
    return {"badges": len(gone)}


async def fails(subject: DataSubject, ctx: PluginContext) -> Mapping[str, Any]:
    raise ConnectionError("the door is shut")


async def nonsense(subject: DataSubject, ctx: PluginContext) -> Any:
    return 7


def not_async(subject: DataSubject, ctx: PluginContext) -> Any:
    return {}


@pytest.fixture(autouse=True)
def badges() -> None:
    BADGES.clear()
    BADGES.update({EMAIL: "badge 17", "bo.other@example.org": "badge 18"})


def a_registry(declared: PersonalData) -> Registry:
    return built(house=with_hook("personal_data", lambda: declared))


@pytest.fixture
async def opened(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[House]:
    registry = a_registry(request.param)
    async with open_house(database_url=database_url, registry=registry, migrated=True) as house:
        await house.person("Ada Example")
        yield house


WHOLE = PersonalData(export=export, erase=erase)


@pytest.mark.parametrize("opened", [WHOLE], indirect=True)
async def test_what_a_plugin_keeps_elsewhere_is_exported_and_erased(opened: House) -> None:
    subject = await person_of(opened.core.database.rows, EMAIL)
    told = await export_person(opened.core, subject)
    assert told["plugins"] == {"house": {"badges": ["badge 17"]}}
    erased = await erase_person(opened.core, subject)
    assert erased.counts["house"] == {"badges": 1}
    assert BADGES == {"bo.other@example.org": "badge 18"}


@pytest.mark.parametrize(
    ("opened", "reason"),
    [
        (PersonalData(export=export, erase=fails), "ConnectionError: the door is shut"),
        (PersonalData(export=export, erase=nonsense), "erase must answer a mapping"),
    ],
    indirect=["opened"],
    ids=["fails", "answers nonsense"],
)
async def test_where_a_plugin_cannot_erase_nothing_is_erased_and_it_is_named(
    opened: House, reason: str
) -> None:
    rows = opened.core.database.rows
    before = await rows.select("persons", EVERYTHING)
    with pytest.raises(Refused, match=f"The plugin house failed: .*{reason}"):
        await erase_person(opened.core, await person_of(rows, EMAIL))
    assert await rows.select("persons", EVERYTHING) == before


@pytest.mark.parametrize("opened", [PersonalData(timeout=0)], indirect=True)
async def test_while_a_plugin_is_quarantined_nobody_is_erased(opened: House) -> None:
    rows = opened.core.database.rows
    with pytest.raises(Refused, match="The plugin house is quarantined, and may keep personal"):
        await erase_person(opened.core, await person_of(rows, EMAIL))
    assert len(await rows.select("persons", Equals("email", EMAIL))) == 1


@pytest.mark.parametrize(
    ("declared", "fault"),
    [
        (7, "personal_data() gave 7, which is not PersonalData"),
        (
            PersonalData(answers=(PersonalFields(of="bad.two"),)),
            "personal data of bad.two: the plugin has no step of this key with a form",
        ),
        (
            PersonalData(answers=(PersonalFields(of="bad.one", names=("guests[].name",)),)),
            "personal data of bad.one: its form Note has no guests[].name",
        ),
        (
            PersonalData(answers=(PersonalFields(of="bad.one"), PersonalFields(of="bad.one"))),
            "personal data of bad.one is declared twice",
        ),
        (
            PersonalData(export=export),
            "personal_data(): what can be exported can be erased; declare both or neither",
        ),
        (
            PersonalData(export=not_async, erase=erase),
            "personal_data(): export and erase must be async functions",
        ),
        (
            PersonalData(timeout=31),
            "personal_data(): its timeout must be above 0 and at most 30 seconds",
        ),
    ],
)
def test_a_bad_declaration_quarantines_its_plugin(declared: Any, fault: str) -> None:
    module = with_hook("personal_data", lambda: declared)
    module.steps = hookimpl(lambda: [a_step("bad.one")])  # type: ignore[attr-defined] # a module takes any name
    assert states(built(bad=module)) == {"bad": ("QUARANTINED", fault)}
