"""Creating, changing and publishing incubators."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.forms import Form, Line, Name
from softlanding.domain.problems import refuse_if
from softlanding.services.core import Core, require, require_writer, visible
from softlanding.services.editing import (
    Country,
    LocaleTag,
    Slug,
    TextInput,
    Website,
    as_text,
    given,
    insert_with_slug,
    left_out,
    new_row,
    next_revision,
    text_problems,
)
from softlanding.services.revisions import require_revision
from softlanding.storage.database import Transaction


class NewIncubator(Form):
    """An incubator to be created; it is not published yet."""

    slug: Slug = Field(description="Short name for addresses: small letters, digits, hyphens.")
    name: Name = Field(description="Name of the incubator.")
    country: Country = Field(description="ISO 3166-1 alpha-2 code; the United Kingdom is GB.")
    city: Line | None = Field(default=None, description="City, where it is known.")
    website: Website | None = Field(default=None, description="Address beginning with https://.")
    summary: list[TextInput] = Field(
        default=[], max_length=24, description="What it is, once per language, English included."
    )
    languages: list[LocaleTag] = Field(
        default=[], max_length=24, description="Languages spoken there, BCP 47 tags."
    )
    public_funding: bool | None = Field(
        default=None, description="Whether it is financed by public money; null: not known."
    )
    stay_capacity: int | None = Field(
        default=None, ge=0, le=10_000, description="Desks for stays a day; null: not limited here."
    )
    project_capacity: int | None = Field(
        default=None, ge=0, le=100_000, description="Published number of projects it can take."
    )


class IncubatorChanges(Form):
    """Changes of an incubator; what is left out stays."""

    name: Name | None = Field(default_factory=left_out, description="Name of the incubator.")
    city: Line | None = Field(default_factory=left_out, description="City; null: not known.")
    website: Website | None = Field(
        default_factory=left_out, description="Address beginning with https://."
    )
    summary: list[TextInput] | None = Field(
        default_factory=left_out,
        max_length=24,
        description="All texts; they replace the ones there are.",
    )
    languages: list[LocaleTag] | None = Field(
        default_factory=left_out,
        max_length=24,
        description="All languages spoken there, BCP 47 tags.",
    )
    public_funding: bool | None = Field(
        default_factory=left_out, description="Financed by public money."
    )
    stay_capacity: int | None = Field(
        default_factory=left_out,
        ge=0,
        le=10_000,
        description="Desks for stays a day; null: not limited here.",
    )
    project_capacity: int | None = Field(
        default_factory=left_out,
        ge=0,
        le=100_000,
        description="Published number of projects it can take.",
    )


async def create_incubator(
    core: Core, actor: Actor, new: NewIncubator, *, demo: bool = False
) -> UUID:
    """Create an unpublished incubator; network administrators only."""
    require_writer(actor)
    require(actor, "create_incubator")
    refuse_if(text_problems(new.summary, "summary"))
    values = {**new.model_dump(), "summary": as_text(new.summary)}
    row = new_row(core, {**values, "published": False, "demo": demo})
    return await insert_with_slug(core, "incubators", row)


async def update_incubator(
    core: Core,
    actor: Actor,
    incubator_id: UUID,
    changes: IncubatorChanges,
    *,
    revision: int | None = None,
) -> UUID:
    """Change an incubator; its own staff and network administrators."""
    refuse_if(text_problems(changes.summary, "summary"))
    values = given(
        changes,
        nullable=("city", "website", "public_funding", "stay_capacity", "project_capacity"),
    )
    if "summary" in values:
        values["summary"] = as_text(values["summary"])
    return await _change(core, actor, "update_incubator", incubator_id, values, revision)


async def publish_incubator(
    core: Core,
    actor: Actor,
    incubator_id: UUID,
    *,
    published: bool,
    revision: int | None = None,
) -> UUID:
    """Publish an incubator or take it back; its own staff and network administrators."""
    values = {"published": published}
    return await _change(core, actor, "publish_incubator", incubator_id, values, revision)


async def _change(
    core: Core,
    actor: Actor,
    action: str,
    incubator_id: UUID,
    values: Mapping[str, object],
    revision: int | None,
) -> UUID:
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        await transaction.lock("incubators", incubator_id)
        row = await visible(transaction, actor, "incubators", incubator_id, "id")
        require(actor, action, row)
        await require_revision(transaction, "incubators", row, revision)
        values_now = next_revision(core, row, values)
        await transaction.update("incubators", incubator_id, values_now, before=row)
        return incubator_id

    return await core.database.transact(work)
