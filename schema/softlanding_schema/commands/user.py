"""`softlanding user`: people."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from softlanding.domain.emails import known_as
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.core import Core
from softlanding.services.password_resets import FIRST_HOLDS, reset_link, set_password
from softlanding.services.passwords import hashed
from softlanding.services.people import NewPerson, add_person, set_offices
from softlanding.settings import BadSettings, read_settings
from softlanding_schema.commands.opening import fault_of, with_core

app = typer.Typer(help="People.", no_args_is_help=True)
Slugs = list[str] | None


@app.command("create")
def create(
    name: Annotated[str, typer.Option(help="Name of the person.")],
    email: Annotated[str, typer.Option(help="E-mail address, by which the person is known.")],
    admin: Annotated[bool, typer.Option(help="A network administrator.")] = False,
    auditor: Annotated[bool, typer.Option(help="An auditor, who reads all.")] = False,
    founder_of: Annotated[Slugs, typer.Option(help="Slug of a start-up.")] = None,
    staff_of: Annotated[Slugs, typer.Option(help="Slug of an incubator.")] = None,
    manager_of: Annotated[Slugs, typer.Option(help="Slug of an incubator.")] = None,
    reviewer_of: Annotated[Slugs, typer.Option(help="Slug of an incubator.")] = None,
    password_file: Annotated[
        Path | None, typer.Option(help="A file that holds the password; else a link is printed.")
    ] = None,
) -> None:
    """Add a person, and print the link by which they choose a password."""
    try:
        new = NewPerson(name=name, email=email, is_admin=admin, is_auditor=auditor)
    except ValidationError as error:
        raise BadSettings(f"--{fault_of(error)}") from None
    password = _read(password_file)

    async def work(core: Core) -> str:
        stored = await hashed(password, known=(name, email)) if password is not None else None
        person_id = await add_person(
            core,
            new,
            founder_of=[await _key(core, "startups", slug) for slug in founder_of or ()],
            staff_of=[await _key(core, "incubators", slug) for slug in staff_of or ()],
            manager_of=[await _key(core, "incubators", slug) for slug in manager_of or ()],
            reviewer_of=[await _key(core, "incubators", slug) for slug in reviewer_of or ()],
        )
        if stored is not None:
            await set_password(core, person_id, stored)
            return f"{new.email} can sign in"
        secret = await reset_link(core, person_id, holds=FIRST_HOLDS)
        return f"{_address()}/password/new?link={secret}"

    print(with_core("user create", work))


def _read(file: Path | None) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise BadSettings(f"--password-file: {file} cannot be read as a text.") from None


def _address() -> str:
    settings = read_settings()
    return settings.public_url or f"http://{settings.host}:{settings.port}"


async def _key(core: Core, table: str, slug: str) -> UUID:
    row = await core.database.rows.by_slug(table, slug)
    if row is None:
        raise BadSettings(f"There is no {slug} in {table}.")
    return UUID(str(row["id"]))


@app.command("link")
def link(email: Annotated[str, typer.Argument(help="E-mail address of the person.")]) -> None:
    """Print a link by which a person chooses a password, for somebody who lost theirs."""

    async def work(core: Core) -> str:
        person = await _person(core, email)
        secret = await reset_link(core, person, holds=FIRST_HOLDS)
        return f"{_address()}/password/new?link={secret}"

    print(with_core("user link", work))


@app.command("office")
def office(
    email: Annotated[str, typer.Argument(help="E-mail address of the person.")],
    admin: Annotated[bool | None, typer.Option(help="A network administrator.")] = None,
    auditor: Annotated[bool | None, typer.Option(help="An auditor, who reads all.")] = None,
) -> None:
    """Give somebody an office of the network, or take it away."""

    async def work(core: Core) -> None:
        await set_offices(core, await _person(core, email), is_admin=admin, is_auditor=auditor)

    with_core("user office", work)


async def _person(core: Core, email: str) -> UUID:
    found = await core.database.rows.select("persons", Equals("email", known_as(email)))
    if not found:
        raise BadSettings(f"There is no person {email}.")
    return UUID(str(found[0]["id"]))


@app.command("list")
def list_people() -> None:
    """List the people, and what they are."""

    async def work(core: Core) -> list[str]:
        rows = core.database.rows
        slugs = {
            row["id"]: row["slug"]
            for table in ("startups", "incubators")
            for row in await rows.select(table, EVERYTHING)
        }
        told: dict[UUID, list[str]] = {}
        for one in await rows.select("memberships", EVERYTHING, order=("id",)):
            place = slugs[one["startup_id"] or one["incubator_id"]]
            told.setdefault(one["person_id"], []).append(f"{one['role'].lower()} of {place}")
        people = await rows.select("persons", EVERYTHING, order=("email",))
        return [
            "  ".join(
                [
                    person["email"],
                    person["name"],
                    *(["administrator"] if person["is_admin"] else []),
                    *(["auditor"] if person["is_auditor"] else []),
                    *told.get(person["id"], []),
                ]
            )
            for person in people
        ]

    for line in with_core("user list", work):
        print(line)
