"""People and incubators are told what waits for them, in their language; on both databases."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from softlanding import Addressee, Channel, Message, PluginContext, hookimpl
from softlanding.domain.vocabulary import Notifications
from softlanding.host.discovery import Candidate, find
from softlanding.host.registry import build
from softlanding.predicates import Equals
from softlanding.services.authentication import actor_of
from softlanding.services.dead_letters import letters
from softlanding.services.duties import DUTIES
from softlanding.services.notices.digests import DigestsFailed
from softlanding.services.notices.subscriber import subscriber
from softlanding.services.outbox import Outbox
from softlanding.services.preferences import Preferences, update_viewer
from softlanding.services.tokens import create_token
from softlanding.storage.database import Transaction
from softlanding.testing.house import House, open_house
from tests.conftest import PLUGINS

ALEX, MARA = "alex@gtec.example.org", "mara@gtec.example.org"
GABIJA = "gabija@gintaras.example.org"
IDS = """{ startup(slug: "gintaras-laser-lab") { id } incubator(slug: "gtec") { id } }"""
APPLY = """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
  stay { id } problems { code message } } }"""
MOVE = """mutation($id: ID!) { %s(input: {id: $id}) { problems { code message } } }"""
PREFER = """mutation($input: UpdateViewerInput!) { updateViewer(input: $input) {
  viewer { locale notifications } problems { code path } } }"""


class Post:
    """Keeps what is sent, by addressee, and refuses as often as it is asked to."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.refusals = 0

    async def send(self, message: Message) -> None:
        if self.refusals:
            self.refusals -= 1
            raise ConnectionError("the post office is closed")
        self.sent.append(message)

    def to(self, address: str) -> list[tuple[str, str]]:
        """Return what somebody was sent: subjects and texts."""
        return [(one.subject, one.text) for one in self.sent if one.to.address == address]


class Town:
    """A stay of a Lithuanian start-up at a German host, the people of its sides, and the post."""

    def __init__(self, house: House, post: Post) -> None:
        self.house = house
        self.core = house.core
        self.post = post
        self.outbox = Outbox(house.core, [subscriber(house.core)])
        self.tokens: dict[str, str] = {}
        self.stay = ""
        house.core.console = post

    async def prefer(self, email: str, notifications: Notifications) -> None:
        (row,) = await self.core.database.rows.select("persons", Equals("email", email))
        actor = await actor_of(self.core, row["id"])
        await update_viewer(self.core, actor, Preferences(notifications=notifications))

    async def ask(self, email: str, mutation: str, variables: Mapping[str, Any]) -> Any:
        token = await create_token(self.core, label="test", email=email)
        (answer,) = (await self.house.data(mutation, variables, token=token)).values()
        assert answer["problems"] == []
        return answer

    async def apply(self) -> None:
        found = await self.house.data(IDS)
        given = {
            "startup": found["startup"]["id"],
            "host": found["incubator"]["id"],
            "arrival": "2027-05-03",
            "departure": "2027-06-01",
            "travellers": [{"name": "Gabija Gintarė", "nationalities": ["LT"]}],
            "goals": ["Find a pilot"],
            "motivation": "To learn.",
        }
        self.stay = (await self.ask(GABIJA, APPLY, {"input": given}))["stay"]["id"]
        await self.told()

    async def move(self, mutation: str, email: str) -> list[Message]:
        """Move the stay, let everybody be told, and return what they were."""
        before = len(self.post.sent)
        await self.ask(email, MOVE % mutation, {"id": self.stay})
        await self.told()
        return self.post.sent[before:]

    async def told(self) -> None:
        await self.outbox.settle()


@pytest.fixture
async def town(seeded: House) -> Town:
    """The town before the application."""
    await Outbox(seeded.core).settle()
    town = Town(seeded, Post())
    await town.apply()
    return town


