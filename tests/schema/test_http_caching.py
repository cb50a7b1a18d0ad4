"""Persisted documents, and what caches may keep of an answer."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest

from softlanding.actors import operator
from softlanding.host.registry import Registry
from softlanding.services.incubators import IncubatorChanges, update_incubator
from softlanding.testing.house import House
from softlanding_schema.compose import compose
from softlanding_schema.reads.tags import Tags
from softlanding_schema.server.app import build_app
from softlanding_schema.server.persisted_documents import KEPT, BadManifest, read_manifest

QUERY = '{ incubator(slug: "gtec") { name } }'
GTEC = {"data": {"incubator": {"name": "GTEC"}}}
NOT_FOUND = {
    "errors": [
        {
            "message": "PersistedQueryNotFound",
            "extensions": {
                "code": "PERSISTED_QUERY_NOT_FOUND",
                "hint": "Send the query with its hash, once.",
            },
        }
    ]
}


@pytest.fixture
def engine() -> str:
    """One database is enough where none is asked."""
    return "sqlite"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def automatic(text: str, **more: Any) -> dict[str, Any]:
    """Return a request that names its document as Apollo's clients do."""
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(text)}}, **more}


async def get(house: House, values: dict[str, Any], **headers: str) -> httpx2.Response:
    params = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
    }
    return await house.http.get("/graphql", params=params, headers=headers)


def told(answer: httpx2.Response) -> dict[str, Any]:
    found: dict[str, Any] = answer.json()
    found.pop("extensions", None)
    return found


async def test_a_client_sends_the_text_once_and_its_hash_from_then_on(seeded: House) -> None:
    unknown = await get(seeded, automatic(QUERY))
    assert (unknown.status_code, unknown.json()) == (200, NOT_FOUND)
    assert unknown.headers["cache-control"] == "no-store"
    sent = await seeded.http.post("/graphql", json=automatic(QUERY, query=QUERY))
    assert told(sent) == GTEC
    assert told(await get(seeded, automatic(QUERY))) == GTEC
    assert told(await get(seeded, {"documentId": f"sha256:{sha256(QUERY)}"})) == GTEC
    posted = await seeded.http.post("/graphql", json=automatic(QUERY))
    assert told(posted) == GTEC


async def test_what_is_not_valid_is_not_kept(seeded: House) -> None:
    wrong = "{ nonsense }"
    refused = await seeded.http.post("/graphql", json=automatic(wrong, query=wrong))
    assert refused.json()["errors"][0]["message"].startswith("Cannot query field 'nonsense'")
    assert told(await get(seeded, automatic(wrong))) == NOT_FOUND


async def test_a_flood_of_documents_pushes_out_none_that_was_asked_for_again(
    seeded: House,
) -> None:
    await seeded.http.post("/graphql", json=automatic(QUERY, query=QUERY))
    await get(seeded, automatic(QUERY))
    for number in range(KEPT + 1):
        text = f"query Flood{number} {{ __typename }}"
        await seeded.http.post("/graphql", json=automatic(text, query=text))
    assert told(await get(seeded, automatic(QUERY))) == GTEC
    assert told(await get(seeded, automatic("query Flood0 { __typename }"))) == NOT_FOUND


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (automatic("{ other }", query=QUERY), "provided sha does not match query"),
        (
            {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": sha256(QUERY)}}},
            "Unsupported persisted query version: it must be 1.",
        ),
        (
            {"extensions": {"persistedQuery": []}},
            "extensions.persistedQuery must be an object.",
        ),
        (
            {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 7}}},
            "A document is named by its SHA-256, 64 hexadecimal digits.",
        ),
        ({"documentId": "abc"}, "A document is named by its SHA-256, 64 hexadecimal digits."),
        ({"documentId": 7}, "A document is named by its SHA-256, 64 hexadecimal digits."),
        ({"documentId": ""}, "A document is named by its SHA-256, 64 hexadecimal digits."),
    ],
)
async def test_a_name_that_is_none_is_refused(
    seeded: House, values: dict[str, Any], message: str
) -> None:
    answer = await seeded.http.post("/graphql", json=values)
    assert answer.status_code == 400
    assert [error["message"] for error in answer.json()["errors"]] == [message]


