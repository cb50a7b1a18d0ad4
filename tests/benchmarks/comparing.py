"""Before anything is measured: all sides answer the same, and each in the way it is named for."""

from collections.abc import Sequence

import httpx2
from tests.benchmarks.answers import graphql_body, headers, require_same_answers
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.figures import PLANNED, UNPLANNED
from tests.benchmarks.operations import Operation
from tests.benchmarks.servers import Server

from softlanding.storage.database import Database

_VARIANTS = 4
_WAYS = {PLANNED: "plan", UNPLANNED: "graphql-core"}


async def compare(
    url: str, product: Server, handwritten: Server, asked: Sequence[Operation], data: Dataset
) -> int:
    """Return how many answers of the product and of the hand-written server were compared."""
    source = Database(url)
    await source.open()
    try:
        async with (
            httpx2.AsyncClient(base_url=product.address, timeout=30) as ours,
            httpx2.AsyncClient(base_url=handwritten.address, timeout=30) as theirs,
        ):
            return await require_same_answers(
                ours, theirs, asked, data.tokens, source.rows, variants=_VARIANTS
            )
    finally:
        await source.close()


def require_way(server: Server, side: str, asked: Sequence[Operation], data: Dataset) -> None:
    """See that a server answers each reading operation by a plan, or by graphql-core.

    Raises `AssertionError` with the operation and the answer. Only staff are told the way.
    """
    for operation in asked:
        if not operation.writes:
            sent = headers(data.tokens["admin"]) | {"x-softlanding-plan": "1"}
            content = graphql_body(operation, operation.variables[0])
            url = f"{server.address}/graphql"
            answer = httpx2.post(url, content=content, headers=sent, timeout=30).json()
            found = answer["extensions"]["plan"]["path"]
            assert found == _WAYS[side], f"{operation.name}, {side}: {answer}"
            assert "errors" not in answer, f"{operation.name}, {side}: {answer}"
