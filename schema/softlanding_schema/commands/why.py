"""`softlanding why`: which rule lets somebody see or do something."""

from typing import Annotated
from uuid import UUID

import typer

from softlanding.services.api_keys import KEY_TYPES
from softlanding.services.core import Core
from softlanding.services.why import CannotExplain, known_actor, why
from softlanding_schema.commands.opening import with_core
from softlanding_schema.reads.global_ids import decode

_NOUNS = {"incubator", "startup"}


def explain(
    actor: Annotated[
        str, typer.Argument(help="anonymous, an e-mail address, or a key's beginning.")
    ],
    action: Annotated[str, typer.Argument(help="read, read.<field>, or a mutation: acceptStay.")],
    object_id: Annotated[str, typer.Argument(metavar="ID", help="A global id, or type:slug.")],
) -> None:
    """Explain whether somebody may see or do something, and name the rule."""

    async def work(core: Core) -> str:
        table, key = await _row_of(core, object_id)
        return str(await why(core, await known_actor(core, actor), action, table, key))

    print(with_core("why", work))


async def _row_of(core: Core, object_id: str) -> tuple[str, UUID]:
    """Return the table and key of a global id, or of `incubator:gtec`, `startup:polderlens`."""
    noun, _, slug = object_id.partition(":")
    if slug:
        row = await core.database.rows.by_slug(f"{noun.lower()}s", slug) if noun in _NOUNS else None
        if row is None:
            raise CannotExplain(f"There is no {object_id}; write incubator:<slug>, startup:<slug>.")
        return f"{noun.lower()}s", UUID(str(row["id"]))
    type_name, key = decode(object_id)
    if type_name not in KEY_TYPES:
        raise CannotExplain(f"There are no rules for a {type_name}.")
    return KEY_TYPES[type_name], key
