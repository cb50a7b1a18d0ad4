"""Creating, changing and publishing start-ups."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import Field

from softlanding.actors import Actor
from softlanding.contract.forms import Day, Form, Line, Name
from softlanding.domain.problems import Code, Problem, Refused, refuse_if
from softlanding.domain.vocabulary import RegistrationScheme, StartupStage
from softlanding.services.core import Core, require, require_writer, visible
from softlanding.services.editing import (
    Country,
    Nace,
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


class RegistrationInput(Form):
    """A number of the company in a register."""

    scheme: RegistrationScheme = Field(description="The register or identifier scheme.")
    value: Line = Field(description="The number as the register writes it.")


class NewStartup(Form):
    """A start-up to be created below its home incubator; it is not published yet."""

    slug: Slug = Field(description="Short name for addresses: small letters, digits, hyphens.")
    name: Name = Field(description="Name of the start-up.")
    country: Country = Field(description="ISO 3166-1 alpha-2 code of its seat.")
    website: Website | None = Field(default=None, description="Address beginning with https://.")
    summary: list[TextInput] = Field(
        default=[], max_length=24, description="What it does, once per language, with English."
    )
    founded_on: Day | None = Field(default=None, description="Day of registration.")
    nace: Nace | None = Field(default=None, description="Class of NACE Rev. 2.1, such as 62.10.")
    trl: int | None = Field(
        default=None, ge=1, le=9, description="Technology readiness level, 1 to 9."
    )
    stage: StartupStage | None = Field(default=None, description="How far it has come.")
    registrations: list[RegistrationInput] = Field(
        default=[], max_length=20, description="Its numbers in registers."
    )


class StartupChanges(Form):
    """Changes of a start-up; what is left out stays."""

    name: Name | None = Field(default_factory=left_out, description="Name of the start-up.")
    website: Website | None = Field(
        default_factory=left_out, description="Address beginning with https://."
    )
    summary: list[TextInput] | None = Field(
        default_factory=left_out,
        max_length=24,
        description="All texts; they replace the ones there are.",
    )
    founded_on: Day | None = Field(default_factory=left_out, description="Day of registration.")
    nace: Nace | None = Field(
        default_factory=left_out, description="Class of NACE Rev. 2.1, such as 62.10."
    )
    trl: int | None = Field(
        default_factory=left_out,
        ge=1,
        le=9,
        description="Technology readiness level, 1 to 9.",
    )
    stage: StartupStage | None = Field(default_factory=left_out, description="How far it has come.")
    registrations: list[RegistrationInput] | None = Field(
        default_factory=left_out,
        max_length=20,
        description="All its numbers in registers.",
    )


async def create_startup(
    core: Core, actor: Actor, new: NewStartup, *, home_id: UUID, demo: bool = False
) -> UUID:
    """Create an unpublished start-up; staff of its home incubator and administrators."""
    require_writer(actor)
    refuse_if(text_problems(new.summary, "summary"))
    values = {**new.model_dump(mode="json"), "summary": as_text(new.summary)}
    values |= {"founded_on": new.founded_on, "home_id": home_id, "published": False, "demo": demo}
    home = await visible(core.database.rows, actor, "incubators", home_id, "home")
    require(actor, "create_startup", home)
    return await insert_with_slug(core, "startups", new_row(core, values))


async def update_startup(
    core: Core,
    actor: Actor,
    startup_id: UUID,
    changes: StartupChanges,
    *,
    revision: int | None = None,
) -> UUID:
    """Change a start-up; its founders, staff of its home, administrators."""
    refuse_if(text_problems(changes.summary, "summary"))
    values = given(changes, nullable=("website", "founded_on", "nace", "trl", "stage"))
    if "summary" in values:
        values["summary"] = as_text(values["summary"])
    if "registrations" in values:
        values["registrations"] = [one.model_dump(mode="json") for one in values["registrations"]]
    return await _change(core, actor, "update_startup", startup_id, values, revision)


async def publish_startup(
    core: Core, actor: Actor, startup_id: UUID, *, published: bool, revision: int | None = None
) -> UUID:
    """Publish a start-up or take it back; its home must be published first."""
    values = {"published": published}
    return await _change(core, actor, "publish_startup", startup_id, values, revision)


async def _change(
    core: Core,
    actor: Actor,
    action: str,
    startup_id: UUID,
    values: Mapping[str, object],
    revision: int | None,
) -> UUID:
    require_writer(actor)

    async def work(transaction: Transaction) -> UUID:
        await transaction.lock("startups", startup_id)
        row = await visible(transaction, actor, "startups", startup_id, "id")
        require(actor, action, row)
        await require_revision(transaction, "startups", row, revision)
        if values.get("published"):
            home = await transaction.one("incubators", row["home_id"])
            if home is None or not home["published"]:
                raise Refused(
                    Problem(
                        code=Code.WRONG_STATE,
                        message="The home incubator is not published.",
                        path=("published",),
                        hint="Publish the incubator first.",
                    )
                )
        values_now = next_revision(core, row, values)
        await transaction.update("startups", startup_id, values_now, before=row)
        return startup_id

    return await core.database.transact(work)
