"""The command `softlanding`: the composition root."""

import sys
from typing import Annotated

import typer

from softlanding.contract.rule_review import attention
from softlanding.domain.problems import Refused
from softlanding.host.registry import RequiredPluginMissing
from softlanding.services.boot import load_plugins
from softlanding.services.clock import SystemClock
from softlanding.services.core import Core
from softlanding.services.seed import seed as sow
from softlanding.services.tokens import UnknownHolder
from softlanding.services.why import CannotExplain
from softlanding.settings import BadSettings, read_settings
from softlanding.storage.migrate import SchemaMismatch
from softlanding_schema.commands import audit, key, migrate, outbox, personal_data, token, user
from softlanding_schema.commands.opening import settings_with_logs, with_core
from softlanding_schema.commands.why import explain
from softlanding_schema.compose import compose
from softlanding_schema.demo import demo as run_demo
from softlanding_schema.sdl import print_sdl
from softlanding_schema.server.logs import configure_logs
from softlanding_schema.server.persisted_documents import BadManifest
from softlanding_schema.server.run import CannotServe, run
from softlanding_schema.server.run import serve as run_server

app = typer.Typer(
    help="Soft Landing: start-up stays between incubators.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
plugin = typer.Typer(help="Plugins.", no_args_is_help=True)
app.add_typer(migrate.app, name="migrate")
app.add_typer(plugin, name="plugin")
app.add_typer(token.app, name="token")
app.add_typer(key.app, name="key")
app.add_typer(user.app, name="user")
app.add_typer(audit.app, name="audit")
app.add_typer(outbox.app, name="outbox")
app.add_typer(personal_data.person, name="person")
app.add_typer(personal_data.startup, name="startup")
app.add_typer(personal_data.erase, name="erase")
app.command("why")(explain)


@app.command()
def serve() -> None:
    """Serve the API at SOFTLANDING_HOST and SOFTLANDING_PORT."""
    settings = settings_with_logs()

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
    for line in with_core("seed", sow):
        print(line)


@app.command()
def schema() -> None:
    """Print the schema with all plugins in force."""
    configure_logs("WARNING")
    composed, _ = compose(load_plugins(read_settings()))
    print(print_sdl(composed), end="")


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


def main() -> None:
    """Run the command; what a person can mend is told in one line."""
    try:
        app()
    except (
        BadManifest,
        BadSettings,
        CannotServe,
        Refused,
        RequiredPluginMissing,
        SchemaMismatch,
        UnknownHolder,
        CannotExplain,
    ) as told:
        print(f"softlanding: {told}", file=sys.stderr)
        raise SystemExit(2) from None