async def test_a_persisted_mutation_is_not_for_get_either(seeded: House) -> None:
    mutation = 'mutation { setToday(input: {today: "2027-01-01"}) { problems { code } } }'
    await seeded.http.post("/graphql", json=automatic(mutation, query=mutation))
    answer = await get(seeded, automatic(mutation))
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_registered_documents_are_known_from_the_start(
    seeded: House, registry: Registry, tmp_path: Path
) -> None:
    file = tmp_path / "persisted-documents.json"
    file.write_text(json.dumps({f"sha256:{sha256(QUERY)}": QUERY}))
    schema = compose(registry)[0]
    app = build_app(seeded.core, schema, registered=read_manifest(str(file)))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        answer = await http.get("/graphql", params={"documentId": sha256(QUERY)})
    assert told(answer) == GTEC
    with pytest.raises(BadManifest, match=r"Cannot query field 'nonsense' on type 'Query'"):
        build_app(seeded.core, schema, registered={sha256("{ nonsense }"): "{ nonsense }"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read: No such file or directory."),
        ("{", "is not JSON: "),
        ("[]", "is no JSON object of documents by their hashes."),
        ('{"abc": "{ __typename }"}', "abc is not the SHA-256 of its document."),
        (json.dumps({sha256(""): 7}), "is not the SHA-256 of its document."),
    ],
)
def test_a_manifest_that_is_none_is_told_in_a_sentence(
    tmp_path: Path, content: str | None, message: str
) -> None:
    file = tmp_path / "documents.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(BadManifest) as bad:
        read_manifest(str(file))
    assert message in str(bad.value)


async def test_what_everybody_reads_may_be_kept_and_asked_for_again(seeded: House) -> None:
    first = await get(seeded, {"query": QUERY})
    assert first.headers["cache-control"] == "public, max-age=60"
    assert first.headers["vary"] == ("Accept, Accept-Encoding, Authorization, Cookie, Origin")
    tag = first.headers["etag"]
    for named in (tag, f'"other", W/{tag}', "*"):
        same = await get(seeded, {"query": QUERY}, **{"if-none-match": named})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
        assert same.headers["cache-control"] == "public, max-age=60"
        assert "content-length" not in same.headers
    row = await seeded.core.database.rows.by_slug("incubators", "gtec")
    assert row is not None
    changes = IncubatorChanges(name="GTEC Berlin")
    await update_incubator(seeded.core, operator("Ada Admin"), row["id"], changes)
    other = await get(seeded, {"query": QUERY}, **{"if-none-match": tag})
    assert told(other) == {"data": {"incubator": {"name": "GTEC Berlin"}}}
    assert other.headers["etag"] != tag


async def test_other_bytes_have_another_tag(seeded: House) -> None:
    tags = {
        (await get(seeded, {"query": query}, **headers)).headers["etag"]
        for query in (QUERY, "{ __typename }")
        for headers in (
            {},
            {"accept-encoding": "br"},
            {"accept-encoding": "gzip"},
        )
    }
    # The client of the tests takes gzip unless it is told otherwise.
    assert len(tags) == 4


async def test_what_is_for_one_actor_is_for_their_own_client_only(
    seeded: House, admin: str
) -> None:
    authorized = {"authorization": f"Bearer {admin}"}
    who = {"query": "{ viewer { isAdmin } }"}
    own = await get(seeded, who, **authorized)
    assert own.headers["cache-control"] == "private, no-cache"
    public = await get(seeded, {"query": QUERY}, **authorized)
    assert public.headers["cache-control"] == "private, no-cache"
    tag = own.headers["etag"]
    same = await get(seeded, who, **authorized, **{"if-none-match": tag})
    assert same.status_code == 304
    strangers = await get(seeded, who, **{"if-none-match": tag})
    assert told(strangers) == {"data": {"viewer": {"isAdmin": False}}}
    unknown = {"authorization": "Bearer slt_none", "if-none-match": tag}
    ended = await get(seeded, who, **unknown)
    assert ended.status_code == 401


async def test_posts_errors_and_explanations_are_kept_by_nobody(seeded: House, admin: str) -> None:
    posted = await seeded.http.post("/graphql", json={"query": QUERY})
    failed = await get(seeded, {"query": "{ nonsense }"})
    explained = await get(
        seeded,
        {"query": QUERY},
        **{"authorization": f"Bearer {admin}", "x-softlanding-plan": "1"},
    )
    for answer in (posted, failed, explained):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


async def test_one_setting_switches_caching_off(seeded: House, registry: Registry) -> None:
    app = build_app(seeded.core, compose(registry)[0], cache_seconds=0)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        answer = await http.get("/graphql", params={"query": QUERY})
    assert told(answer) == GTEC
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


NODE = "query($id: ID!) { node(id: $id) { id } }"
PAGE = '{ incubator(slug: "gtec") { name startups { nodes { name } } } }'


RULES = "{ ruleSets { key version } }"


async def rename(house: House, slug: str, name: str) -> None:
    """Rename an incubator."""
    row = await house.core.database.rows.by_slug("incubators", slug)
    assert row is not None
    await update_incubator(
        house.core, operator("Ada Admin"), row["id"], IncubatorChanges(name=name)
    )


async def again(house: House, query: str, tag: str, **headers: str) -> tuple[int, list[str]]:
    """Ask whether an answer is the same still; return the status, and what was read for it."""
    with house.core.database.statements() as statements:
        answer = await get(house, {"query": query}, **{"if-none-match": tag}, **headers)
    return answer.status_code, statements


