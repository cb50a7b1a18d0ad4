"""Which media type and coding an answer has, and whose pages may read it."""

import gzip
import json
from typing import Any

import brotli
import httpx2
import pytest

from softlanding.host.registry import Registry
from softlanding.settings import BadSettings, read_settings
from softlanding.testing.house import House
from softlanding_schema.compose import compose
from softlanding_schema.server.app import build_app
from softlanding_schema.server.negotiation import GRAPHQL_JSON, JSON, coding, media_type

SHORT = {"query": "{ __typename }"}
LONG = {"query": "{ incubators { nodes { name summary { value } startups { nodes { name } } } } }"}


@pytest.fixture
def engine() -> str:
    """One database is enough where none is asked."""
    return "sqlite"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("text/html, */*;q=0.1", JSON),
        (f"{GRAPHQL_JSON}, {JSON}", JSON),
        (f"{GRAPHQL_JSON}, {JSON};q=0.9", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}, */*;q=0.9", GRAPHQL_JSON),
        (f"{JSON};q=0, */*", GRAPHQL_JSON),
        (f"{JSON}; charset=utf-8", JSON),
        (f"{GRAPHQL_JSON};charset=utf-8", GRAPHQL_JSON),
        (f"{JSON.upper()};Q=0.5", JSON),
        (f"{JSON};q=nonsense", None),
        ("text/html", None),
        ("*/*;q=0", None),
        (f"{JSON};q=0, {GRAPHQL_JSON};q=0.0", None),
    ],
)
def test_the_media_type_is_what_weighs_most(accept: str, expected: str | None) -> None:
    assert media_type(accept.encode()) == expected


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("*", "br"),
        ("identity", "identity"),
        ("identity, gzip;q=0.5", "identity"),
        ("gzip;q=0", "identity"),
        ("zstd", "identity"),
        ("br;q=nonsense", "identity"),
    ],
)
def test_the_coding_is_what_weighs_most(accepted: str, expected: str) -> None:
    assert coding(accepted.encode()) == expected


async def test_whoever_takes_no_json_is_told_so_and_nothing_runs(seeded: House) -> None:
    with seeded.core.database.statements() as statements:
        answer = await seeded.http.post("/graphql", json=SHORT, headers={"accept": "text/html"})
    assert answer.status_code == 406
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json() == {
        "errors": [
            {
                "message": "Answers are JSON, which your header Accept leaves out.",
                "extensions": {
                    "code": "INVALID",
                    "hint": "Accept application/json, application/graphql-response+json or"
                    " text/event-stream.",
                },
            }
        ]
    }
    assert statements == []


async def raw(house: House, body: dict[str, Any], accepted: str) -> tuple[httpx2.Headers, bytes]:
    """Return an answer as it travels."""
    headers = {"accept-encoding": accepted}
    async with house.http.stream("POST", "/graphql", json=body, headers=headers) as answer:
        return answer.headers, b"".join([part async for part in answer.aiter_raw()])


async def test_answers_are_compressed_for_whoever_takes_it(seeded: House) -> None:
    plain_headers, plain = await raw(seeded, LONG, "identity")
    assert len(plain) > 1024
    assert "content-encoding" not in plain_headers
    pressed = {}
    for name, press in {"br": brotli.decompress, "gzip": gzip.decompress}.items():
        headers, body = await raw(seeded, LONG, name)
        assert (headers["content-encoding"], headers["content-length"]) == (name, str(len(body)))
        assert "Accept-Encoding" in headers["vary"]
        assert json.loads(press(body))["data"] == json.loads(plain)["data"]
        pressed[name] = len(body)
    assert pressed["br"] < pressed["gzip"] < len(plain)


async def test_short_answers_are_not_compressed(seeded: House) -> None:
    headers, body = await raw(seeded, SHORT, "br, gzip")
    assert "content-encoding" not in headers
    assert json.loads(body)["data"] == {"__typename": "Query"}


async def test_head_is_answered_as_get_and_options_tells_the_methods(seeded: House) -> None:
    head = await seeded.http.head("/graphql", params=SHORT)
    assert (head.status_code, head.headers["content-type"]) == (
        200,
        "application/json; charset=utf-8",
    )
    options = await seeded.http.options("/graphql")
    assert (options.status_code, options.headers["allow"], options.content) == (
        204,
        "GET, HEAD, POST, OPTIONS",
        b"",
    )


PREFLIGHT = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type,idempotency-key",
}


def crossing(answer: httpx2.Response) -> dict[str, str]:
    """Return what an answer tells browsers about other origins."""
    start = "access-control-"
    return {
        name.removeprefix(start): value
        for name, value in sorted(answer.headers.items())
        if name.startswith(start)
    }


async def test_pages_of_all_origins_may_read_without_a_cookie(seeded: House) -> None:
    origin = {"origin": "https://website.example"}
    asked = await seeded.http.options("/graphql", headers={**origin, **PREFLIGHT})
    assert asked.status_code == 200
    assert crossing(asked) == {
        "allow-headers": "Accept, Accept-Language, Authorization, Content-Language, Content-Type,"
        " Idempotency-Key, If-None-Match, X-Request-Id",
        "allow-methods": "GET, HEAD, POST",
        "allow-origin": "*",
        "max-age": "7200",
    }
    answer = await seeded.http.post("/graphql", json=SHORT, headers=origin)
    assert crossing(answer) == {
        "allow-origin": "*",
        "expose-headers": "ETag, Idempotent-Replayed, Retry-After, WWW-Authenticate, X-Request-Id",
    }
    with_cookie = await seeded.http.post(
        "/graphql",
        json=SHORT,
        headers={**origin, "cookie": "softlanding=sls_x", "sec-fetch-site": "cross-site"},
    )
    assert with_cookie.status_code == 403
    assert "allow-credentials" not in crossing(with_cookie)


async def test_origins_can_be_named_and_others_are_told_nothing(
    seeded: House, registry: Registry
) -> None:
    app = build_app(seeded.core, compose(registry)[0], origins=("https://website.example",))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
        told = {}
        for origin in ("https://website.example", "https://other.example", "null"):
            asked = await http.options("/graphql", headers={"origin": origin, **PREFLIGHT})
            answer = await http.post("/graphql", json=SHORT, headers={"origin": origin})
            told[origin] = (
                asked.status_code,
                crossing(asked).get("allow-origin"),
                crossing(answer).get("allow-origin"),
                answer.headers["vary"],
            )
    assert told == {
        "https://website.example": (
            200,
            "https://website.example",
            "https://website.example",
            "Origin",
        ),
        "https://other.example": (400, None, None, "Origin"),
        "null": (400, None, None, "Origin"),
    }


@pytest.mark.parametrize(
    "origin", ["website.example", "https://website.example/", "https://*.example/x", "HTTPS://A.B"]
)
def test_what_is_no_origin_is_refused_at_the_start(origin: str) -> None:
    with pytest.raises(BadSettings, match=r"^SOFTLANDING_CORS_ORIGINS: .* is no origin"):
        read_settings(cors_origins=origin)


async def test_answers_tell_browsers_to_do_nothing_else_with_them(seeded: House) -> None:
    answer = await seeded.http.post("/graphql", json=SHORT)
    told = {
        name: answer.headers.get(name)
        for name in (
            "content-security-policy",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "referrer-policy",
            "strict-transport-security",
            "x-content-type-options",
        )
    }
    assert told == {
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "strict-transport-security": None,
        "x-content-type-options": "nosniff",
    }