async def test_an_application_is_told_to_home_and_host_in_their_languages(town: Town) -> None:
    assert town.post.sent == []
    sent = await town.move("submitStay", GABIJA)
    address = town.core.public_url
    german = (
        "Gintaras Laser Lab bei GTEC",
        "Gintaras Laser Lab hat sich um einen Aufenthalt bei GTEC vom 2027-05-03 bis 2027-06-01"
        " beworben.\n\n- Die Bewerbung wartet auf die Prüfung.\n\n" + address,
    )
    lithuanian = (
        "Gintaras Laser Lab pas GTEC",
        "Gintaras Laser Lab pateikė paraišką viešnagei pas GTEC nuo 2027-05-03 iki 2027-06-01."
        "\n\n" + address,
    )
    assert {one.to.address: (one.subject, one.text) for one in sent} == {
        "alex@gtec.example.org": german,
        "mara@gtec.example.org": german,
        "jonas@startup-division.example.org": lithuanian,
        "ruta@startup-division.example.org": lithuanian,
    }
    assert len({one.id for one in sent}) == 4


async def test_what_merely_waits_is_told_at_once_to_those_who_want_it_so(town: Town) -> None:
    await town.move("submitStay", GABIJA)
    await town.prefer(MARA, Notifications.AT_ONCE)
    (sent,) = await town.move("reviewStay", ALEX)
    assert (sent.to.address, [item.text for item in sent.items]) == (
        MARA,
        ["Die Bewerbung wartet auf Zusage oder Absage."],
    )


async def test_who_wants_to_be_told_nothing_is_told_nothing(town: Town) -> None:
    await town.prefer(MARA, Notifications.NEVER)
    sent = await town.move("submitStay", GABIJA)
    assert MARA not in {one.to.address for one in sent}
    await DUTIES["send_digests"](town.core)
    assert town.post.to(MARA) == []


async def test_steps_are_told_to_those_they_wait_for(town: Town) -> None:
    await town.prefer(GABIJA, Notifications.AT_ONCE)
    for mutation, email in (("submitStay", GABIJA), ("reviewStay", ALEX), ("acceptStay", ALEX)):
        sent = await town.move(mutation, email)
    (accepted,) = [one for one in sent if one.to.address == GABIJA]
    assert accepted.paragraphs == (
        "GTEC priėmė Gintaras Laser Lab viešnagę nuo 2027-05-03 iki 2027-06-01.",
    )
    listed = [item.text for item in accepted.items]
    assert "Tikslai ir poreikiai: reikia atsakyti." in listed
    assert [text for text in listed if "darbo vieta" in text.lower()] == []


async def test_a_digest_tells_once_a_day_what_waits(town: Town) -> None:
    core, post = town.core, town.post
    await town.move("submitStay", GABIJA)
    post.sent.clear()
    assert await DUTIES["send_digests"](core) > 0
    (subject, text) = post.to(ALEX)[0]
    assert subject == "Was bei Soft Landing auf Sie wartet"
    assert text.startswith("Am 2026-11-22 wartet dies auf Sie:\n\n- ")
    assert "- Gintaras Laser Lab bei GTEC: Die Bewerbung wartet auf die Prüfung." in text
    assert len(post.to(ALEX)) == 1
    assert await DUTIES["send_digests"](core) == 0
    town.house.clock.move_to(core.clock.today() + timedelta(days=1))
    assert await DUTIES["send_digests"](core) > 0
    assert len(post.to(ALEX)) == 2


async def test_a_digest_that_could_not_be_sent_is_sent_the_next_time(town: Town) -> None:
    await town.move("submitStay", GABIJA)
    town.post.sent.clear()
    town.post.refusals = 2
    with pytest.raises(DigestsFailed, match="2 digests were not sent"):
        await DUTIES["send_digests"](town.core)
    reached = [one.to.address for one in town.post.sent]
    assert await DUTIES["send_digests"](town.core) == 2
    again = [one.to.address for one in town.post.sent[len(reached) :]]
    assert set(again).isdisjoint(reached)


async def test_what_cannot_be_sent_is_tried_again_by_the_outbox(town: Town) -> None:
    town.post.refusals = 1
    sent = await town.move("submitStay", GABIJA)
    assert len(sent) == 3
    (waiting,) = await letters(town.core.database.rows)
    assert (waiting.subscriber, waiting.error) == (
        "softlanding.notices",
        "ConnectionError: the post office is closed",
    )


