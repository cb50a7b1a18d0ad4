"""The data set of the bench: the rows, and the people whose tokens ask for them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tests.benchmarks import plugin, rows, step_rows
from tests.benchmarks.rows import Dice, Size

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

# Below the 32,766 parameters that one statement may have on either database.
_CHUNK = 1_000
_FOUNDED = 4


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """What was written. `house` is the incubator that the member of staff works at.

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
    settings = read_settings(
        environment=Environment.TEST, database_url=database_url, today=TODAY, plugins=None
    )
    registry = load_plugins(settings, [Candidate.of_module(plugin.KEY, plugin)])
    async with open_core(settings, registry) as core:
        return await fill(core, size)


async def fill(core: Core, size: Size) -> Dataset:
    """Write the rows and the people into an empty database, whose core has the bench's plugin."""
    dice = Dice()
    incubators = rows.incubators(dice, size)
    startups = rows.startups(dice, size, incubators)
    # The steps stand under the definitions of the one plugin that the bench's server loads.
    served = Registry([core.registry.plugin(plugin.KEY)])
    standing = {"standing_under": fingerprint_of(core.definitions, served), "standing_until": None}
    stays = [stay | standing for stay in rows.stays(dice, size, startups, incubators)]
    keys = [step.key for step in plugin.steps()]
    countries = {startup["id"]: startup["country"] for startup in startups}
    for table, made in (
        ("incubators", incubators),
        ("startups", startups),
        ("stays", stays),
        ("onboarding_steps", step_rows.step_rows(core, dice, keys, stays, countries)),
    ):
        for chunk in _chunks(made):
            await _insert(core, table, chunk)
    await _analyze(core)
    house = incubators[0]
    return Dataset(
        incubators=incubators,
        startups=startups,
        stays=stays,
        house=house,
        tokens=await _people(core, house, startups),
    )


def _chunks(made: Iterable[Row]) -> Iterator[list[Row]]:
    source = iter(made)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


async def _insert(core: Core, table: str, chunk: Sequence[Row]) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.insert(table, *chunk)

    await core.database.transact(work)


async def _analyze(core: Core) -> None:
    """Gather statistics where the database would gather them itself a minute later."""
    if core.database.dialect == "postgresql":

        async def work(transaction: Transaction) -> None:
            await transaction.fetch("ANALYZE", [])

        await core.database.transact(work)


async def _people(core: Core, house: Row, startups: Sequence[Row]) -> Mapping[str, str | None]:
    own = [startup["id"] for startup in startups if startup["home_id"] == house["id"]]
    tokens: dict[str, str | None] = {"anonymous": None}
    for name, founder_of, staff_of in (
        ("founder", own[:_FOUNDED], []),
        ("staff", [], [house["id"]]),
        ("admin", [], []),
    ):
        email = f"{name}@bench.example.org"
        person = NewPerson(name=f"Bench {name}", email=email, is_admin=name == "admin")
        await add_person(core, person, founder_of=founder_of, staff_of=staff_of)
        tokens[name] = await create_token(core, label="bench", email=email)
    return tokens
