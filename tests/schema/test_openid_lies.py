"""A provider of OpenID Connect that lies, breaks or is silent lets nobody in, and costs nothing."""

import gzip
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import httpx2
import pytest
from joserfc import jws
from joserfc.jwk import RSAKey
from pydantic import SecretStr
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from structlog.testing import capture_logs
from tests.schema.openid_provider.lying import (
    CLIENT,
    SECRET,
    Answer,
    FromNow,
    Liar,
    by_hand,
    elliptic,
    encoded,
    lying,
    rsa,
    signed,
)
from tests.schema.openid_provider.walking import Browser
from tests.schema.test_openid import HERE, NOBODY, rows, told, written

from softlanding.host.registry import Registry
from softlanding.openid_settings import OpenIDSettings
from softlanding.services.openid_provider import OpenIDProvider
from softlanding.testing.house import open_house

NOT_BELIEVED = (401, "What Campus Account said of you could not be verified.")
NO_ANSWER = (503, "Campus Account gives no answer that can be used at the moment.")


@pytest.fixture
def engine() -> str:
    """What is written is tested with the real provider, on both databases."""
    return "sqlite"


@pytest.fixture
async def liar() -> AsyncIterator[Liar]:
    """The provider."""
    async with lying() as opened:
        yield opened


@pytest.fixture
async def browser(seeded_url: str, registry: Registry, liar: Liar) -> AsyncIterator[Browser]:
    """A browser at a product that knows this provider and a founder."""
    async with open_house(
        database_url=seeded_url,
        registry=registry,
        migrated=True,
        public_url=HERE,
        openid={
            "openid_issuer": liar.issuer,
            "openid_client_id": CLIENT,
            "openid_client_secret": SECRET,
            "openid_name": "Campus Account",
        },
    ) as house:
        await house.person("Fay Founder", founder_of=["polderlens"])
        yield Browser(house)


async def come_back(browser: Browser, liar: Liar, **changes: str) -> httpx2.Response:
    """Ask, and come back as if the provider had let the person in."""
    question = parse_qs(urlsplit(await browser.ask()).query)
    liar.nonce = question["nonce"][0]
    return await browser.get(
        f"/sign-in/openid/callback?code=c&state={question['state'][0]}"
        + "".join(f"&{name}={quote(value)}" for name, value in changes.items())
    )


async def test_a_provider_that_does_as_it_should_lets_people_in(
    browser: Browser, liar: Liar
) -> None:
    assert (await come_back(browser, liar)).status_code == 303
    assert await written(browser.house) == (1, 1, 0)
    assert liar.asked == ["/.well-known/openid-configuration", "/token", "/jwks"]
    body = dict(parse_qsl(liar.bodies[1].decode()))
    assert len(body.pop("code_verifier")) == 64
    assert body == {
        "grant_type": "authorization_code",
        "code": "c",
        "redirect_uri": f"{HERE}/sign-in/openid/callback",
    }
    assert liar.authorizations[1].startswith("Basic ")
    await come_back(browser, liar)
    assert liar.asked[3:] == ["/token"]


def shared_secret(secret: bytes) -> Callable[[dict[str, Any]], str]:
    return lambda claims: by_hand({"alg": "HS256", "kid": "first"}, claims, secret)


def changed_after_signing(claims: dict[str, Any]) -> str:
    header, _, signature = signed(claims, rsa("first"), "RS256").split(".")
    return f"{header}.{encoded({**claims, 'sub': 'ada'})}.{signature}"


def another_key(claims: dict[str, Any]) -> str:
    thief = RSAKey.import_key({**rsa("thief").as_dict(private=True), "kid": "first"})
    return signed(claims, thief, "RS256")


FORGERIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "alg none": lambda claims: by_hand({"alg": "none", "kid": "first"}, claims, None),
    "alg None": lambda claims: by_hand({"alg": "None", "kid": "first"}, claims, None),
    "no alg": lambda claims: by_hand({"kid": "first"}, claims, None),
    "HS256 with the public key in PEM": lambda claims: shared_secret(
        rsa("first").as_pem(private=False)
    )(claims),
    "HS256 with the public key in DER": lambda claims: shared_secret(
        rsa("first").as_der(private=False)
    )(claims),
    "HS256 with the client's secret": shared_secret(SECRET.encode()),
    "HS256 with nothing": shared_secret(b""),
    "changed after signing": changed_after_signing,
    "another key under the same id": another_key,
    "an unknown key": lambda claims: signed(claims, rsa("thief"), "RS256"),
    "a key of its own in the header": lambda claims: signed(
        claims, rsa("thief"), "RS256", jwk=rsa("thief").as_dict(private=False)
    ),
    "an algorithm that the provider does not name": lambda claims: signed(
        claims, rsa("first"), "PS256"
    ),
    "an algorithm for other keys": lambda claims: signed(claims, elliptic("first"), "ES256"),
    "something critical": lambda claims: signed(claims, rsa("first"), "RS256", crit=["own"], own=1),
    "no signature": lambda claims: signed(claims, rsa("first"), "RS256").rpartition(".")[0] + ".",
    "two parts": lambda claims: signed(claims, rsa("first"), "RS256").rpartition(".")[0],
    "no JSON": lambda claims: f"{encoded({'alg': 'RS256', 'kid': 'first'})}.{encoded(b'x')}.eA",
    "very deep JSON": lambda claims: jws.serialize_compact(
        {"alg": "RS256", "kid": "first"}, b"[" * 90_000, rsa("first")
    ),
    "a very long header": lambda claims: f"{encoded(b'[' * 90_000)}.{encoded(claims)}.eA",
    "empty": lambda claims: "",
    "missing": lambda claims: None,
    "a number": lambda claims: 1,
    "a list": lambda claims: [signed(claims, rsa("first"), "RS256")],
    "half a character": lambda claims: "\ud800",
}


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    browser: Browser, liar: Liar, forgery: str
) -> None:
    liar.forge = FORGERIES[forgery]
    with capture_logs() as logged:
        assert told(await come_back(browser, liar)) == NOT_BELIEVED
    assert [(line["log_level"], line["reason"]) for line in logged] == [("warning", "not believed")]
    assert "exc_info" not in logged[0]
    assert await written(browser.house) == (0, 0, 0)


CLAIMS: dict[str, dict[str, Any]] = {
    "of another issuer": {"iss": "https://evil.example"},
    "of an issuer with a slash more": {"iss": "http://127.0.0.1/"},
    "without an issuer": {"iss": "left out"},
    "for another client": {"aud": "another"},
    "for others": {"aud": ["another", "and another"]},
    "for several without an authorized party": {"aud": [CLIENT, "another"]},
    "for nobody": {"aud": "left out"},
    "with an audience that is no text": {"aud": {CLIENT: 1}},
    "for another authorized party": {"azp": "another"},
    "that has expired": {"exp": FromNow(-120)},
    "that never expires": {"exp": "left out"},
    "that expires at some time": {"exp": "tomorrow"},
    "that expires when it is true": {"exp": True},
    "issued tomorrow": {"iat": FromNow(86400)},
    "issued never": {"iat": "left out"},
    "to be used tomorrow": {"nbf": FromNow(86400)},
    "for another sign-in": {"nonce": "another"},
    "for any sign-in": {"nonce": "left out"},
    "for a list of sign-ins": {"nonce": []},
    "about nobody": {"sub": "left out"},
    "about an empty name": {"sub": ""},
    "about a number": {"sub": 1},
    "about a list": {"sub": ["fay"]},
    "about a name without end": {"sub": "f" * 256},
    "about what is no text": {"sub": "a\x00b"},
    "about half a character": {"sub": "\ud800"},
    "with another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "with a hash that is no text": {"at_hash": 5},
}


@pytest.mark.parametrize("claims", CLAIMS)
async def test_a_token_that_was_not_made_for_this_sign_in_lets_nobody_in(
    browser: Browser, liar: Liar, claims: str
) -> None:
    liar.claims = CLAIMS[claims]
    assert told(await come_back(browser, liar)) == NOT_BELIEVED
    assert await written(browser.house) == (0, 0, 0)


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": FromNow(-30)},
        {"iat": FromNow(30), "nbf": FromNow(30)},
        {"aud": [CLIENT]},
        {"aud": [CLIENT, "another"], "azp": CLIENT},
        {"sub": "f" * 255},
    ],
)
async def test_clocks_may_differ_by_a_minute_and_audiences_be_several(
    browser: Browser, liar: Liar, claims: dict[str, Any]
) -> None:
    liar.claims = claims
    assert (await come_back(browser, liar)).status_code == 303


