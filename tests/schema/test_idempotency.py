"""Requests that are sent again are answered again and act once; on both databases."""

import asyncio
from typing import Any

import orjson
import pytest

from softlanding.predicates import EVERYTHING
from softlanding.services.forgetting import forget
from softlanding.testing.house import House

CREATE = """mutation($input: CreateStartupInput!) { createStartup(input: $input) {
  clientMutationId startup { id slug name } problems { code message } } }"""
UPDATE = """mutation($input: UpdateIncubatorInput!) { updateIncubator(input: $input) {
  incubator { name revision } problems { code } } }"""


class Sender:
    """Somebody who sends requests again."""

    def __init__(self, house: House, token: str, gtec: str) -> None:
        self.house = house
        self.token = token
        self.gtec = gtec

    async def send(
        self,
        query: str,
        *,
        key: str | None = None,
        token: str | None = None,
        **given: Any,
    ) -> Any:
        headers = {"authorization": f"Bearer {token or self.token}"}
        if key is not None:
            headers["idempotency-key"] = key
        body = {"query": query, "variables": {"input": given}}
        return await self.house.http.post("/graphql", json=body, headers=headers)

    async def create(self, slug: str, **more: Any) -> Any:
        key, token = more.pop("key", None), more.pop("token", None)
        new = {"home": self.gtec, "slug": slug, "name": "New", "country": "DE", **more}
        answer = await self.send(CREATE, key=key, token=token, **new)
        return answer.json()["data"]["createStartup"]

    async def startups(self) -> list[str]:
        rows = await self.house.core.database.rows.select("startups", EVERYTHING)
        return sorted(row["slug"] for row in rows if row["name"] == "New")


@pytest.fixture
async def sender(seeded: House) -> Sender:
    token = await seeded.person("Mia Manager", manager_of=["gtec"])
    found = await seeded.data('{ incubator(slug: "gtec") { id } }')
    return Sender(seeded, token, found["incubator"]["id"])


def codes(payload: Any) -> list[str]:
    return [problem["code"] for problem in payload["problems"]]


async def test_a_field_with_a_client_mutation_id_acts_once(sender: Sender) -> None:
    first = await sender.create("new-one", clientMutationId="one")
    assert (first["clientMutationId"], first["problems"]) == ("one", [])
    assert await sender.create("new-one", clientMutationId="one") == first
    assert await sender.startups() == ["new-one"]
    other = await sender.create("new-two", clientMutationId="one")
    assert other == {
        "clientMutationId": "one",
        "startup": None,
        "problems": [{"code": "KEY_REUSED", "message": "This key was used for another request."}],
    }
    assert codes(await sender.create("new-two", clientMutationId="two")) == []
    assert await sender.startups() == ["new-one", "new-two"]


async def test_a_request_with_a_key_is_answered_as_the_first_time(sender: Sender) -> None:
    new = {"id": sender.gtec, "name": "GTEC once"}
    first = await sender.send(UPDATE, key="k-1", **new)
    assert first.json()["data"]["updateIncubator"] == {
        "incubator": {"name": "GTEC once", "revision": 3},
        "problems": [],
    }
    assert "idempotent-replayed" not in first.headers
    await sender.send(UPDATE, id=sender.gtec, name="GTEC later")
    again = await sender.send(UPDATE, key="k-1", **new)
    assert (again.headers["idempotent-replayed"], again.content) == ("true", first.content)
    other = await sender.send(UPDATE, key="k-1", id=sender.gtec, name="Other")
    assert codes(other.json()["data"]["updateIncubator"]) == ["KEY_REUSED"]
    found = await sender.house.data('{ incubator(slug: "gtec") { name } }')
    assert found["incubator"]["name"] == "GTEC later"


async def test_after_a_crash_before_the_answer_what_was_done_is_answered(sender: Sender) -> None:
    first = await sender.create("new-one", key="k-1")

    async def lose(transaction: Any) -> None:
        for row in await transaction.select("idempotency_keys", EVERYTHING):
            await transaction.update("idempotency_keys", row["id"], {"answer": None})

    await sender.house.core.database.transact(lose)
    assert await sender.create("new-one", key="k-1") == first
    assert await sender.startups() == ["new-one"]


async def test_of_several_fields_those_that_were_not_done_are_done(sender: Sender) -> None:
    query = """mutation($one: CreateStartupInput!, $two: CreateStartupInput!) {
      one: createStartup(input: $one) { startup { slug } problems { code } }
      two: createStartup(input: $two) { startup { slug } problems { code } } }"""
    new = {"home": sender.gtec, "name": "New", "country": "DE"}
    body = {
        "query": query,
        "variables": {"one": {**new, "slug": "new-one"}, "two": {**new, "slug": "new-two"}},
    }
    headers = {"authorization": f"Bearer {sender.token}", "idempotency-key": "both"}

    async def send() -> Any:
        answer = await sender.house.http.post("/graphql", json=body, headers=headers)
        return answer.json()["data"]

    first = await send()

    async def forget_the_second(transaction: Any) -> None:
        for row in await transaction.select("idempotency_keys", EVERYTHING):
            await transaction.update("idempotency_keys", row["id"], {"answer": None})

    await sender.house.core.database.transact(forget_the_second)
    assert await send() == first
    assert await sender.startups() == ["new-one", "new-two"]


