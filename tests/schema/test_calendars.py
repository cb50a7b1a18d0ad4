"""A stay's plan as a calendar, at an address that only its holder knows and can revoke."""

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from softlanding.predicates import Equals, OneOf
from softlanding.storage.database import Transaction
from softlanding.testing.house import House

CREATE = """mutation($stay: ID!) { createCalendarAddress(input: {stay: $stay, label: "Phone"}) {
  path calendarAddress { id label revokedAt } problems { code message } } }"""
REVOKE = """mutation($id: ID!) { revokeCalendarAddress(input: {id: $id}) {
  path calendarAddress { label } stay { calendarAddresses { label revokedAt } }
  problems { code message } } }"""


@pytest.fixture
async def stay(seeded: House, admin: str) -> str:
    """The global id of stay 1, at IMT Starter."""
    query = '{ startup(slug: "gintaras-laser-lab") { stays { nodes { id } } } }'
    data = await seeded.data(query, token=admin)
    return str(data["startup"]["stays"]["nodes"][0]["id"])


async def created(house: House, token: str, stay: str) -> dict[str, Any]:
    data = await house.data(CREATE, {"stay": stay}, token=token)
    found: dict[str, Any] = data["createCalendarAddress"]
    return found


def events(text: str) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(text)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


async def test_the_address_answers_the_plan_with_due_days_and_the_stay(
    seeded: House, admin: str, stay: str
) -> None:
    address = await created(seeded, admin, stay)
    assert address["calendarAddress"]["label"] == "Phone"
    answer = await seeded.http.get(address["path"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=300"
    found = {str(event["summary"]): event for event in events(answer.text).values()}
    title = "Gintaras Laser Lab → IMT Starter"
    visit = found[title]
    assert (visit["dtstart"].dt, visit["dtend"].dt) == (date(2027, 3, 1), date(2027, 3, 31))
    lab = found[f"Restricted zone (ZRR) ({title})"]
    assert lab["dtstart"].dt == date(2026, 12, 1)
    assert lab["dtend"].dt - lab["dtstart"].dt == timedelta(days=1)
    french = await seeded.http.get(f"{address['path']}&locale=fr")
    assert f"Zone à régime restrictif (ZRR) ({title})" in {
        str(event["summary"]) for event in events(french.text).values()
    }


async def test_a_moved_step_keeps_its_uid_and_raises_its_sequence(
    seeded: House, admin: str, stay: str
) -> None:
    address = await created(seeded, admin, stay)
    before = events((await seeded.http.get(address["path"])).text)
    update = """mutation($id: ID!) { updateStay(input: {id: $id, arrival: "2027-03-08",
      departure: "2027-04-05"}) { problems { message } } }"""
    assert await seeded.data(update, {"id": stay}, token=admin) == {"updateStay": {"problems": []}}
    after = events((await seeded.http.get(address["path"])).text)
    assert before.keys() == after.keys()
    for uid, event in after.items():
        assert event["dtstart"].dt != before[uid]["dtstart"].dt
        assert event["sequence"] > before[uid]["sequence"]


async def test_an_unchanged_plan_is_not_sent_twice(seeded: House, admin: str, stay: str) -> None:
    path = (await created(seeded, admin, stay))["path"]
    first = await seeded.http.get(path)
    again = await seeded.http.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_a_revoked_address_answers_no_longer(seeded: House, admin: str, stay: str) -> None:
    address = await created(seeded, admin, stay)
    revoked = await seeded.data(REVOKE, {"id": address["calendarAddress"]["id"]}, token=admin)
    (listed,) = revoked["revokeCalendarAddress"]["stay"]["calendarAddresses"]
    assert (listed["label"], listed["revokedAt"] is not None) == ("Phone", True)
    gone = await seeded.http.get(address["path"])
    assert gone.status_code == 404
    assert gone.json()["errors"][0]["message"] == (
        "There is no calendar at this address, or it was revoked."
    )


async def test_strangers_find_nothing_and_cannot_make_or_revoke_an_address(
    seeded: House, admin: str, stay: str
) -> None:
    address = await created(seeded, admin, stay)
    path = address["path"].partition("?")[0]
    for wrong in (path, f"{path}?key=x", "/stays/nonsense/onboarding.ics?key=x"):
        assert (await seeded.http.get(wrong)).status_code == 404
    host = await seeded.person("Hilde Host", staff_of=["gtec"])
    refused = await created(seeded, host, stay)
    assert [problem["code"] for problem in refused["problems"]] == ["NOT_FOUND"]
    kept = await seeded.data(REVOKE, {"id": address["calendarAddress"]["id"]}, token=host)
    problems = kept["revokeCalendarAddress"]["problems"]
    assert [problem["code"] for problem in problems] == ["NOT_FOUND"]
    assert (await seeded.http.get(address["path"])).status_code == 200


async def test_an_address_shows_nothing_once_its_maker_is_no_party_any_more(
    seeded: House, stay: str
) -> None:
    founder = await seeded.person("Gabija Demo", founder_of=["gintaras-laser-lab"])
    path = (await created(seeded, founder, stay))["path"]
    assert (await seeded.http.get(path)).status_code == 200

    async def leave(transaction: Transaction) -> None:
        (person,) = await transaction.select("persons", Equals("email", "gabija.demo@example.org"))
        await transaction.delete("memberships", OneOf("person_id", (person["id"],)))

    await seeded.core.database.transact(leave)
    assert (await seeded.http.get(path)).status_code == 404


async def test_the_same_calendar_is_a_field_for_the_parties(
    seeded: House, admin: str, stay: str
) -> None:
    query = "query($id: ID!) { stay(id: $id) { calendar } }"
    path = (await created(seeded, admin, stay))["path"]
    data = await seeded.data(query, {"id": stay}, token=admin)
    assert data["stay"]["calendar"] == (await seeded.http.get(path)).text
