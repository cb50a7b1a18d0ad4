"""`softlanding outbox`: what was not delivered, and sending it again."""

from typing import Annotated, Literal
from uuid import UUID

import typer

from softlanding.services import dead_letters
from softlanding.services.core import Core
from softlanding.settings import BadSettings
from softlanding_schema.commands.opening import with_core

app = typer.Typer(help="Events on their way to subscribers.", no_args_is_help=True)


@app.command("list")
def list_letters(
    state: Annotated[
        Literal["PENDING", "DEAD"] | None,
        typer.Option(case_sensitive=False, help="Those that wait, or those given up."),
    ] = None,
) -> None:
    """Print what was not delivered yet and what was given up, oldest first."""

    async def work(core: Core) -> list[dead_letters.Letter]:
        return await dead_letters.letters(core.database.rows, state=state)

    for letter in with_core("outbox list", work):
        print(letter)


@app.command("replay")
def replay(
    keys: Annotated[list[UUID] | None, typer.Argument(help="What `outbox list` prints.")] = None,
    *,
    all_dead: Annotated[bool, typer.Option("--all", help="All that was given up.")] = False,
) -> None:
    """Send again what was given up; the server does so within seconds."""
    if bool(keys) == all_dead:
        raise BadSettings("Name what is to be sent again, or write --all.")

    async def work(core: Core) -> int:
        return await dead_letters.replay(core, None if all_dead else keys)

    print(f"{with_core('outbox replay', work)} to be sent again")
