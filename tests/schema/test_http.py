"""GraphQL over HTTP: what the endpoint takes, and that every answer is JSON."""

import json
from typing import Any

import httpx2
import pytest

from softlanding.testing.house import House

QUERY = "{ incubators { totalCount } }"
JSON = {"content-type": "application/json"}


@pytest.fixture
def engine() -> str:
    """One database is enough where none is asked."""
    return "sqlite"


async def post(house: House, content: bytes | str, **headers: str) -> httpx2.Response:
    return await house.http.post("/graphql", content=content, headers={**JSON, **headers})


def told(answer: httpx2.Response) -> dict[str, Any]:
    """Return an answer without what it cost."""
    found: dict[str, Any] = answer.json()
    assert found.pop("extensions").keys() == {"cost"}
    return found


def errors(answer: httpx2.Response) -> list[str]:
    return [error["message"] for error in answer.json()["errors"]]


async def test_a_query_is_answered_over_post_and_get(seeded: House) -> None:
    posted = await post(seeded, json.dumps({"query": QUERY}))
    got = await seeded.http.get("/graphql", params={"query": QUERY})
    for answer in (posted, got):
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert told(answer) == {"data": {"incubators": {"totalCount": 5}}}


async def test_get_takes_variables_and_refuses_mutations(seeded: House) -> None:
    query = "query($slug: String!) { incubator(slug: $slug) { name } }"
    got = await seeded.http.get(
        "/graphql", params={"query": query, "variables": '{"slug": "gtec"}'}
    )
    assert told(got) == {"data": {"incubator": {"name": "GTEC"}}}
    mutation = 'mutation { setToday(input: {today: "2027-01-01"}) { problems { code } } }'
    refused = await seeded.http.get("/graphql", params={"query": mutation})
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert errors(refused) == ["GET is for queries and subscriptions."]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
async def test_other_methods_are_refused_in_json(seeded: House, method: str) -> None:
    answer = await seeded.http.request(method, "/graphql")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert errors(answer) == [f"{method} is not possible here."]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The body is not JSON: "),
        (b"{", "The body is not JSON: "),
        (b"\xff\xfe", "The body is not JSON: "),
        (b"null", "The body must be a JSON object."),
        (b"1", "The body must be a JSON object."),
        (b'"x"', "The body must be a JSON object."),
        (b"[]", "The body must be a JSON object."),
        (b'[{"query": "{__typename}"}]', "The body must be a JSON object."),
        (b"[" * 100_000, "The body is not JSON: "),
        (b"1" * 5_000, "The body is not JSON: "),
        (b"{}", "The query is missing."),
        (b'{"query": 1}', "The query is missing."),
        (b'{"query": ""}', "The query is missing."),
        (b'{"query": "{__typename}", "variables": []}', "variables must be a JSON object."),
        (b'{"query": "{__typename}", "extensions": 1}', "extensions must be a JSON object."),
        (b'{"query": "{__typename}", "operationName": 1}', "operationName must be a string."),
        (b'{"query": "{__typename}", "variables": {"a": "\\u0000"}}', "holds the character U+0000"),
        (b'{"query": "{__typename}", "variables": {"a": "\\ud800"}}', "The body is not JSON: "),
        (b"\x1f\x8b\x08\x00", "holds the character U+0000"),
    ],
)
async def test_a_body_that_is_no_request_is_refused_in_json(
    seeded: House, body: bytes, message: str
) -> None:
    answer = await post(seeded, body)
    assert answer.status_code == 400
    assert message in errors(answer)[0]


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
        "application/json; charset=utf-16",
    ],
)
async def test_only_json_in_utf_8_is_taken(seeded: House, content_type: str) -> None:
    body = json.dumps({"query": QUERY})
    answer = await post(seeded, body, **{"content-type": content_type})
    assert (answer.status_code, errors(answer)) == (
        415,
        ["The body must be application/json in UTF-8."],
    )


async def test_a_compressed_body_is_refused(seeded: House) -> None:
    answer = await post(seeded, b"\x1f\x8b", **{"content-encoding": "gzip"})
    assert (answer.status_code, errors(answer)) == (415, ["Compressed bodies are not taken."])


async def test_a_body_above_128_kib_is_refused_announced_or_not(seeded: House) -> None:
    async def chunks() -> Any:
        for _ in range(200):
            yield b" " * 1024

    announced = await post(seeded, b" " * (128 * 1024 + 1))
    streamed = await seeded.http.post("/graphql", content=chunks(), headers=JSON)
    for answer in (announced, streamed):
        assert (answer.status_code, errors(answer)) == (413, ["The body is larger than 128 KiB."])


async def test_a_query_above_16_kib_is_refused(seeded: House) -> None:
    query = "{ __typename }" + " " * (16 * 1024)
    answer = await post(seeded, json.dumps({"query": query}))
    assert (answer.status_code, errors(answer)) == (413, ["The query is larger than 16 KiB."])


