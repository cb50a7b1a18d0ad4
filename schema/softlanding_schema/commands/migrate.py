"""`softlanding migrate`: bring the database to this version."""

import asyncio
from pathlib import Path

import typer

from softlanding.storage import migrate as migrations
from softlanding_schema.commands.opening import settings_with_logs

app = typer.Typer(help="Bring the database to this version.", no_args_is_help=True)


@app.command("plan")
def plan() -> None:
    """Tell which migrations are pending."""
    settings = settings_with_logs()
    found = asyncio.run(migrations.status(settings.database_url))
    for name in found.unknown:
        print(f"unknown to this version: {name}")
    for name in found.pending:
        print(f"pending: {name}")
    if not found.pending and not found.unknown:
        print("nothing to do")


@app.command("apply")
def apply() -> None:
    """Apply the pending migrations; on SQLite a copy of the file is made first."""
    settings = settings_with_logs()
    asyncio.run(migrations.apply(settings.database_url, progress=print))
    print("the database is up to date")


@app.command("write")
def write() -> None:
    """Write migration files for changed models, for those who work on the product."""
    settings = settings_with_logs()
    for file in asyncio.run(migrations.write(settings.database_url)):
        print(Path(file).name)
