"""Both servers must say the same: figures about different answers would compare nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx2
import orjson
from tests.benchmarks.operations import Operation

from softlanding.predicates import OneOf
from softlanding.storage.database import Rows
from softlanding_schema.reads.global_ids import key_of

_MADE_NEW = frozenset({"id", "stay_id", "created_at", "updated_at", "at"})


def graphql_body(operation: Operation, variables: Mapping[str, Any]) -> bytes:
    """Return the body of a request to the product."""
    return orjson.dumps({"query": operation.document, "variables": variables})


def handwritten_body(operation: Operation, variables: Mapping[str, Any]) -> bytes:
    """Return the body of a request to the hand-written endpoint: what varies, and no document."""
    return orjson.dumps(variables)


def headers(token: str | None) -> dict[str, str]:
    """Return the headers of every request."""
    sent = {"content-type": "application/json"}
    return sent | ({"authorization": f"Bearer {token}"} if token else {})


async def require_same_answers(
    product: httpx2.AsyncClient,
    handwritten: httpx2.AsyncClient,
    operations: Sequence[Operation],
    tokens: Mapping[str, str | None],
    rows: Rows,
    *,
    variants: int,
) -> int:
    """Ask both servers everything as everybody; return how many answers were compared.

    Raises `AssertionError` with the operation, the actor and both answers when they differ. What
    is written is compared row by row as well, by the actor of the operation alone.
    """
    compared = 0
    for operation in operations:
        for actor in [operation.actor] if operation.writes else tokens:
            for variables in operation.variables[:: max(len(operation.variables) // variants, 1)]:
                sent = headers(tokens[actor])
                ours = await product.post(
                    "/graphql", content=graphql_body(operation, variables), headers=sent
                )
                theirs = await handwritten.post(
                    operation.path, content=handwritten_body(operation, variables), headers=sent
                )
                found, wanted = ours.json(), theirs.json()
                # What an operation costs is GraphQL's own; there is no such thing by hand.
                found.pop("extensions", None)
                told = f"{operation.name} as {actor} with {variables}"
                if operation.writes:
                    written = [await _written(rows, answer) for answer in (found, wanted)]
                    assert written[0] == written[1], f"{told}: {written[0]}\n{written[1]}"
                    assert found["data"]["applyForStay"]["stay"].pop("id")
                    assert wanted["data"]["applyForStay"]["stay"].pop("id")
                assert found == wanted, f"{told}:\n{found}\n{wanted}"
                if actor == operation.actor:
                    # Two servers that both show nothing would agree as well.
                    assert all((found.get("data") or {"": None}).values()), f"{told}: {found}"
                    assert '"onboarding":null' not in ours.text, f"{told}: {found}"
                compared += 1
    return compared


async def _written(rows: Rows, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rows of a new stay, without what is new in each."""
    assert (answer.get("data") or {}).get("applyForStay", {}).get("stay"), answer
    key = key_of(answer["data"]["applyForStay"]["stay"]["id"], "Stay")
    stay = await rows.one("stays", key)
    steps = await rows.select("onboarding_steps", OneOf("stay_id", (key,)), order=("position",))
    history = await rows.select("history", OneOf("stay_id", (key,)))
    names = {key: "stay", **{step["id"]: step["key"] for step in steps}}
    told = [{**entry, "object_id": names[entry["object_id"]]} for entry in history]
    return {
        "stay": _lasting(stay or {}),
        "steps": [_lasting(step) for step in steps],
        "history": sorted((_lasting(one) for one in told), key=lambda one: str(one["object_id"])),
    }


def _lasting(row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in row.items() if column not in _MADE_NEW}
