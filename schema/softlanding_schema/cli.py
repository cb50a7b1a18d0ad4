"""The command `softlanding`: the composition root."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError

from softlanding.contract.rule_review import attention
from softlanding.domain.problems import Refused
from softlanding.host.registry import RequiredPluginMissing
from softlanding.services.boot import load_plugins, open_core
from softlanding.services.clock import SystemClock
from softlanding.services.core import Core
from softlanding.services.people import NewPerson, add_person
from softlanding.services.seed import seed as sow
from softlanding.services.tokens import UnknownHolder, create_token
from softlanding.settings import BadSettings, Settings, read_settings
from softlanding.storage import migrate as migrations
from softlanding.storage.migrate import SchemaMismatch
from softlanding_schema.compose import compose
from softlanding_schema.demo import demo as run_demo
from softlanding_schema.sdl import print_sdl
from softlanding_schema.server.logs import configure_logs
from softlanding_schema.server.run import CannotServe, run
from softlanding_schema.server.run import serve as run_server

Result = TypeVar("Result")

app = typer.Typer(
    help="Soft Landing: start-up stays between incubators.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
migrate = typer.Typer(help="Bring the database to this version.", no_args_is_help=True)
plugin = typer.Typer(help="Plugins.", no_args_is_help=True)
token = typer.Typer(help="Tokens of people and websites.", no_args_is_help=True)
app.add_typer(migrate, name="migrate")
app.add_typer(plugin, name="plugin")
app.add_typer(token, name="token")


def _settings() -> Settings:
    settings = read_settings()
    configure_logs(settings.log_level)
    return settings


def _with_core(work: Callable[[Core], Awaitable[Result]]) -> Result:
    settings = _settings()

    async def work_with_core() -> Result:
        _, registry = compose(load_plugins(settings))
        async with open_core(settings, registry) as core:
            return await work(core)

    return asyncio.run(work_with_core())


@app.command()
def serve() -> None:
    """Serve the API at SOFTLANDING_HOST and SOFTLANDING_PORT."""
    settings = _settings()

    async def started(address: str, core: Core) -> None:
        print(f"serving {address}", flush=True)

    run(run_server(settings, started=started))


@app.command()
def demo() -> None:
    """Serve the demonstration: its own database, seed data, a frozen day, an admin token."""
    run_demo()


@app.command()
def seed() -> None:
    """Sow the demonstration data; what is there already stays."""
    for line in _with_core(sow):
        print(line)


@app.command()
def schema() -> None:
    """Print the schema with all plugins in force."""
    configure_logs("WARNING")
    composed, _ = compose(load_plugins(read_settings()))
    print(print_sdl(composed), end="")


@migrate.command("plan")
def plan() -> None:
    """Tell which migrations are pending."""
    settings = _settings()
    found = asyncio.run(migrations.status(settings.database_url))
    for name in found.unknown:
        print(f"unknown to this version: {name}")
    for name in found.pending:
        print(f"pending: {name}")
    if not found.pending and not found.unknown:
        print("nothing to do")


@migrate.command("apply")
def apply() -> None:
    """Apply the pending migrations; on SQLite a copy of the file is made first."""
    settings = _settings()
    asyncio.run(migrations.apply(settings.database_url, progress=print))
    print("the database is up to date")


@migrate.command("write")
def write() -> None:
    """Write migration files for changed models, for those who work on the product."""
    settings = _settings()
    for file in asyncio.run(migrations.write(settings.database_url)):
        print(Path(file).name)


@plugin.command("list")
def list_plugins() -> None:
    """List the plugins with their state, and why one is quarantined."""
    configure_logs("ERROR")
    _, registry = compose(load_plugins(read_settings()))
    for one in registry.plugins:
        print(f"{one.key}  {one.state}  {one.distribution} {one.version}  {one.reason}".rstrip())


@app.command()
def rules(
    all_figures: Annotated[
        bool, typer.Option("--all", help="Every figure, not only those that need attention.")
    ] = False,
) -> None:
    """List the rule sets, and the figures that somebody should look at again."""
    settings = read_settings()
    configure_logs("ERROR")
    today = settings.today or SystemClock().today()
    _, registry = compose(load_plugins(settings))
    for rule_set in registry.rule_sets.values():
        print(f"{rule_set.key}  {rule_set.version}  {rule_set.title}")
        for figure in rule_set.figures:
            reason = attention(figure, rule_set.figures, today)
            if reason or all_figures:
                value = "?" if figure.value is None else f"{figure.value:f}"
                told = f"  {figure.name} = {value} {figure.unit}, from {figure.valid_from}"
                until = f" to {figure.valid_until}" if figure.valid_until else ""
                print(f"{told}{until}: {reason or figure.source}")


@token.command("create")
def create(
    email: Annotated[str | None, typer.Option(help="A person's e-mail address.")] = None,
    incubator: Annotated[str | None, typer.Option(help="An incubator, for its website.")] = None,
    new_administrator: Annotated[
        str | None, typer.Option(help="Add the person first, as an administrator of this name.")
    ] = None,
    label: Annotated[str, typer.Option(help="What the token is for.")] = "command line",
) -> None:
    """Create a token and print it, once."""
    if (email is None) == (incubator is None):
        raise BadSettings("Name either --email or --incubator.")

    async def work(core: Core) -> str:
        if new_administrator is not None:
            await add_person(core, _administrator(new_administrator, email or ""))
        return await create_token(core, label=label, email=email, incubator_slug=incubator)

    print(_with_core(work))


def _administrator(name: str, email: str) -> NewPerson:
    try:
        return NewPerson(name=name, email=email, is_admin=True)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadSettings(f"{first['loc'][0]}: {first['msg']}") from None


def main() -> None:
    """Run the command; what a person can mend is told in one line."""
    try:
        app()
    except (
        BadSettings,
        CannotServe,
        Refused,
        RequiredPluginMissing,
        SchemaMismatch,
        UnknownHolder,
    ) as told:
        print(f"softlanding: {told}", file=sys.stderr)
        raise SystemExit(2) from None
