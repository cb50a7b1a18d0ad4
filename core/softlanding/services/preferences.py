"""What people choose for themselves: their language, and when they are told what waits."""

from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.forms import Form
from softlanding.domain.vocabulary import Notifications
from softlanding.services.core import Core, forbidden, require, require_writer
from softlanding.services.editing import LocaleTag, given, left_out
from softlanding.storage.database import Transaction


class Preferences(Form):
    """Preferences of a person; what is left out stays."""

    locale: LocaleTag | None = Field(
        default_factory=left_out,
        description="Language in which messages are written, where there are texts in it; null:"
        " the first language of the incubator.",
    )
    notifications: Notifications | None = Field(
        default_factory=left_out, description="When to be told what waits."
    )


async def update_viewer(core: Core, actor: Actor, changes: Preferences) -> UUID:
    """Change one's own preferences; returns the key of the person."""
    require_writer(actor)
    require(actor, "update_viewer", {"id": actor.person_id})
    if actor.person_id is None:
        raise forbidden("Only people have preferences.")
    person_id = actor.person_id
    values = given(changes, nullable=("locale",))

    async def work(transaction: Transaction) -> UUID:
        await transaction.lock("persons", person_id)
        if values:
            await transaction.update("persons", person_id, values)
        return person_id

    return await core.database.transact(work)