async def test_whoever_may_no_longer_see_the_stay_is_not_told(town: Town) -> None:
    rows = town.core.database.rows
    town.post.refusals = 4
    assert await town.move("submitStay", GABIJA) == []
    (mara,) = await rows.select("persons", Equals("email", MARA))

    async def work(transaction: Transaction) -> None:
        await transaction.delete("memberships", Equals("person_id", mara["id"]))

    await town.core.database.transact(work)
    later = datetime.now(UTC) + timedelta(seconds=10)
    await Outbox(town.core, [subscriber(town.core)], now=lambda: later).settle()
    assert sorted(one.to.address for one in town.post.sent) == [
        ALEX,
        "jonas@startup-division.example.org",
        "ruta@startup-division.example.org",
    ]


async def test_an_incubator_is_told_where_a_channel_reaches_it(
    seeded_url: str,
) -> None:
    posted: list[Message] = []

    def reaches(addressee: Addressee, ctx: PluginContext) -> bool:
        return addressee == Addressee(kind="INCUBATOR", address="gtec", name="GTEC", locale="de")

    def fails(addressee: Addressee, ctx: PluginContext) -> bool:
        raise ValueError("no settings")

    async def send(message: Message, ctx: PluginContext) -> None:
        posted.append(message)

    @hookimpl
    def channels() -> list[Channel]:
        return [
            Channel(key="pager.broken", reaches=fails, send=send),
            Channel(key="pager", reaches=reaches, send=send),
        ]

    module = ModuleType("pager")
    vars(module)["channels"] = channels
    registry = build([*find(PLUGINS), Candidate.of_module("pager", module)])
    async with open_house(database_url=seeded_url, registry=registry, migrated=True) as house:
        await Outbox(house.core).settle()
        town = Town(house, Post())
        await town.apply()
        await town.move("submitStay", GABIJA)
        await town.move("reviewStay", ALEX)
    assert [(one.subject, [item.text for item in one.items]) for one in posted] == [
        ("Gintaras Laser Lab bei GTEC", ["Die Bewerbung wartet auf die Prüfung."]),
        ("Gintaras Laser Lab bei GTEC", ["Die Bewerbung wartet auf Zusage oder Absage."]),
    ]


async def test_people_choose_their_language_and_when_they_are_told(town: Town) -> None:
    token = await create_token(town.core, label="test", email=MARA)
    viewer = "{ viewer { locale notifications } }"
    assert await town.house.data(viewer, token=token) == {
        "viewer": {"locale": None, "notifications": "DAILY"}
    }
    chosen = {"locale": "fr-BE", "notifications": "AT_ONCE"}
    answer = await town.house.data(PREFER, {"input": chosen}, token=token)
    assert answer["updateViewer"] == {"viewer": chosen, "problems": []}
    wrong = await town.house.data(PREFER, {"input": {"locale": "xx-not"}}, token=token)
    assert wrong["updateViewer"]["problems"] == [{"code": "INVALID", "path": ["locale"]}]
    empty = await town.house.data(PREFER, {"input": {"notifications": None}}, token=token)
    assert empty["updateViewer"]["problems"] == [{"code": "INVALID", "path": ["notifications"]}]
    await town.move("submitStay", GABIJA)
    ((subject, _),) = town.post.to(MARA)
    assert subject == "Gintaras Laser Lab chez GTEC"
    tried = {"notifications": "NEVER", "dryRun": True}
    assert (await town.house.data(PREFER, {"input": tried}, token=token))["updateViewer"] == {
        "viewer": None,
        "problems": [],
    }
    assert (await town.house.data(viewer, token=token))["viewer"] == chosen


async def test_what_is_only_tried_tells_nobody(town: Town) -> None:
    token = await create_token(town.core, label="test", email=GABIJA)
    tried = await town.house.data(
        "mutation($id: ID!) { submitStay(input: {id: $id, dryRun: true}) { problems { code } } }",
        {"id": town.stay},
        token=token,
    )
    assert tried == {"submitStay": {"problems": []}}
    await town.told()
    assert town.post.sent == []