async def test_keys_are_fetched_again_once_when_a_token_names_a_new_one(
    browser: Browser, liar: Liar
) -> None:
    await come_back(browser, liar)
    liar.keys = [elliptic("second"), rsa("first")]
    liar.forge = lambda claims: signed(claims, elliptic("second"), "ES256")
    assert (await come_back(browser, liar)).status_code == 303
    assert liar.asked.count("/jwks") == 2
    liar.forge = lambda claims: signed(claims, rsa("unpublished"), "RS256")
    assert told(await come_back(browser, liar)) == NOT_BELIEVED
    assert liar.asked.count("/jwks") == 3


async def test_a_single_key_needs_no_id(browser: Browser, liar: Liar) -> None:
    liar.forge = lambda claims: signed(claims, rsa("first"), "RS256", kid=None)
    assert (await come_back(browser, liar)).status_code == 303


@pytest.mark.parametrize(
    "published",
    [
        {"kty": "oct", "k": encoded(b"known to everybody, so no secret"), "kid": "first"},
        {"kty": "RSA", "kid": "first"},
        {"kty": "RSA", "n": 1, "e": [], "kid": "first"},
        {"kty": "XYZ", "kid": "first"},
        "first",
        None,
    ],
)
async def test_published_keys_that_are_none_let_nobody_in(
    browser: Browser, liar: Liar, published: object
) -> None:
    liar.instead["/jwks"] = lambda _: _json({"keys": [published]})
    liar.forge = shared_secret(b"known to everybody, so no secret")
    assert told(await come_back(browser, liar)) == NOT_BELIEVED
    liar.forge = Liar().forge
    assert told(await come_back(browser, liar)) == NOT_BELIEVED


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "left out"},
        {"email_verified": "true"},
        {"email_verified": 1},
        {"email": ""},
        {"email": None},
        {"email": ["fay.founder@example.org"]},
        {"email": "fay.founder@example.org\x00"},
        {"email": "\ud800@example.org"},
        {"email": "somebody@example.org"},
    ],
)
async def test_addresses_that_are_not_verified_or_not_known_are_told_alike(
    browser: Browser, liar: Liar, claims: dict[str, Any]
) -> None:
    liar.claims = claims
    assert told(await come_back(browser, liar)) == NOBODY
    assert await written(browser.house) == (0, 0, 0)


async def test_user_information_counts_when_it_is_about_the_same_account(
    browser: Browser, liar: Liar
) -> None:
    liar.claims = {"email": "left out"}
    liar.user = {"sub": "ada", "email": "fay.founder@example.org", "email_verified": True}
    assert told(await come_back(browser, liar)) == NO_ANSWER
    assert await written(browser.house) == (0, 0, 0)
    liar.user["sub"] = "fay"
    assert (await come_back(browser, liar)).status_code == 303
    assert liar.authorizations[-1] == "Bearer at"
    (identity,) = await rows(browser.house, "identities")
    assert (identity["issuer"], identity["subject"]) == (liar.issuer, "fay")


async def test_the_secret_goes_into_the_form_where_the_provider_takes_no_other_way(
    browser: Browser, liar: Liar
) -> None:
    liar.discovery = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert (await come_back(browser, liar)).status_code == 303
    body = dict(parse_qsl(liar.bodies[1].decode()))
    assert (body["client_id"], body["client_secret"]) == (CLIENT, SECRET)
    assert liar.authorizations[1] == ""


async def test_an_answer_of_another_issuer_is_not_exchanged(browser: Browser, liar: Liar) -> None:
    assert told(await come_back(browser, liar, iss="https://evil.example")) == NO_ANSWER
    liar.discovery = {"authorization_response_iss_parameter_supported": True}
    browser.house.core.openid = _provider(liar)
    assert told(await come_back(browser, liar)) == NO_ANSWER
    assert "/token" not in liar.asked
    assert (await come_back(browser, liar, iss=liar.issuer)).status_code == 303


def _json(value: object) -> Response:
    return JSONResponse(value)


BROKEN: dict[str, Answer] = {
    "missing": lambda _: PlainTextResponse("not found", 404),
    "broken": lambda _: PlainTextResponse("broken", 500),
    "empty": lambda _: Response(b""),
    "a page": lambda _: PlainTextResponse("<html>sign in to the wifi</html>"),
    "a list": lambda _: _json([1]),
    "a text": lambda _: _json("text"),
    "nothing": lambda _: _json(None),
    "very deep": lambda _: Response(b"[" * 100_000, media_type="application/json"),
    "no UTF-8": lambda _: Response(b'{"\xff": 1}', media_type="application/json"),
    "too large": lambda _: Response(b'{"a": "' + b"x" * 300_000 + b'"}'),
    "compressed": lambda _: Response(
        gzip.compress(b"{" + b" " * 10_000_000 + b"}"), headers={"content-encoding": "gzip"}
    ),
    "elsewhere": lambda _: RedirectResponse("http://127.0.0.1:1/"),
    "silent": lambda _: Response(status_code=102),
}


