"""`softlanding token`: tokens of people and websites."""

from typing import Annotated

import typer
from pydantic import ValidationError

from softlanding.services.core import Core
from softlanding.services.people import NewPerson, add_person
from softlanding.services.tokens import create_token
from softlanding.settings import BadSettings
from softlanding_schema.commands.opening import fault_of, with_core

app = typer.Typer(help="Tokens of people and websites.", no_args_is_help=True)


@app.command("create")
def create(
    email: Annotated[str | None, typer.Option(help="A person's e-mail address.")] = None,
    incubator: Annotated[str | None, typer.Option(help="An incubator, for its website.")] = None,
    new_administrator: Annotated[
        str | None, typer.Option(help="Add the person first, as an administrator of this name.")
    ] = None,
    hours: Annotated[
        int | None, typer.Option(min=1, help="How long it is in force; until it is revoked.")
    ] = None,
    label: Annotated[str, typer.Option(help="What the token is for.")] = "command line",
) -> None:
    """Create a token and print it, once."""
    if (email is None) == (incubator is None):
        raise BadSettings("Name either --email or --incubator.")

    async def work(core: Core) -> str:
        if new_administrator is not None:
            await add_person(core, _administrator(new_administrator, email or ""))
        return await create_token(
            core, label=label, email=email, incubator_slug=incubator, hours=hours
        )

    print(with_core("token create", work))


def _administrator(name: str, email: str) -> NewPerson:
    try:
        return NewPerson(name=name, email=email, is_admin=True)
    except ValidationError as error:
        raise BadSettings(fault_of(error)) from None
