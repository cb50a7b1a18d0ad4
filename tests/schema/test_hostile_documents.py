"""Documents that mean harm are refused in few words, and good ones stay where they are."""

import pytest
from tests.schema.hostile_documents import HOSTILE, TOKENS, Hostile

from softlanding.host.registry import Registry
from softlanding.testing.house import House
from softlanding_schema.compose import compose
from softlanding_schema.documents import KEPT_SOURCE, SHORTEST, Documents, Refusals
from softlanding_schema.limits import MAX_TOKENS, MAX_TOKENS_OF_ANONYMOUS

GOOD = "{ incubators { totalCount } }"
# More documents than are kept, however short they are.
FLOOD = KEPT_SOURCE // SHORTEST + 1
JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"


@pytest.fixture
def engine() -> str:
    """One database is enough where none is asked."""
    return "sqlite"


@pytest.fixture
def documents(registry: Registry) -> Documents:
    """No document yet."""
    return Documents(compose(registry)[0]._schema)  # noqa: SLF001 - the executable schema has no public name


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_document_is_refused_in_few_words(house: House, hostile: Hostile) -> None:
    assert len(hostile.errors) <= 5
    with house.core.database.statements() as statements:
        for media_type, status in {JSON: 200, GRAPHQL_JSON: 400}.items():
            answer = await house.http.post(
                "/graphql",
                content=hostile.body,
                headers={"content-type": JSON, "accept": media_type},
            )
            assert answer.json() == hostile.told
            assert answer.status_code == (hostile.status or status)
            assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
            assert len(answer.content) < 4_000
    assert statements == []


async def test_a_good_document_is_answered_as_before_after_a_storm_of_hostile_ones(
    house: House,
) -> None:
    before = await house.ask(GOOD)
    for hostile in HOSTILE.values():
        await house.http.post("/graphql", content=hostile.body, headers={"content-type": JSON})
    assert await house.ask(GOOD) == before == {"data": {"incubators": {"totalCount": 0}}}


def test_refused_documents_are_not_kept(documents: Documents) -> None:
    kept = documents.get(GOOD, MAX_TOKENS)
    for hostile in HOSTILE.values():
        # What is too large or too costly is refused elsewhere, and with its variables.
        if hostile.status is None and hostile.cost is None and hostile.variables is None:
            with pytest.raises(Refusals):
                documents.get(hostile.query, MAX_TOKENS_OF_ANONYMOUS)
    assert len(documents) == 1
    assert documents.get(GOOD, MAX_TOKENS) is kept


def test_a_flood_of_new_documents_pushes_out_none_that_was_asked_for_twice(
    documents: Documents,
) -> None:
    kept = documents.get(GOOD, MAX_TOKENS)
    assert documents.get(GOOD, MAX_TOKENS) is kept
    once = documents.get("{ viewer { name } }", MAX_TOKENS)
    for number in range(FLOOD):
        documents.get(f"{{ __typename }} # {number}", MAX_TOKENS)
    assert documents.get(GOOD, MAX_TOKENS) is kept
    assert documents.get("{ viewer { name } }", MAX_TOKENS) is not once


def test_a_flood_without_tokens_pushes_out_nothing_of_those_who_have_one(
    documents: Documents,
) -> None:
    kept = documents.get(GOOD, MAX_TOKENS)
    for number in range(FLOOD):
        for _ in range(2):
            documents.get(f"{{ __typename }} # {number}", MAX_TOKENS_OF_ANONYMOUS)
    assert documents.get(GOOD, MAX_TOKENS) is kept


async def test_documents_may_be_as_long_as_those_who_send_them_are_known(house: House) -> None:
    headers = {"authorization": f"Bearer {await house.person('Ada')}"}
    query = "{ startups(" + " ".join(f"a{number}: 1" for number in range(400)) + ") { id } }"
    known, unknown = [
        (await house.http.post("/graphql", json={"query": query}, headers=sent)).json()["errors"]
        for sent in (headers, {})
    ]
    assert known[0]["message"] == "Unknown argument 'a0' on field 'Query.startups'."
    assert [error["message"] for error in unknown] == [TOKENS]


def test_tokens_are_counted_exactly(documents: Documents) -> None:
    # Nobody can tell from a refusal whether somebody else sent the same document.
    query = "{ viewer { " + "name " * 15 + "} }"
    assert documents.get(query, 20).node.token_count == 20
    with pytest.raises(Refusals, match="more than 19 tokens"):
        documents.get(query, 19)
