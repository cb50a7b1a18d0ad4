"""`softlanding key`: keys of incubators."""

from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from softlanding.actors import operator
from softlanding.domain.problems import refuse_if
from softlanding.predicates import Equals
from softlanding.services import api_keys
from softlanding.services.core import Core
from softlanding.settings import BadSettings
from softlanding.storage.tables import Row
from softlanding_schema.commands.opening import fault_of, with_core
from softlanding_schema.compose import compose
from softlanding_schema.reads.scopes import unknown_fields

app = typer.Typer(help="Keys of incubators, for websites and programs.", no_args_is_help=True)
_OPERATOR = operator("command line")
Prefix = Annotated[str, typer.Argument(help="How the key begins, as `key list` shows it.")]


@app.command("create")
def create(
    incubator: Annotated[str, typer.Option(help="Slug of the incubator that it acts for.")],
    label: Annotated[str, typer.Option(help="What it is for.")],
    type_: Annotated[
        list[str] | None, typer.Option("--type", help="A type that it reads; all by default.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option(help="A field that it reads besides, such as Stay.goals.")
    ] = None,
    mutation: Annotated[list[str] | None, typer.Option(help="A mutation that it may send.")] = None,
    drafts: Annotated[bool, typer.Option(help="Sees what the staff sees.")] = False,
    introspection: Annotated[bool, typer.Option(help="May ask for the schema.")] = False,
    days: Annotated[int, typer.Option(help="How many days it is in force.")] = 365,
) -> None:
    """Make a key and print it, once."""
    given = {
        "label": label,
        "fields": field or [],
        "mutations": mutation or [],
        "drafts": drafts,
        "introspection": introspection,
        "days": days,
    }
    try:
        new = api_keys.NewApiKey.model_validate(given | ({"types": type_} if type_ else {}))
    except ValidationError as error:
        raise BadSettings(f"--{fault_of(error)}") from None

    async def work(core: Core) -> str:
        row = await core.database.rows.by_slug("incubators", incubator)
        if row is None:
            raise BadSettings(f"There is no incubator {incubator}.")
        composed, _ = compose(core.registry)
        refuse_if(unknown_fields(composed._schema, new.fields))  # noqa: SLF001 - the executable schema has no public name
        key = UUID(str(row["id"]))
        secret, _ = await api_keys.create_api_key(core, _OPERATOR, new, incubator_id=key)
        return secret

    print(with_core("key create", work))


@app.command("list")
def list_keys(
    incubator: Annotated[str, typer.Option(help="Slug of the incubator.")],
) -> None:
    """List the keys of an incubator, without their secrets."""

    async def work(core: Core) -> list[str]:
        row = await core.database.rows.by_slug("incubators", incubator)
        if row is None:
            raise BadSettings(f"There is no incubator {incubator}.")
        return [_told(key) for key in await api_keys.keys_of(core.database.rows, row["id"])]

    for line in with_core("key list", work):
        print(line)


def _told(key: Row) -> str:
    state = "revoked" if key["revoked_at"] else f"until {key['expires_at']:%Y-%m-%d}"
    used = f"last used {key['last_used_at']:%Y-%m-%d}" if key["last_used_at"] else "never used"
    return f"{key['prefix']}  {state}  {used}  {key['label']}"


@app.command("rotate")
def rotate(
    prefix: Prefix,
    overlap_hours: Annotated[
        int, typer.Option(min=0, max=720, help="How long the old one stays in force.")
    ] = 24,
) -> None:
    """Replace a key by a new one and print it, once."""

    async def work(core: Core) -> str:
        key = await _key(core, prefix)
        secret, _ = await api_keys.rotate_api_key(core, _OPERATOR, key, overlap_hours=overlap_hours)
        return secret

    print(with_core("key rotate", work))


@app.command("revoke")
def revoke(prefix: Prefix) -> None:
    """Revoke a key: its next request is refused."""

    async def work(core: Core) -> None:
        await api_keys.revoke_api_key(core, _OPERATOR, await _key(core, prefix))

    with_core("key revoke", work)
    print(f"{prefix} is revoked")


async def _key(core: Core, prefix: str) -> UUID:
    found = await core.database.rows.select("tokens", Equals("prefix", prefix))
    if len(found) != 1:
        raise BadSettings(f"{prefix} is not how one key begins; `softlanding key list` shows them.")
    return UUID(str(found[0]["id"]))
