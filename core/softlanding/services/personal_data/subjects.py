"""Whose data is asked for: people by their address, start-ups by their slug."""

from collections.abc import Iterable

import orjson

from softlanding.contract.personal_data import DataSubject
from softlanding.domain.characters import normalised
from softlanding.domain.emails import known_as
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Equals
from softlanding.storage.database import Rows
from softlanding.storage.tables import Row


async def person_of(rows: Rows, email: str, *, names: Iterable[str] = ()) -> DataSubject:
    """Return the person of an address, who may only have been invited, or named by others.

    They are known by the names and addresses of their account, their invitations and the record,
    and by `names` besides. Without names, refuses an address that nobody has.
    """
    address = known_as(email)
    found = await rows.select("persons", Equals("email", address))
    invited = await rows.select("invitations", Equals("email", address))
    names = [normalised(name) for name in names]
    if not (found or invited or names):
        raise Refused(
            Problem(
                code=Code.NOT_FOUND,
                message="There is no person with this e-mail address.",
                path=("email",),
                hint="`softlanding user list` shows the addresses there are; give the name of"
                " somebody without an account, such as a traveller.",
            )
        )
    earlier = await _earlier(rows, found[0]) if found else []
    accounts = [*found, *invited, *earlier]
    return DataSubject(
        kind="PERSON",
        id=found[0]["id"] if found else None,
        names=tuple(dict.fromkeys([*(one["name"] for one in accounts), *names])),
        emails=tuple(dict.fromkeys([address, *(one["email"] for one in accounts)])),
    )


async def _earlier(rows: Rows, person: Row) -> list[Row]:
    """Return the account as it was before."""
    changes = await rows.select(
        "record_changes", AllOf((Equals("table_name", "persons"), Equals("row_id", person["id"])))
    )
    sides = [one[side] for one in changes for side in ("before", "after")]
    return [orjson.loads(side) for side in sides if side]


async def startup_of(rows: Rows, slug: str) -> DataSubject:
    """Return the start-up of a slug; refuses one that there is not."""
    found = await rows.by_slug("startups", slug)
    if found is None:
        raise Refused(
            Problem(
                code=Code.NOT_FOUND,
                message=f"There is no start-up {slug}.",
                path=("slug",),
                hint="The slug is the last part of its address: `{ startups { nodes { slug } } }`.",
            )
        )
    return DataSubject(kind="STARTUP", id=found["id"], names=(found["name"], found["slug"]))
