"""However odd the input: an answer in JSON, never a fault of ours, and nothing half-written."""

import asyncio
import base64
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.counts import count

from softlanding.host.registry import Registry
from softlanding.testing.house import House, open_house
from tests.conftest import Templates

TEXT = st.text(max_size=40)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
OPERATIONS = {
    "query($v: ID!) { node(id: $v) { id } }": ANYTHING,
    "query($v: String) { stays(after: $v) { nodes { id } } }": ANYTHING,
    "query($v: StayWhere) { stays(where: $v) { totalCount } }": ANYTHING,
    "query($v: String!) { startup(slug: $v) { id summary(locale: $v) { value } } }": TEXT,
    "mutation($v: CreateIncubatorInput!) { createIncubator(input: $v) { problems { code } } }": (
        st.fixed_dictionaries({"slug": TEXT, "name": TEXT, "country": TEXT}) | ANYTHING
    ),
    "mutation($v: SubmitStepInput!) { submitStep(input: $v) { problems { code } } }": (
        st.fixed_dictionaries({"stay": TEXT, "answers": ANYTHING}) | ANYTHING
    ),
}


NUL = "\\u{0}"
LITERALS = [
    f'{{ startup(slug: "a{NUL}") {{ id }} }}',
    f'{{ startups(where: {{country: {{eq: "{NUL}"}}}}) {{ totalCount }} }}',
    f'{{ startups(where: {{country: {{in: ["FR", "{NUL}"]}}}}) {{ totalCount }} }}',
    f'{{ ruleSets(key: "{NUL}") {{ key }} }}',
    *(
        f'{{ startups(after: "{base64.urlsafe_b64encode(orjson.dumps(values)).decode()}")'
        " { nodes { id } } }"
        for values in (
            ["startups", 5, 5],
            ["startups", "x", 5],
            ["startups", "x\0", "00000000-0000-0000-0000-000000000000"],
            ["startups", None, None],
            {"startups": 1},
        )
    ),
]


@pytest.mark.parametrize("query", LITERALS)
async def test_odd_literals_are_refused_with_a_code(house: House, query: str) -> None:
    answer = await house.ask(query)
    codes = [error.get("extensions", {}).get("code") for error in answer.get("errors", ())]
    assert codes == ["INVALID"], answer


@pytest.fixture
def engine() -> str:
    """PostgreSQL is the stricter one about text."""
    return "postgresql"


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    """One loop for all examples, with the product open in it."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.mark.parametrize("query", list(OPERATIONS), ids=range(len(OPERATIONS)))
def test_odd_values_get_an_answer_or_an_error_that_was_foreseen(
    loop: asyncio.Runner, templates: Templates, registry: Registry, engine: str, query: str
) -> None:
    url = templates.fresh(engine, seeded=False)
    context = open_house(database_url=url, registry=registry, migrated=True)
    house: House = loop.run(context.__aenter__())
    token = loop.run(house.person("Ada", admin=True))

    @settings(
        max_examples=count("odd values over HTTP"),
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(value=OPERATIONS[query])
    def every(value: Any) -> None:
        body = {"query": query, "variables": {"v": value}}
        headers = {"authorization": f"Bearer {token}"}
        answer = loop.run(house.http.post("/graphql", json=body, headers=headers))
        assert answer.status_code in {200, 400}
        codes = [
            error.get("extensions", {}).get("code") for error in answer.json().get("errors", ())
        ]
        assert "INTERNAL" not in codes, answer.json()

    try:
        every()
    finally:
        loop.run(context.__aexit__(None, None, None))
