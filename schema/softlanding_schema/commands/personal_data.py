"""`softlanding person`, `softlanding startup` and `softlanding erase`: personal data."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from softlanding.services.core import Core
from softlanding.services.personal_data.erasure import Erased, erase_person, erase_startup
from softlanding.services.personal_data.export import as_json, export_person, export_startup
from softlanding.services.personal_data.reports import NotVerified, signed_report, verify_report
from softlanding.services.personal_data.subjects import person_of, startup_of
from softlanding.settings import BadSettings
from softlanding_schema.commands.opening import with_core

person = typer.Typer(help="All that is kept of a person.", no_args_is_help=True)
startup = typer.Typer(help="All that is kept of a start-up.", no_args_is_help=True)
erase = typer.Typer(help="Reports of what was erased.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="E-mail address of the person.")]
Slug = Annotated[str, typer.Argument(help="Slug of the start-up.")]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", help="A name besides that of the account, or of who has none."),
]
_BACKUPS = "Copies of the database and logs are not reached from here: erase them where they lie."
_VACUUM = (
    "PostgreSQL keeps deleted rows until it vacuums; to be sure now, run VACUUM FULL, and let go"
    " of archived write-ahead logs."
)


@person.command("export")
def export_a_person(email: Email, name: Names = None) -> None:
    """Print all that is kept of a person, as one JSON document."""

    async def work(core: Core) -> dict[str, Any]:
        subject = await person_of(core.database.rows, email, names=name or ())
        return await export_person(core, subject)

    print(as_json(with_core("person export", work)))


@person.command("erase")
def erase_a_person(email: Email, name: Names = None) -> None:
    """Erase a person everywhere, and print a signed report; there is no way back."""

    async def work(core: Core) -> Erased:
        subject = await person_of(core.database.rows, email, names=name or ())
        return await erase_person(core, subject)

    _erase("person erase", work)


@startup.command("export")
def export_a_startup(slug: Slug) -> None:
    """Print all that is kept of a start-up, as one JSON document."""

    async def work(core: Core) -> dict[str, Any]:
        return await export_startup(core, await startup_of(core.database.rows, slug))

    print(as_json(with_core("startup export", work)))


@startup.command("erase")
def erase_a_startup(slug: Slug) -> None:
    """Erase a start-up with its stays, and print a signed report; there is no way back."""

    async def work(core: Core) -> Erased:
        return await erase_startup(core, await startup_of(core.database.rows, slug))

    _erase("startup erase", work)


def _erase(command: str, work: Callable[[Core], Awaitable[Erased]]) -> None:
    async def reported(core: Core) -> dict[str, Any]:
        return await signed_report(core, await work(core))

    report = with_core(command, reported)
    print(as_json(report))
    for line in (_BACKUPS, *([_VACUUM] if report["database"] == "postgresql" else [])):
        print(line, file=sys.stderr)


@erase.command("verify")
def verify(
    report: Annotated[Path, typer.Argument(help="A file that holds the report.")],
) -> None:
    """Tell whether this installation signed a report; ends with 1 where it did not."""
    try:
        text = report.read_bytes()
    except OSError:
        raise BadSettings(f"{report} cannot be read.") from None

    async def work(core: Core) -> str:
        try:
            found = await verify_report(core, text)
        except NotVerified as fault:
            return str(fault)
        return f"the report is genuine: a {found['subject']} was erased at {found['erased_at']}"

    told = with_core("erase verify", work)
    print(told)
    if not told.startswith("the report is genuine"):
        raise typer.Exit(1)
