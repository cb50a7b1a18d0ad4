"""`softlanding audit`: whether the record is whole."""

from typing import Annotated

import typer

from softlanding.services import audit
from softlanding.services.core import Core
from softlanding.settings import BadSettings
from softlanding_schema.commands.opening import with_core

app = typer.Typer(help="The record of all changes.", no_args_is_help=True)


@app.command("head")
def head() -> None:
    """Print the heads of all chains, to be kept where nobody of the database can write."""
    for one in with_core("audit head", audit.heads):
        print(one)


@app.command("verify")
def verify(
    kept: Annotated[
        list[str] | None,
        typer.Option("--head", help="A head that `audit head` printed on an earlier day."),
    ] = None,
) -> None:
    """Read the whole record; ends with 1 where an entry was changed, deleted or moved."""
    heads = [_head(text) for text in kept or ()]

    async def work(core: Core) -> audit.Verified:
        return await audit.verify(core, heads)

    found = with_core("audit verify", work)
    for fault in found.faults:
        print(fault)
    if found.faults:
        raise typer.Exit(1)
    erased = f"; {found.erased} changes were erased" if found.erased else ""
    print(f"the record is whole: {found.entries} entries{erased}")


def _head(text: str) -> audit.Head:
    try:
        return audit.Head.of(text)
    except ValueError:
        raise BadSettings(
            f"--head {text}: write it as `softlanding audit head` prints it."
        ) from None
