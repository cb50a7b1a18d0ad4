# ruff: noqa: S608 - the statements are made of constants, and of keys of ours
"""The record: who changed what, chained so that nobody can change it unseen; on both databases."""

import asyncio
from typing import Any
from uuid import UUID

import orjson
import pytest

from softlanding.actors import operator
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.api_keys import NewApiKey, create_api_key
from softlanding.services.audit import Head, heads, verify
from softlanding.services.password_resets import set_password
from softlanding.services.passwords import hashed
from softlanding.storage.database import Transaction
from softlanding.storage.faults import IntegrityError
from softlanding.storage.record import Acting
from softlanding.storage.tables import Row
from softlanding.testing.house import House

RENAME = """mutation($input: UpdateIncubatorInput!) {
  updateIncubator(input: $input) { problems { code } } }"""


async def key_of(house: House, slug: str) -> UUID:
    row = await house.core.database.rows.by_slug("incubators", slug)
    assert row is not None
    return UUID(str(row["id"]))


async def entries(house: House) -> list[Row]:
    return await house.core.database.rows.select("record_entries", EVERYTHING, order=("id",))


async def changes_of(house: House, entry: Row) -> list[Any]:
    """Return what an entry changed, as table, before and after."""
    found = await house.core.database.rows.select(
        "record_changes", Equals("entry_id", entry["id"]), order=("position",)
    )
    return [
        (
            one["table_name"],
            *(one[side] and orjson.loads(one[side]) for side in ("before", "after")),
        )
        for one in found
    ]


async def rename(house: House, token: str, name: str) -> Any:
    """Rename GTEC as somebody; returns the problems."""
    found = await house.data('{ incubator(slug: "gtec") { id } }')
    given = {"id": found["incubator"]["id"], "name": name}
    answer = await house.http.post(
        "/graphql",
        json={"query": RENAME, "variables": {"input": given}},
        headers={"authorization": f"Bearer {token}", "x-request-id": "request-17"},
    )
    return answer.json()["data"]["updateIncubator"]["problems"]


async def test_a_change_is_recorded_with_who_what_when_before_and_after(seeded: House) -> None:
    token = await seeded.person("Stan Staff", staff_of=["gtec"])
    (stan,) = await seeded.core.database.rows.select("persons", Equals("name", "Stan Staff"))
    before = await entries(seeded)
    assert await rename(seeded, token, "GTEC Berlin") == []
    (entry,) = (await entries(seeded))[len(before) :]
    gtec = await key_of(seeded, "gtec")
    told = ("chain_id", "kind", "name", "action", "person_id", "key_id", "request_id")
    assert {name: entry[name] for name in told} == {
        "chain_id": gtec,
        "kind": "PERSON",
        "name": "",
        "action": "update_incubator",
        "person_id": stan["id"],
        "key_id": None,
        "request_id": "request-17",
    }
    assert entry["at"].date() == seeded.core.clock.today()
    ((table, old, new),) = await changes_of(seeded, entry)
    assert (table, old["revision"], new["revision"]) == ("incubators", 2, 3)
    assert {name: (old[name], new[name]) for name in new if old[name] != new[name]} == {
        "name": ("GTEC", "GTEC Berlin"),
        "revision": (2, 3),
    }


async def test_keys_visitors_and_the_product_itself_are_told_apart(seeded: House) -> None:
    before = len(await entries(seeded))
    new = NewApiKey(label="site", mutations=["updateIncubator"], drafts=True)
    gtec = await key_of(seeded, "gtec")
    secret, key = await create_api_key(seeded.core, operator("test"), new, incubator_id=gtec)
    assert await rename(seeded, secret, "GTEC by key") == []
    await seeded.person("Fay Founder", founder_of=["polderlens"])
    (fay,) = await seeded.core.database.rows.select("persons", Equals("name", "Fay Founder"))
    await set_password(seeded.core, fay["id"], await hashed("seven small boats at noon"))
    signing_in = {"email": fay["email"], "password": "seven small boats at noon"}
    answer = await seeded.http.post("/sign-in", data=signing_in, headers={"origin": "http://house"})
    assert answer.status_code == 303
    duty = Acting(kind="SYSTEM", name="duties", action="refresh_stays")
    await create_api_key(seeded.core.acting(duty), operator("test"), new, incubator_id=gtec)
    told = [(one["kind"], one["name"], one["action"]) for one in (await entries(seeded))[before:]]
    assert told == [
        ("SYSTEM", "softlanding", ""),
        ("KEY", "", "update_incubator"),
        ("SYSTEM", "softlanding", ""),
        ("SYSTEM", "softlanding", ""),
        ("SYSTEM", "softlanding", ""),
        ("VISITOR", "", "sign-in pages"),
        ("SYSTEM", "duties", "refresh_stays"),
    ]
    assert [one["key_id"] for one in await entries(seeded) if one["kind"] == "KEY"] == [key]