async def test_nothing_is_read_where_no_table_of_the_answer_changed(seeded: House) -> None:
    given = await get(seeded, {"query": PAGE})
    assert await again(seeded, PAGE, given.headers["etag"]) == (304, [])
    unchanged = await get(seeded, {"query": PAGE}, **{"if-none-match": given.headers["etag"]})
    assert unchanged.content == b""
    for name in ("etag", "cache-control", "vary", "cache-tag", "surrogate-key"):
        assert unchanged.headers[name] == given.headers[name]
    # What is written elsewhere, such as a token, changes nothing of it.
    await seeded.person("Sara Staff", staff_of=["gtec"])
    assert await again(seeded, "{ incubators { totalCount } }", given.headers["etag"]) != (304, [])
    assert await again(seeded, PAGE, given.headers["etag"]) == (304, [])
    await rename(seeded, "gtec", "GTEC Berlin")
    renamed = await get(seeded, {"query": PAGE}, **{"if-none-match": given.headers["etag"]})
    assert (renamed.status_code, renamed.json()["data"]["incubator"]["name"]) == (
        200,
        "GTEC Berlin",
    )


@pytest.mark.parametrize(
    "other",
    [
        '{ incubator(slug: "gtec") { name } }',
        '{ incubator(slug: "imt-starter") { name startups { nodes { name } } } }',
    ],
)
async def test_the_tag_of_one_answer_says_nothing_of_another(seeded: House, other: str) -> None:
    given = await get(seeded, {"query": PAGE})
    await get(seeded, {"query": other})
    status, _ = await again(seeded, other, given.headers["etag"])
    assert status == 200


async def test_whoever_has_a_token_is_always_looked_up(seeded: House) -> None:
    """What they may see may have changed although the rows have not."""
    token = await seeded.person("Sara Staff", staff_of=["gtec"])
    headers = {"authorization": f"Bearer {token}"}
    given = await get(seeded, {"query": PAGE}, **headers)
    assert "cache-tag" not in given.headers
    status, statements = await again(seeded, PAGE, given.headers["etag"], **headers)
    assert (status, len(statements)) == (304, 2)


async def test_another_day_is_another_answer(seeded: House) -> None:
    given = await get(seeded, {"query": PAGE})
    seeded.clock.move_to(date(2026, 11, 23))
    status, statements = await again(seeded, PAGE, given.headers["etag"])
    assert (status, len(statements)) == (304, 1)


async def test_what_python_works_out_is_worked_out_each_time(seeded: House) -> None:
    """It may be made of more than tables."""
    given = await get(seeded, {"query": RULES})
    status, statements = await again(seeded, RULES, given.headers["etag"])
    assert (status, len(statements)) == (304, 1)


async def test_tags_name_the_objects_of_an_answer_and_the_types_of_its_lists(
    seeded: House,
) -> None:
    ids = {
        slug: (await seeded.data(f'{{ incubator(slug: "{slug}") {{ id }} }}'))["incubator"]["id"]
        for slug in ("gtec", "imt-starter")
    }
    startup = await seeded.data('{ startup(slug: "polderlens") { id home { id } } }')
    polderlens = startup["startup"]["id"]
    crosspring = startup["startup"]["home"]["id"]
    asked = {
        '{ incubator(slug: "gtec") { name } }': [ids["gtec"]],
        '{ startup(slug: "polderlens") { name } }': sorted([crosspring, polderlens]),
        '{ incubator(slug: "nothing") { name } }': ["Incubator"],
        "{ incubators { nodes { name } } }": ["Incubator"],
        PAGE: ["Startup", ids["gtec"]],
        '{ a: incubator(slug: "gtec") { id } b: incubator(slug: "imt-starter") { id } }': sorted(
            ids.values()
        ),
        NODE: sorted([crosspring, polderlens]),
        "{ __typename }": None,
    }
    for query, tags in asked.items():
        answer = await get(seeded, {"query": query, "variables": {"id": polderlens}})
        assert "\x03" not in answer.text
        told_of = answer.headers.get("cache-tag")
        assert (query, told_of and told_of.split(",")) == (query, tags)
        assert answer.headers.get("surrogate-key") == (tags and " ".join(tags))


def test_many_objects_are_named_by_their_type() -> None:
    """Fifty at most are named one by one; the type of the most of them goes first."""
    tags = Tags()
    texts = [
        b"\x03Stay:s%d Startup:u%d Incubator:i%d\x03{}" % (n, n % 45, n % 5) for n in range(60)
    ]
    assert tags.take(b",".join(texts)) == b",".join([b"{}"] * 60)
    startups, incubators = (
        [f"{kind}{n}" for n in range(count)] for kind, count in (("u", 45), ("i", 5))
    )
    assert tags.told() == ["Stay", *sorted(incubators + startups)]
    tags.take(b"\x03Incubator:i5\x03")
    assert tags.told() == ["Startup", "Stay", *(f"i{n}" for n in range(6))]
