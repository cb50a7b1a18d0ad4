"""The data set of the bench: the rows, and the people whose tokens ask for them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from tests.benchmarks import plugin, rows, step_rows
from tests.benchmarks.copying import chunks, copying
from tests.benchmarks.rows import Dice, Size, Travelling

from softlanding.host.discovery import Candidate
from softlanding.host.registry import Registry
from softlanding.services.boot import load_plugins, open_core
from softlanding.services.core import Core, fingerprint_of
from softlanding.services.people import NewPerson, add_person
from softlanding.services.tokens import create_token
from softlanding.settings import Environment, read_settings
from softlanding.storage import migrate
from softlanding.storage.database import Transaction
from softlanding.storage.tables import Row
from softlanding.testing.house import TODAY

_FOUNDED = 4
_SAMPLE = 5_000


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """What was written. `house` is the incubator that the member of staff works at.

    `startups` are those of the house, `stays` a sample spread evenly over all there are.
    `tokens` are by actor: `anonymous` has none, `founder`, `staff`, `admin`.
    """

    incubators: Sequence[Row]
    startups: Sequence[Row]
    stays: Sequence[Row]
    house: Row
    tokens: Mapping[str, str | None]


async def build(database_url: str, size: Size) -> Dataset:
    """Migrate a new database and fill it.

    The definitions of all installed plugins are written while there is no stay yet, so that a
    server with any of them starts without working every open stay out again.
    """
    await migrate.apply(database_url)
    async with _with_all_plugins(database_url) as core:
        return await fill(core, size)


async def stand_under_all(database_url: str) -> None:
    """Let the stored states of steps hold for a server with all plugins, not the bench's alone."""
    async with _with_all_plugins(database_url) as core:
        fingerprint = fingerprint_of(core.definitions, core.registry)
        text = f"UPDATE stays SET standing_under = '{fingerprint}'"  # noqa: S608 - hexadecimal

        async def work(transaction: Transaction) -> None:
            await transaction.fetch(text, [])

        await core.database.transact(work)


def _with_all_plugins(database_url: str) -> AbstractAsyncContextManager[Core]:
    settings = read_settings(
        environment=Environment.TEST, database_url=database_url, today=TODAY, plugins=None
    )
    return open_core(settings, load_plugins(settings, [Candidate.of_module(plugin.KEY, plugin)]))


async def fill(core: Core, size: Size) -> Dataset:
    """Write the rows and the people into an empty database, whose core has the bench's plugin."""
    dice = Dice()
    incubators = rows.incubators(dice, size)
    house = incubators[0]
    own: list[Row] = []
    travelling: list[Travelling] = []
    sample: list[Row] = []
    every = max(size.stays // _SAMPLE, 1)
    # The steps stand under the definitions of the one plugin that the bench's server loads.
    served = Registry([core.registry.plugin(plugin.KEY)])
    standing = {"standing_under": fingerprint_of(core.definitions, served), "standing_until": None}
    keys = [step.key for step in plugin.steps()]
    async with copying(core.database.url) as copy:
        await copy.insert("incubators", incubators)
        for startups in chunks(rows.startups(dice, size, incubators)):
            await copy.insert("startups", startups)
            travelling += [
                Travelling(one["id"], one["home_id"], one["country"]) for one in startups
            ]
            own += [one for one in startups if one["home_id"] == house["id"]]
        countries = {startup.id: startup.country for startup in travelling}
        for made in chunks(rows.stays(dice, size, travelling, incubators)):
            stays = [stay | standing for stay in made]
            await copy.insert("stays", stays)
            steps = step_rows.step_rows(core, dice, keys, stays, countries)
            await copy.insert("onboarding_steps", steps)
            sample += stays[::every]
    return Dataset(
        incubators=incubators,
        startups=own,
        stays=sample,
        house=house,
        tokens=await _people(core, own),
    )


async def _people(core: Core, own: Sequence[Row]) -> Mapping[str, str | None]:
    tokens: dict[str, str | None] = {"anonymous": None}
    for name, founder_of, staff_of in (
        ("founder", [startup["id"] for startup in own[:_FOUNDED]], []),
        ("staff", [], [own[0]["home_id"]]),
        ("admin", [], []),
    ):
        email = f"{name}@bench.example.org"
        person = NewPerson(name=f"Bench {name}", email=email, is_admin=name == "admin")
        await add_person(core, person, founder_of=founder_of, staff_of=staff_of)
        tokens[name] = await create_token(core, label="bench", email=email)
    return tokens
