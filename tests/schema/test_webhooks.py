"""Webhooks: websites are told of changes with the answer to a query of their own."""

import asyncio
import base64
import hashlib
import hmac
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from tests.npm.install import FOLDER, install

from softlanding.actors import operator
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.api_keys import NewApiKey, create_api_key, revoke_api_key
from softlanding.services.dead_letters import letters
from softlanding.services.incubators import IncubatorChanges, publish_incubator, update_incubator
from softlanding.services.outbox import Outbox
from softlanding.services.outgoing_http import OutgoingHTTP
from softlanding.services.webhooks.subscriber import subscriber
from softlanding.testing.house import House
from softlanding_schema.reads.global_ids import encode

ADMIN = operator("Ada Admin")
QUERY = """query Page($id: ID!) {
  node(id: $id) { ... on Incubator { name } } }"""
CREATE = """mutation($input: CreateWebhookInput!) { createWebhook(input: $input) {
  secret webhook { id address enabled events } problems { code path message } } }"""
SHOW = """{ incubator(slug: "gtec") { webhooks { id enabled disabledBecause revision
  attempts { id event status attempt error answer } } } }"""


class Receiver:
    """Somebody who is told, and what they answer next."""

    def __init__(self) -> None:
        self.address = ""
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[str] = []
        self.gone = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = [line.split(": ", 1) for line in head.split("\r\n")[1:] if line]
        headers = {name.lower(): value for name, value in lines}
        self.told.append((headers, await reader.readexactly(int(headers["content-length"]))))
        answer = self.answers.pop(0) if self.answers else "200 OK"
        if answer == "never":
            await self.gone.wait()
        elif answer == "drips":
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            await self._drip(writer)
        else:
            writer.write(f"HTTP/1.1 {answer}\r\nContent-Length: 2\r\n\r\nok".encode())
            await writer.drain()
        writer.close()

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while not self.gone.is_set():
                writer.write(b".")
                await writer.drain()
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.01):
                        await self.gone.wait()


class Desk:
    """A manager of GTEC, a key of GTEC, a receiver, and the outbox."""

    def __init__(self, house: House, receiver: Receiver, token: str) -> None:
        self.house = house
        self.core = house.core
        self.receiver = receiver
        self.token = token
        self.moment = datetime.now(UTC)
        self.key = ""
        self.secret = ""
        self.core.http = OutgoingHTTP(local=True)
        self.core.outgoing_local = True
        told = subscriber(self.core, patience=0.5)
        self.outbox = Outbox(self.core, [told], now=lambda: self.moment)

    async def make(self, **changes: Any) -> Any:
        given = {
            "apiKey": self.key,
            "label": "Website",
            "address": self.receiver.address,
            "query": QUERY,
            "events": ["incubator.*"],
            **changes,
        }
        answer = await self.house.data(CREATE, {"input": given}, token=self.token)
        self.secret = answer["createWebhook"]["secret"] or self.secret
        return answer["createWebhook"]

    async def shown(self) -> Any:
        found = await self.house.data(SHOW, token=self.token)
        return found["incubator"]["webhooks"]

    async def rename(self, name: str, slug: str = "gtec") -> None:
        row = await self.core.database.rows.by_slug("incubators", slug)
        assert row is not None
        await update_incubator(self.core, ADMIN, row["id"], IncubatorChanges(name=name))

    async def send(self, mutation: str, **given: Any) -> Any:
        (answer,) = (await self.house.data(mutation, {"input": given}, token=self.token)).values()
        return answer


@pytest.fixture
async def desk(seeded: House) -> AsyncIterator[Desk]:
    await Outbox(seeded.core).settle()
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    token = await seeded.person("Mia Manager", manager_of=["gtec"])
    desk = Desk(seeded, receiver, token)
    gtec = await seeded.core.database.rows.by_slug("incubators", "gtec")
    assert gtec is not None
    _, key = await create_api_key(
        seeded.core, ADMIN, NewApiKey(label="site"), incubator_id=gtec["id"]
    )
    desk.key = encode("ApiKey", key)
    async with server:
        yield desk
        receiver.gone.set()
        server.close()