async def test_a_document_of_too_many_tokens_is_refused(seeded: House) -> None:
    answer = await post(seeded, json.dumps({"query": "{" + "a " * 6_000 + "}"}))
    assert answer.status_code == 200
    assert "token" in errors(answer)[0].lower()


@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        ("application/json", 200, "application/json"),
        ("*/*", 200, "application/json"),
        ("application/graphql-response+json", 400, "application/graphql-response+json"),
        (
            "application/graphql-response+json, application/json;q=0.9",
            400,
            "application/graphql-response+json",
        ),
        ("application/graphql-response+json;q=0.1, application/json", 200, "application/json"),
    ],
)
async def test_errors_before_execution_have_the_status_of_the_media_type(
    seeded: House, accept: str, status: int, media_type: str
) -> None:
    answer = await post(seeded, json.dumps({"query": "{ nonsense }"}), accept=accept)
    assert answer.status_code == status
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert "data" not in answer.json()
    assert errors(answer) == ["Cannot query field 'nonsense' on type 'Query'."]


async def test_an_operation_is_chosen_by_name(seeded: House) -> None:
    query = "query a { viewer { kind } } query b { incubators { totalCount } }"
    chosen = await post(seeded, json.dumps({"query": query, "operationName": "b"}))
    assert told(chosen) == {"data": {"incubators": {"totalCount": 5}}}
    unnamed = await post(seeded, json.dumps({"query": query}))
    assert (unnamed.status_code, errors(unnamed)) == (
        200,
        ["The document has several operations; name one: operationName."],
    )
    unknown = await post(seeded, json.dumps({"query": query, "operationName": "c"}))
    assert (unknown.status_code, errors(unknown)) == (400, ['Unknown operation named "c".'])


@pytest.mark.parametrize(
    "header",
    ["Bearer nonsense", "Bearer", "Bearer ", "Basic abc", "slt_x", "Bearer slt_" + "x" * 500],
)
async def test_a_token_that_is_not_known_is_refused_and_nothing_is_read(
    seeded: House, header: str
) -> None:
    answer = await post(seeded, json.dumps({"query": QUERY}), authorization=header)
    assert (answer.status_code, answer.json()) == (
        401,
        {
            "errors": [
                {
                    "message": "The token is not known, expired or revoked.",
                    "extensions": {
                        "code": "UNAUTHENTICATED",
                        "hint": "Send `Authorization: Bearer <token>` with a token in force,"
                        " or none.",
                    },
                }
            ]
        },
    )
    assert answer.headers["www-authenticate"] == 'Bearer realm="softlanding"'


async def test_a_revoked_token_opens_nothing(seeded: House) -> None:
    from softlanding.services.tokens import revoke_tokens

    token = await seeded.person("Rex", admin=True)
    assert (await seeded.data("{ viewer { isAdmin } }", token=token))["viewer"]["isAdmin"] is True
    await revoke_tokens(seeded.core, label="test Rex")
    answer = await seeded.ask("{ viewer { isAdmin } }", token=token)
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_every_answer_carries_a_request_id_and_security_headers(seeded: House) -> None:
    given = await post(seeded, json.dumps({"query": QUERY}), **{"x-request-id": "abc-12345678"})
    made = await post(seeded, json.dumps({"query": QUERY}), **{"x-request-id": "no good"})
    assert given.headers["x-request-id"] == "abc-12345678"
    assert len(made.headers["x-request-id"]) == 36
    assert given.headers["x-content-type-options"] == "nosniff"
    assert given.headers["referrer-policy"] == "no-referrer"


async def test_health_answers_and_tells_strangers_nothing_more(seeded: House) -> None:
    live = await seeded.http.get("/health/live")
    ready = await seeded.http.get("/health/ready")
    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})


async def test_an_unknown_place_is_told_in_json(seeded: House) -> None:
    answer = await seeded.http.get("/nowhere")
    assert (answer.status_code, errors(answer)) == (404, ["There is nothing at /nowhere."])
    wrong = await seeded.http.post("/health/live")
    assert wrong.status_code == 405
    assert errors(wrong) == ["POST is not possible at /health/live."]


@pytest.mark.gives_up
async def test_what_nobody_foresaw_is_masked_and_logged(
    seeded: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from softlanding_schema.types.viewer import Viewer

    def fails(info: Any) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr(Viewer, "of", fails)
    answer = await post(
        seeded, json.dumps({"query": "{ viewer { kind } }"}), **{"x-request-id": "abc-12345678"}
    )
    assert told(answer) == {
        "data": None,
        "errors": [
            {
                "message": "Something went wrong here; it has been logged.",
                "extensions": {"code": "INTERNAL", "requestId": "abc-12345678"},
                "locations": [{"line": 1, "column": 3}],
                "path": ["viewer"],
            }
        ],
    }