async def test_no_secret_is_on_the_record(seeded: House) -> None:
    await seeded.person("Stan Staff", staff_of=["gtec"])
    rows = seeded.core.database.rows
    (stan,) = await rows.select("persons", Equals("name", "Stan Staff"))
    await set_password(seeded.core, stan["id"], await hashed("seven small boats at noon"))
    (stan,) = await rows.select("persons", Equals("name", "Stan Staff"))
    stored = str(await rows.select("record_changes", EVERYTHING))
    hashes = [one["hash"] for one in await rows.select("tokens", EVERYTHING)]
    assert [secret for secret in (*hashes, stan["password_hash"]) if secret in stored] == []


async def test_what_is_refused_or_changes_nothing_is_not_recorded(seeded: House) -> None:
    token = await seeded.person("Olga Other", staff_of=["imt-starter"])
    before = await entries(seeded)
    assert await rename(seeded, token, "Not mine") == [{"code": "FORBIDDEN"}]

    async def nothing(transaction: Transaction) -> None:
        gtec = await transaction.by_slug("incubators", "gtec")
        assert gtec is not None
        await transaction.update("incubators", gtec["id"], {"name": gtec["name"]})

    await seeded.core.database.transact(nothing)
    assert await entries(seeded) == before


async def test_a_row_that_is_changed_twice_is_one_change(seeded: House) -> None:
    gtec = await key_of(seeded, "gtec")

    async def twice(transaction: Transaction) -> None:
        row = await transaction.lock("incubators", gtec)
        await transaction.update("incubators", gtec, {"name": "A"}, before=row)
        await transaction.update("incubators", gtec, {"city": "B"}, before=row)

    await seeded.core.database.transact(twice)
    ((_, old, new),) = await changes_of(seeded, (await entries(seeded))[-1])
    assert {name: new[name] for name in new if new[name] != old[name]} == {"name": "A", "city": "B"}


async def test_units_of_work_at_one_time_make_one_chain(seeded: House) -> None:
    token = await seeded.person("Stan Staff", staff_of=["gtec"])
    await asyncio.gather(*(rename(seeded, token, f"GTEC {number}") for number in range(12)))
    gtec = await key_of(seeded, "gtec")
    chain = [one for one in await entries(seeded) if one["chain_id"] == gtec]
    assert sorted(one["number"] for one in chain) == list(range(1, len(chain) + 1))
    assert (await verify(seeded.core)).faults == ()


async def run(house: House, *statements: str) -> None:
    async def work(transaction: Transaction) -> None:
        for statement in statements:
            await transaction.fetch(statement, [])

    await house.core.database.transact(work)


async def test_the_databases_refuse_to_change_or_delete_what_is_recorded(seeded: House) -> None:
    before = await entries(seeded)
    for statement in (
        "UPDATE record_entries SET action = 'nothing'",
        "DELETE FROM record_entries",
        "UPDATE record_changes SET after = 'nothing'",
        "UPDATE record_changes SET before = NULL, after = NULL, salt = NULL",
        "DELETE FROM record_changes",
    ):
        with pytest.raises(IntegrityError):
            await run(seeded, statement)
    assert await entries(seeded) == before
    assert (await verify(seeded.core)).faults == ()


ERASE = (
    "UPDATE record_changes SET before = NULL, after = NULL, salt = NULL,"
    " erased_at = CURRENT_TIMESTAMP WHERE table_name = 'persons'"
)


async def test_what_is_erased_leaves_the_chain_whole(seeded: House) -> None:
    await run(seeded, ERASE)
    people = await seeded.core.database.rows.select("persons", EVERYTHING)
    found = await verify(seeded.core)
    assert (found.faults, found.erased) == ((), len(people))
    stored = str(await seeded.core.database.rows.select("record_changes", EVERYTHING))
    assert [one["email"] for one in people if one["email"] in stored] == []