def signed(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Verify a message as the specification of Standard Webhooks says."""
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return f"v1,{expected}" in headers["webhook-signature"].split(" ")


async def verified(secret: str, headers: dict[str, str], body: str) -> Any:
    """Return what the npm package of Standard Webhooks says of a message."""
    node = await asyncio.to_thread(install)
    process = await asyncio.create_subprocess_exec(
        node, "verify_webhook.js", secret, cwd=FOLDER, stdin=PIPE, stdout=PIPE
    )
    told, _ = await process.communicate(orjson.dumps({"headers": headers, "body": body}))
    return orjson.loads(told)


async def test_a_website_is_told_the_answer_to_its_query_signed(desk: Desk) -> None:
    made = await desk.make()
    assert made["problems"] == []
    assert made["secret"].startswith("whsec_")
    await desk.rename("GTEC Berlin")
    await desk.outbox.settle()
    ((headers, body),) = desk.receiver.told
    gtec = await desk.core.database.rows.by_slug("incubators", "gtec")
    (event,) = await desk.core.database.rows.select("events", Equals("name", "incubator.changed"))
    assert gtec is not None
    assert orjson.loads(body) == {
        "type": "incubator.changed",
        "timestamp": event["at"].isoformat(),
        "data": {
            "id": encode("Incubator", gtec["id"]),
            "type": "Incubator",
            "result": {"data": {"node": {"name": "GTEC Berlin"}}},
        },
    }
    assert headers["webhook-id"] == str(event["key"])
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert signed(desk.secret, headers, body)
    ((webhook),) = await desk.shown()
    assert webhook["attempts"] == [
        {
            "id": webhook["attempts"][0]["id"],
            "event": "incubator.changed",
            "status": 200,
            "attempt": 1,
            "error": "",
            "answer": "ok",
        }
    ]


async def test_what_is_not_taken_is_sent_again_by_the_schedule(desk: Desk) -> None:
    await desk.make()
    desk.receiver.answers = ["500 Error", "302 Found"]
    await desk.rename("GTEC Berlin")
    for _ in range(3):
        await desk.outbox.settle()
        desk.moment += timedelta(minutes=7)
    (webhook,) = await desk.shown()
    assert [(one["attempt"], one["status"], one["error"]) for one in webhook["attempts"]] == [
        (3, 200, ""),
        (2, 302, "the receiver answered 302"),
        (1, 500, "the receiver answered 500"),
    ]
    assert len({headers["webhook-id"] for headers, _ in desk.receiver.told}) == 1
    assert await letters(desk.core.database.rows) == []


async def test_a_receiver_that_never_answers_or_drips_is_asked_again(desk: Desk) -> None:
    await desk.make()
    desk.receiver.answers = ["never", "drips"]
    await desk.rename("GTEC Berlin")
    for _ in range(3):
        await desk.outbox.settle()
        desk.moment += timedelta(minutes=7)
    (webhook,) = await desk.shown()
    assert [(one["attempt"], one["status"], one["error"]) for one in webhook["attempts"]] == [
        (3, 200, ""),
        (2, None, "no whole answer within 0.5 s"),
        (1, None, "no whole answer within 0.5 s"),
    ]


async def test_the_package_of_standard_webhooks_verifies_what_is_sent(desk: Desk) -> None:
    made = await desk.make()
    await desk.rename("GTEC Berlin")
    await desk.outbox.settle()
    ((headers, body),) = desk.receiver.told
    assert await verified(made["secret"], headers, body.decode()) == {
        "verified": orjson.loads(body)
    }
    assert await verified(made["secret"], headers, body.decode() + " ") == {
        "refused": "No matching signature found"
    }
    late = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 301)}
    assert await verified(made["secret"], late, body.decode()) == {
        "refused": "Message timestamp too old"
    }


async def test_a_receiver_that_is_gone_is_switched_off(desk: Desk) -> None:
    await desk.make()
    desk.receiver.answers = ["410 Gone"]
    await desk.rename("GTEC Berlin")
    await desk.outbox.settle()
    await desk.rename("GTEC")
    await desk.outbox.settle()
    assert len(desk.receiver.told) == 1
    (webhook,) = await desk.shown()
    assert (webhook["enabled"], webhook["disabledBecause"], webhook["revision"]) == (
        False,
        "The receiver answered 410: it is gone for good.",
        2,
    )
    on = """mutation($input: UpdateWebhookInput!) { updateWebhook(input: $input) {
      webhook { enabled disabledBecause revision } problems { code } } }"""
    stale = await desk.send(on, id=webhook["id"], enabled=True, revision=1)
    assert stale["problems"] == [{"code": "CONFLICT"}]
    again = await desk.send(on, id=webhook["id"], enabled=True, revision=2)
    assert again == {
        "webhook": {"enabled": True, "disabledBecause": "", "revision": 3},
        "problems": [],
    }


async def test_a_key_that_has_ended_tells_nothing_more(desk: Desk) -> None:
    await desk.make()
    (key,) = await desk.core.database.rows.select("tokens", Equals("label", "site"))
    await desk.rename("GTEC Berlin")
    await revoke_api_key(desk.core, ADMIN, key["id"])
    await desk.outbox.settle()
    assert desk.receiver.told == []
    (webhook,) = await desk.shown()
    assert (webhook["enabled"], webhook["disabledBecause"]) == (
        False,
        "Its key is not in force any more.",
    )


async def test_a_key_is_told_of_what_it_sees_and_that_it_is_gone(desk: Desk) -> None:
    await desk.make()
    row = await desk.core.database.rows.by_slug("incubators", "crosspring-lab")
    assert row is not None
    await publish_incubator(desk.core, ADMIN, row["id"], published=False)
    await desk.rename("Hidden", slug="crosspring-lab")
    await desk.outbox.settle()
    told = [orjson.loads(body) for _, body in desk.receiver.told]
    assert [(one["type"], one["data"]["result"]) for one in told] == [
        ("incubator.withdrawn", {"data": {"node": None}}),
    ]


async def test_two_secrets_sign_while_one_is_rotated(desk: Desk) -> None:
    made = await desk.make()
    old = made["secret"]
    rotated = await desk.send(
        """mutation($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
          secret problems { code } } }""",
        id=made["webhook"]["id"],
        overlapHours=1,
    )
    await desk.rename("GTEC Berlin")
    await desk.outbox.settle()
    ((headers, body),) = desk.receiver.told
    assert [signed(one, headers, body) for one in (old, rotated["secret"])] == [True, True]
    await desk.rename("GTEC")
    desk.house.clock.move_to(desk.core.clock.today() + timedelta(days=1))
    await desk.outbox.settle()
    headers, body = desk.receiver.told[1]
    assert [signed(one, headers, body) for one in (old, rotated["secret"])] == [False, True]


async def test_an_event_is_sent_again_when_somebody_asks_for_it(desk: Desk) -> None:
    await desk.make()
    await desk.rename("GTEC Berlin")
    await desk.outbox.settle()
    (webhook,) = await desk.shown()
    again = """mutation($input: RedeliverWebhookInput!) { redeliverWebhook(input: $input) {
      webhook { id } problems { code message } } }"""
    attempt = webhook["attempts"][0]["id"]
    assert (await desk.send(again, id=attempt, dryRun=True))["problems"] == []
    assert (await desk.send(again, id=attempt))["problems"] == []
    waiting = await desk.send(again, id=attempt)
    assert waiting["problems"] == [
        {"code": "WRONG_STATE", "message": "The event is still on its way."}
    ]
    desk.moment += timedelta(days=1)
    await desk.outbox.settle()
    assert len(desk.receiver.told) == 2


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"address": "https://10.0.0.1/"}, ["address"], "its host is not on the public Internet"),
        ({"address": "https://[fd00::1]/"}, ["address"], "its host is not on the public Internet"),
        ({"address": "ftp://website.example.org"}, ["address"], "It cannot be used: "),
        ({"events": ["stay.confirmed", "person.*"]}, ["events", "1"], "No event is named person"),
        ({"query": "{ nothing }"}, ["query"], "Cannot query field 'nothing'"),
        ({"query": "{ incubators {"}, ["query"], "Syntax Error"),
        ({"query": "mutation { __typename }"}, ["query"], "it must be a query"),
        (
            {"query": "query($slug: String!) { incubator(slug: $slug) { name } }"},
            ["query"],
            "the one variable that it may take is $id: ID!",
        ),
        ({"query": "{ stays { nodes { travellers { name } } } }"}, ["query"], "Stay.travellers"),
        ({"query": "{ __schema { types { name } } }"}, ["query"], "it asks for the schema"),
    ],
)
async def test_what_cannot_be_stored_is_told_in_a_sentence(
    desk: Desk, changes: dict[str, Any], path: list[str], message: str
) -> None:
    made = await desk.make(**changes)
    (problem,) = made["problems"]
    assert (problem["code"], problem["path"]) == ("INVALID", path)
    assert message in problem["message"]
    assert await desk.core.database.rows.select("webhooks", EVERYTHING) == []


async def test_deleting_a_webhook_deletes_its_log(desk: Desk) -> None:
    made = await desk.make()
    await desk.rename("GTEC Berlin")
    await desk.outbox.settle()
    deleted = await desk.send(
        """mutation($input: DeleteWebhookInput!) { deleteWebhook(input: $input) {
          incubator { webhooks { id } } problems { code } } }""",
        id=made["webhook"]["id"],
    )
    assert deleted == {"incubator": {"webhooks": []}, "problems": []}
    assert await desk.core.database.rows.select("webhook_attempts", EVERYTHING) == []
