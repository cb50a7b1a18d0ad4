"""The demonstration data, sown through the services, as people would have entered it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

from softlanding.actors import Actor, operator
from softlanding.domain.stays import TRANSITIONS
from softlanding.predicates import AllOf, Equals, OneOf
from softlanding.services import incubators, reports, startups, stays, steps
from softlanding.services.clock import FrozenClock
from softlanding.services.core import Core
from softlanding.services.people import NewPerson, add_person
from softlanding.services.plugin_context import parse_answers
from softlanding.storage.record import Acting

ADMIN_EMAIL = "office@example.org"
_SEED = operator("demonstration data")
_SOWING = Acting(kind="COMMAND", action="seed")
_PLACES = {
    "founder_of": "startups",
    "staff_of": "incubators",
    "manager_of": "incubators",
    "reviewer_of": "incubators",
}


def _read(name: str) -> dict[str, Any]:
    source = files("softlanding").joinpath("seed_data", f"{name}.toml")
    return tomllib.loads(source.read_text("utf-8"))


def _texts(text: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"locale": locale, "value": value} for locale, value in text.items()]


async def seed(core: Core) -> list[str]:
    """Sow what is missing; returns a line per kind of what was sown.

    Incubators and start-ups are known by slug, people by e-mail, stays by start-up, host and
    arrival; what is there already is left as it is. Nobody is told of it.
    """
    core = core.acting(_SOWING)
    lines = []
    for name, sow in (
        ("incubators", _incubators),
        ("startups", _startups),
        ("people", _people),
        ("stays", _stays),
    ):
        sown = await sow(core, _read(name)[name])
        if sown:
            lines.append(f"sown: {sown} {name}")
    return lines


async def _incubators(core: Core, given: Sequence[dict[str, Any]]) -> int:
    sown = 0
    for values in given:
        if await core.database.rows.by_slug("incubators", values["slug"]):
            continue
        new = incubators.NewIncubator.model_validate(
            {**values, "summary": _texts(values["summary"])}
        )
        key = await incubators.create_incubator(core, _SEED, new, demo=True)
        await incubators.publish_incubator(core, _SEED, key, published=True)
        sown += 1
    return sown


async def _startups(core: Core, given: Sequence[dict[str, Any]]) -> int:
    sown = 0
    for values in given:
        if await core.database.rows.by_slug("startups", values["slug"]):
            continue
        home = await _key(core, "incubators", values["home"])
        columns = {name: value for name, value in values.items() if name != "home"}
        new = startups.NewStartup.model_validate({**columns, "summary": _texts(values["summary"])})
        key = await startups.create_startup(core, _SEED, new, home_id=home, demo=True)
        await startups.publish_startup(core, _SEED, key, published=True)
        sown += 1
    return sown


async def _people(core: Core, given: Sequence[dict[str, Any]]) -> int:
    sown = 0
    for values in given:
        if await core.database.rows.select("persons", Equals("email", values["email"])):
            continue
        new = NewPerson(
            name=values["name"],
            email=values["email"],
            is_admin=values.get("admin", False),
            is_auditor=values.get("auditor", False),
        )
        places = {
            kind: [await _key(core, table, slug) for slug in values.get(kind, ())]
            for kind, table in _PLACES.items()
        }
        await add_person(core, new, **places)
        sown += 1
    return sown


async def _stays(core: Core, given: Sequence[dict[str, Any]]) -> int:
    sown = 0
    for values in given:
        startup = await _key(core, "startups", values["startup"])
        host = await _key(core, "incubators", values["host"])
        known = AllOf(
            (
                OneOf("startup_id", (startup,)),
                OneOf("host_id", (host,)),
                Equals("arrival", values["arrival"]),
            )
        )
        if await core.database.rows.select("stays", known):
            continue
        await _play(core, values, startup, host)
        sown += 1
    return sown


async def _play(core: Core, values: Mapping[str, Any], startup: UUID, host: UUID) -> None:
    """Play a stay's history: each act on its own day, by the services that people use."""
    new = stays.NewStay.model_validate(
        {name: values[name] for name in stays.NewStay.model_fields if name in values}
    )
    first: date = values["applied_on"]
    then = replace(core, clock=FrozenClock(first))
    stay = await stays.apply_for_stay(then, _SEED, new, startup_id=startup, host_id=host, demo=True)
    for act in values.get("acts", ()):
        await _act(replace(core, clock=FrozenClock(act["on"])), stay, act)


async def _act(core: Core, stay: UUID, act: Mapping[str, Any]) -> None:
    name = act["do"]
    if name in TRANSITIONS and name != "close":
        await stays.move_stay(core, _SEED, stay, name)
    elif name == "report":
        report = reports.OutcomeReport.model_validate(act["report"])
        await reports.submit_report(core, _SEED, stay, report)
    elif act["step"] in core.registry.steps:
        # Steps of plugins that are not in force are left out.
        await _step(core, _SEED, stay, act)


async def _step(core: Core, actor: Actor, stay: UUID, act: Mapping[str, Any]) -> None:
    key = act["step"]
    if act["do"] == "answer":
        form = core.registry.steps[key].form
        answers = parse_answers(core.registry.steps[key], act["answers"])
        if form is None or answers is None:
            raise ValueError(f"the demonstration answers of {key} do not fit its form")
        await steps.submit_step(core, actor, stay, key, answers)
    elif act["do"] == "sign":
        for _ in core.registry.steps[key].signed_by:
            await steps.sign_off_step(core, actor, stay, key)
    elif act["do"] == "waive":
        await steps.waive_step(core, actor, stay, key, reason=act["reason"])
    else:
        raise ValueError(f"unknown act {act['do']}")


async def _key(core: Core, table: str, slug: str) -> UUID:
    row = await core.database.rows.by_slug(table, slug)
    if row is None:
        raise LookupError(f"the demonstration data name {slug}, which is not in {table}")
    return UUID(str(row["id"]))