async def test_twins_at_one_moment_act_once(sender: Sender) -> None:
    answers = await asyncio.gather(
        *(sender.create("new-one", clientMutationId="twin") for _ in range(6)),
        *(sender.create("new-two", key="twin") for _ in range(6)),
    )
    assert [answer["startup"]["slug"] for answer in answers] == ["new-one"] * 6 + ["new-two"] * 6
    assert await sender.startups() == ["new-one", "new-two"]


async def test_keys_of_one_actor_are_not_those_of_another(sender: Sender) -> None:
    other = await sender.house.person("Otto Other", manager_of=["gtec"])
    for token, slug in ((None, "new-one"), (other, "new-two")):
        assert codes(await sender.create(slug, key="same", token=token)) == []
        assert codes(await sender.create(f"{slug}-x", clientMutationId="same", token=token)) == []
    assert len(await sender.startups()) == 4


async def test_what_was_refused_is_tried_again(sender: Sender) -> None:
    assert codes(await sender.create("polderlens", key="k-1")) == ["SLUG_TAKEN"]
    again = await sender.create("polderlens", key="k-1")
    assert codes(again) == ["SLUG_TAKEN"]
    assert codes(await sender.create("new-one", key="k-1")) == []


async def test_a_secret_is_not_told_again(sender: Sender) -> None:
    query = """mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
      secret apiKey { id } problems { code } } }"""
    new = {"incubator": sender.gtec, "label": "site"}
    first = (await sender.send(query, key="k-1", **new)).json()["data"]["createApiKey"]
    again = (await sender.send(query, key="k-1", **new)).json()["data"]["createApiKey"]
    assert first["secret"].startswith("slk_")
    assert again == {**first, "secret": None}
    rows = await sender.house.core.database.rows.select("idempotency_keys", EVERYTHING)
    assert first["secret"] not in str(rows)


STAYS = """{ stays(first: 100) { nodes { id state host { slug }
  onboarding { steps { id key state } } } } }"""


async def test_a_transition_that_is_repeated_is_answered_and_not_refused(sender: Sender) -> None:
    admin = await sender.house.person("Ada Admin", admin=True)
    stays = (await sender.house.data(STAYS, token=admin))["stays"]["nodes"]
    stay = next(one for one in stays if one["state"] == "ACCEPTED")
    waive = """mutation($input: WaiveStepInput!) { waiveStep(input: $input) {
      step { state } stay { id } problems { code } } }"""
    for step in stay["onboarding"]["steps"]:
        given = {"step": step["id"], "reason": "On paper", "clientMutationId": step["id"][-40:]}
        first = (await sender.send(waive, token=admin, **given)).json()["data"]
        assert first["waiveStep"] == {
            "step": {"state": "WAIVED"},
            "stay": {"id": stay["id"]},
            "problems": [],
        }
        assert (await sender.send(waive, token=admin, **given)).json()["data"] == first
    confirm = """mutation($input: MoveStayInput!) { confirmStay(input: $input) {
      stay { state } problems { code } } }"""
    given = {"id": stay["id"], "clientMutationId": "confirm"}
    for _ in range(2):
        answer = await sender.send(confirm, token=admin, **given)
        assert answer.json()["data"]["confirmStay"] == {
            "stay": {"state": "CONFIRMED"},
            "problems": [],
        }
    answer = await sender.send(confirm, token=admin, id=stay["id"])
    assert codes(answer.json()["data"]["confirmStay"]) == ["WRONG_STATE"]


@pytest.mark.parametrize("key", ["", "x" * 256, "a\x7f", "caf\u00e9"])
async def test_keys_that_are_none_are_refused(sender: Sender, key: str) -> None:
    body = orjson.dumps({"query": UPDATE, "variables": {"input": {"id": sender.gtec}}})
    headers = [
        (b"authorization", f"Bearer {sender.token}".encode()),
        (b"content-type", b"application/json"),
        (b"idempotency-key", key.encode()),
    ]
    answer = await sender.house.http.post("/graphql", content=body, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (
        400,
        "The header Idempotency-Key holds 1 to 255 visible ASCII characters.",
    )


async def test_keys_are_kept_for_a_day(sender: Sender) -> None:
    await sender.create("new-one", key="k-1")
    rows = sender.house.core.database.rows
    await forget(sender.house.core)
    assert len(await rows.select("idempotency_keys", EVERYTHING)) == 1
    clock: Any = sender.house.core.clock
    clock.move_to(clock.today().replace(year=clock.today().year + 1))
    await forget(sender.house.core)
    assert await rows.select("idempotency_keys", EVERYTHING) == []