def _provider(liar: Liar, **changes: Any) -> OpenIDProvider:
    settings = OpenIDSettings(
        issuer=liar.issuer,
        client_id=CLIENT,
        client_secret=SecretStr(SECRET),
        name="Campus Account",
    )
    return OpenIDProvider(settings, **changes)


@pytest.mark.parametrize("fault", BROKEN)
async def test_a_provider_that_cannot_be_discovered_is_told_and_asked_again_later(
    browser: Browser, liar: Liar, fault: str
) -> None:
    browser.house.core.openid = _provider(liar, seconds=2.0 if fault == "silent" else 10.0)
    liar.instead["/.well-known/openid-configuration"] = BROKEN[fault]
    with capture_logs() as logged:
        assert told(await browser.get("/sign-in/openid")) == NO_ANSWER
    assert [(line["log_level"], line["reason"]) for line in logged] == [("warning", "unusable")]
    assert await written(browser.house) == (0, 0, 0)
    del liar.instead["/.well-known/openid-configuration"]
    browser.house.core.openid = _provider(liar)
    assert (await come_back(browser, liar)).status_code == 303


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("path", ["/token", "/jwks", "/userinfo"])
async def test_a_provider_that_breaks_on_the_way_lets_nobody_in(
    browser: Browser, liar: Liar, path: str, fault: str
) -> None:
    browser.house.core.openid = _provider(liar, seconds=2.0 if fault == "silent" else 10.0)
    liar.claims = {"email": "left out"}
    liar.user = {"sub": "fay", "email": "fay.founder@example.org", "email_verified": True}
    liar.instead[path] = BROKEN[fault]
    assert told(await come_back(browser, liar)) == NO_ANSWER
    assert await written(browser.house) == (0, 0, 0)


async def test_a_code_that_the_provider_refuses_lets_nobody_in(
    browser: Browser, liar: Liar
) -> None:
    for status in (200, 400, 401):
        liar.instead["/token"] = lambda _, status=status: Response(  # type: ignore[misc] # bound now
            b'{"error": "invalid_grant", "error_description": ["odd"]}', status
        )
        assert told(await come_back(browser, liar)) == NO_ANSWER
    assert await written(browser.house) == (0, 0, 0)


async def test_a_provider_that_is_not_there_is_told(browser: Browser, liar: Liar) -> None:
    settings = OpenIDSettings(
        issuer="http://127.0.0.1:1",
        client_id=CLIENT,
        client_secret=SecretStr(SECRET),
        name="Campus Account",
    )
    browser.house.core.openid = OpenIDProvider(settings)
    assert told(await browser.get("/sign-in/openid")) == NO_ANSWER


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://evil.example/auth"},
        {"authorization_endpoint": "https://"},
        {"token_endpoint": "http://10.0.0.1/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"token_endpoint": "http://[::1"},
        {"jwks_uri": "ftp://127.0.0.1/jwks"},
        {"jwks_uri": 5},
        {"userinfo_endpoint": "http://169.254.169.254/latest"},
        {"id_token_signing_alg_values_supported": "RS256"},
    ],
)
async def test_a_discovery_document_that_leads_astray_is_not_followed(
    browser: Browser, liar: Liar, discovery: dict[str, Any]
) -> None:
    liar.discovery = discovery
    assert told(await browser.get("/sign-in/openid")) == NO_ANSWER
    assert liar.asked == ["/.well-known/openid-configuration"]


async def test_a_provider_without_an_algorithm_that_is_taken_lets_nobody_in(
    browser: Browser, liar: Liar
) -> None:
    for named in ([], ["HS256"], ["none"]):
        browser.house.core.openid = _provider(liar)
        liar.discovery = {"id_token_signing_alg_values_supported": named}
        for forge in (Liar().forge, shared_secret(SECRET.encode())):
            liar.forge = forge
            assert told(await come_back(browser, liar)) == NOT_BELIEVED