async def forge(house: House, *statements: str) -> None:
    """Change the record as whoever owns the database can, who can take the triggers away."""
    triggers = {
        "sqlite": [
            f"DROP TRIGGER record_{name}"
            for name in ("entries_stay", "entries_remain", "changes_stay", "changes_remain")
        ],
        "postgresql": [
            f"ALTER TABLE record_{name} DISABLE TRIGGER USER" for name in ("entries", "changes")
        ],
    }
    await run(house, *triggers[house.core.database.dialect], *statements)


GTEC = "(SELECT id FROM incubators WHERE slug = 'gtec')"
THIRD = f"chain_id = {GTEC} AND number = 3"
ITS_CHANGES = f"entry_id IN (SELECT id FROM record_entries WHERE {THIRD})"
MOVE = f"UPDATE record_entries SET number = %s WHERE chain_id = {GTEC} AND number = %s"


@pytest.mark.parametrize(
    ("statements", "faults"),
    [
        (
            [f"UPDATE record_entries SET action = 'nothing' WHERE {THIRD}"],
            ["gtec, entry 3: it does not follow the one before it as it stands."],
        ),
        (
            [f"DELETE FROM record_changes WHERE {ITS_CHANGES}"],
            ["gtec, entry 3: its changes are not those that were recorded."],
        ),
        (
            [
                f"DELETE FROM record_changes WHERE {ITS_CHANGES}",
                f"DELETE FROM record_entries WHERE {THIRD}",
            ],
            ["gtec: entry 3 is missing before 4."],
        ),
        (
            [MOVE % (1000, 3), MOVE % (3, 4), MOVE % (4, 1000)],
            [
                f"gtec, entry {number}: it does not follow the one before it as it stands."
                for number in (3, 4, 5)
            ],
        ),
        (
            [f"UPDATE record_chains SET length = length - 1 WHERE id = {GTEC}"],
            ["gtec: its end is not entry {last}; entries may be missing."],
        ),
        (
            [f"DELETE FROM record_chains WHERE id = {GTEC}"],
            ["gtec: its end is not entry {last}; entries may be missing."],
        ),
    ],
    ids=["changed", "change deleted", "deleted", "swapped", "shortened", "chain deleted"],
)
async def test_what_was_forged_is_found(
    seeded: House, statements: list[str], faults: list[str]
) -> None:
    gtec = await key_of(seeded, "gtec")
    last = sum(one["chain_id"] == gtec for one in await entries(seeded))
    await forge(seeded, *statements)
    told = tuple(fault.format(last=last) for fault in faults)
    assert (await verify(seeded.core)).faults == told


async def test_a_changed_change_is_found_and_named(seeded: House) -> None:
    gtec = await key_of(seeded, "gtec")
    (first, *_) = [one for one in await entries(seeded) if one["chain_id"] == gtec]
    await forge(
        seeded,
        "UPDATE record_changes SET after = replace(after, 'GTEC', 'GTAC')"
        f" WHERE entry_id = '{first['id']}'",
    )
    found = await verify(seeded.core)
    assert found.faults == (
        f"gtec, entry 1: the change of incubators {gtec} is not what was recorded.",
    )


async def test_a_chain_that_was_written_anew_is_found_by_a_head_that_was_kept(
    seeded: House,
) -> None:
    kept = [Head.of(str(one)) for one in await heads(seeded.core)]
    assert (await verify(seeded.core, kept)).faults == ()
    await rename(seeded, await seeded.person("Stan Staff", staff_of=["gtec"]), "GTEC Berlin")
    assert (await verify(seeded.core, kept)).faults == ()
    gtec = await key_of(seeded, "gtec")
    (head,) = [one for one in kept if one.chain == gtec]
    forged = Head(gtec, head.number, "0" * 64)
    later = Head(gtec, head.number + 10, "0" * 64)
    assert (await verify(seeded.core, [forged, later])).faults == (
        f"gtec, entry {head.number}: its hash is not the one that was kept.",
        f"gtec: entry {head.number + 10}, whose hash was kept, is missing.",
    )
