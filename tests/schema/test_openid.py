"""Signing in with a real provider of OpenID Connect, the package oidc-provider of npm."""

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from structlog.testing import capture_logs
from tests.npm.install import FOLDER, install
from tests.schema.openid_provider.walking import ASKED, Browser

from softlanding.host.registry import Registry
from softlanding.predicates import EVERYTHING, Equals
from softlanding.testing.house import House, open_house

HERE = "http://house"
EMAIL = "fay.founder@example.org"
CLIENT, SECRET = "soft landing & co", "a+b/c %25=:~!"


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The provider, as a process of its own on a free port."""
    node = install()
    said = tmp_path_factory.mktemp("provider") / "stderr"
    with said.open("w") as errors:
        process = subprocess.Popen(
            [str(node), "openid_provider.js", CLIENT, SECRET, f"{HERE}/sign-in/openid/callback"],
            cwd=FOLDER,
            env={**os.environ, "NODE_ENV": "test"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, said.read_text()
        yield address
        process.stdin.close()
        process.wait(timeout=10)
        process.stdout.close()


@pytest.fixture
def settings(issuer: str) -> Mapping[str, str]:
    """The settings of the product."""
    return {
        "openid_issuer": issuer,
        "openid_client_id": CLIENT,
        "openid_client_secret": SECRET,
        "openid_name": "Campus Account",
    }


@pytest.fixture
async def house(
    seeded_url: str, registry: Registry, settings: Mapping[str, str]
) -> AsyncIterator[House]:
    """The product, with this provider and a founder."""
    async with open_house(
        database_url=seeded_url,
        registry=registry,
        migrated=True,
        public_url=HERE,
        openid=settings,
    ) as opened:
        await opened.person("Fay Founder", founder_of=["polderlens"])
        yield opened


@pytest.fixture
async def browser(house: House) -> AsyncIterator[Browser]:
    """A browser."""
    opened = Browser(house)
    yield opened
    await opened.abroad.aclose()


async def rows(house: House, table: str) -> list[dict[str, Any]]:
    return await house.core.database.rows.select(table, EVERYTHING)


async def written(house: House) -> tuple[int, int, int]:
    """Return how many identities, sessions and flows there are."""
    found = [len(await rows(house, table)) for table in ("identities", "sessions", "sign_in_flows")]
    return found[0], found[1], found[2]


def told(answer: httpx2.Response) -> tuple[int, str]:
    """Return the status of a page and the problem that it tells."""
    found = re.search(r'role="alert">\s*<p>(.*?)</p>', answer.text, re.DOTALL)
    return answer.status_code, found[1] if found else ""


NOBODY = (401, "Nobody here is known by your account at Campus Account.")
USED = (400, "This sign-in was used already, took too long, or began in another browser.")
DENIED = (403, "Campus Account did not let you in, or you declined.")


async def test_a_person_signs_in_and_is_linked_to_the_account_and_signs_in_again(
    browser: Browser,
) -> None:
    house = browser.house
    page = (await browser.get("/sign-in?return_to=/graphiql/%3Fa%3Db%26c")).text
    href = "/sign-in/openid?return_to=%2Fgraphiql%2F%3Fa%3Db%26c"
    assert f'<a class="button" href="{href}">Sign in with Campus Account</a>' in page
    answer = await browser.sign_in(EMAIL)
    assert (answer.status_code, answer.headers["location"]) == (303, "/graphiql/")
    assert browser.home.keys() == {"softlanding"}
    assert "You are signed in as Fay Founder." in (await browser.get("/sign-in")).text
    (person,) = await house.core.database.rows.select("persons", Equals("email", EMAIL))
    (identity,) = await rows(house, "identities")
    assert (identity["person_id"], identity["subject"]) == (person["id"], EMAIL)
    (session,) = await rows(house, "sessions")
    assert (session["person_id"], session["method"]) == (person["id"], "openid")
    again = await browser.sign_in(EMAIL)
    assert again.status_code == 303
    assert await written(house) == (1, 2, 0)


async def test_an_identity_stays_the_persons_when_addresses_change(browser: Browser) -> None:
    await browser.sign_in(EMAIL)
    house = browser.house
    (person,) = await house.core.database.rows.select("persons", Equals("email", EMAIL))

    async def move(transaction: Any) -> None:
        await transaction.update("persons", person["id"], {"email": "fay@elsewhere.example"})

    await house.core.database.transact(move)
    assert (await browser.sign_in(EMAIL)).status_code == 303
    assert {row["person_id"] for row in await rows(house, "sessions")} == {person["id"]}


async def test_two_first_answers_at_one_time_link_once(browser: Browser) -> None:
    other = Browser(browser.house, abroad=browser.abroad)
    ways = [await one.agree(await one.ask(), EMAIL) for one in (browser, other)]
    answers = await asyncio.gather(browser.get(ways[0]), other.get(ways[1]))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert await written(browser.house) == (1, 2, 0)


async def test_the_question_and_its_cookie(browser: Browser, issuer: str) -> None:
    answer = await browser.get("/sign-in/openid")
    question = parse_qs(urlsplit(answer.headers["location"]).query)
    assert answer.headers["location"].startswith(f"{issuer}/auth?")
    assert {name: question[name] for name in question.keys() - _SECRETS} == {
        "response_type": ["code"],
        "client_id": [CLIENT],
        "redirect_uri": [f"{HERE}/sign-in/openid/callback"],
        "scope": ["openid email"],
        "code_challenge_method": ["S256"],
    }
    assert all(re.fullmatch(r"[\w-]{43}", question[name][0]) for name in _SECRETS)
    assert re.fullmatch(
        r"softlanding-openid=[\w-]{43}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax",
        answer.headers["set-cookie"],
    )
    (flow,) = await rows(browser.house, "sign_in_flows")
    assert question["state"][0] not in str(flow)
    assert browser.home[ASKED] not in str(flow)


_SECRETS = {"state", "nonce", "code_challenge"}


async def test_whoever_turns_back_at_the_provider_is_told_so(browser: Browser) -> None:
    back = await browser.abort(await browser.ask())
    assert "error=access_denied" in back
    assert told(await browser.get(back)) == DENIED
    assert await written(browser.house) == (0, 0, 0)
    assert told(await browser.get(back)) == USED


@pytest.mark.parametrize("login", [f"unverified:{EMAIL}", "stranger@example.org", "no-address"])
async def test_who_is_not_known_by_a_verified_address_is_told_alike(
    browser: Browser, login: str
) -> None:
    assert told(await browser.sign_in(login)) == NOBODY
    assert await written(browser.house) == (0, 0, 0)
    people = await rows(browser.house, "persons")
    assert not any(login in person["email"] for person in people)


async def test_letters_that_become_ascii_in_lower_case_are_no_way_in(browser: Browser) -> None:
    await browser.house.person("Kim")
    assert told(await browser.sign_in("\u212aim@example.org")) == NOBODY
    other = Browser(browser.house)
    assert (await other.sign_in("KIM@Example.org")).status_code == 303
    await other.abroad.aclose()


async def test_an_answer_is_taken_once(browser: Browser) -> None:
    asked = await browser.ask()
    secret = browser.home[ASKED]
    back = await browser.agree(asked, EMAIL)
    assert (await browser.get(back)).status_code == 303
    browser.home = {ASKED: secret}
    assert told(await browser.get(back)) == USED
    assert await written(browser.house) == (1, 1, 0)


async def test_an_answer_at_one_time_is_taken_once(browser: Browser) -> None:
    back = await browser.agree(await browser.ask(), EMAIL)
    twins = [Browser(browser.house, home=dict(browser.home)) for _ in range(6)]
    answers = await asyncio.gather(*(twin.get(back) for twin in twins))
    assert sorted(answer.status_code for answer in answers) == [303, *[400] * 5]
    assert await written(browser.house) == (1, 1, 0)


async def test_an_answer_is_for_the_browser_that_asked(browser: Browser) -> None:
    """Nobody is signed in to a stranger's account by following the stranger's link."""
    back = await browser.agree(await browser.ask(), EMAIL)
    victim = Browser(browser.house)
    assert told(await victim.get(back)) == USED
    await victim.ask()
    assert told(await victim.get(back)) == USED
    assert "softlanding" not in victim.home
    assert (await browser.get(back)).status_code == 303


async def test_an_answer_may_take_ten_minutes(browser: Browser) -> None:
    for age, expected in ((timedelta(minutes=9), 303), (timedelta(minutes=11), 400)):
        back = await browser.agree(await browser.ask(), EMAIL)
        await _age(browser.house, age)
        assert (await browser.get(back)).status_code == expected
    assert await written(browser.house) == (1, 1, 0)


async def test_questions_that_nobody_answered_are_deleted(browser: Browser) -> None:
    await browser.ask()
    await _age(browser.house, timedelta(minutes=11))
    await browser.ask()
    assert await written(browser.house) == (0, 0, 1)


async def _age(house: House, age: timedelta) -> None:
    async def work(transaction: Any) -> None:
        for flow in await transaction.select("sign_in_flows", EVERYTHING):
            before = {"created_at": flow["created_at"] - age}
            await transaction.update("sign_in_flows", flow["id"], before)

    await house.core.database.transact(work)


@pytest.mark.parametrize(
    "query", ["", "?state=x", "?code=x", "?state=x&code=y", "?error=x", "?state=%00&state=%ff"]
)
async def test_an_answer_to_nothing_is_refused(browser: Browser, query: str) -> None:
    assert told(await browser.get(f"/sign-in/openid/callback{query}")) == USED
    browser.home[ASKED] = "x"
    assert told(await browser.get(f"/sign-in/openid/callback{query}")) == USED


@pytest.mark.parametrize("change", ["code", "iss", "no iss"])
async def test_an_answer_that_was_changed_on_its_way_lets_nobody_in(
    browser: Browser, change: str
) -> None:
    back = await browser.agree(await browser.ask(), EMAIL)
    changed = {
        "code": re.sub("code=[^&]{4}", "code=abcd", back),
        "iss": re.sub("iss=[^&]+", "iss=https%3A%2F%2Fevil.example", back),
        "no iss": re.sub("&iss=[^&]+", "", back),
    }[change]
    assert changed != back
    with capture_logs() as logged:
        answer = await browser.get(changed)
    told_of = "Campus Account gives no answer that can be used at the moment."
    assert told(answer) == (503, told_of)
    (line,) = logged
    assert (line["log_level"], line["reason"]) == ("warning", "unusable")
    assert "exc_info" not in line
    assert await written(browser.house) == (0, 0, 0)


@pytest.mark.parametrize(
    ("return_to", "path"),
    [
        ("/graphiql/?query=%7Ba%7D", "/graphiql/?query={a}"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/%09/evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("evil", "/"),
        ("", "/"),
        (f"/{'x' * 600}", "/"),
    ],
)
async def test_people_go_on_to_paths_of_our_own_only(
    browser: Browser, return_to: str, path: str
) -> None:
    asked = await browser.ask(f"/sign-in/openid?return_to={return_to}")
    answer = await browser.get(await browser.agree(asked, EMAIL))
    assert answer.status_code == 303
    assert answer.headers["location"].replace("%7B", "{").replace("%7D", "}") == path


async def test_the_session_before_ends(browser: Browser) -> None:
    await browser.sign_in(EMAIL)
    await browser.sign_in(EMAIL)
    ended = [row["ended_at"] is not None for row in await rows(browser.house, "sessions")]
    assert sorted(ended) == [False, True]


async def test_thirty_questions_a_minute_are_asked_from_one_address(browser: Browser) -> None:
    for _ in range(30):
        await browser.ask()
    answer = await browser.get("/sign-in/openid")
    assert told(answer) == (429, "There were too many attempts in the last minute.")


async def test_without_a_provider_there_is_no_such_way(seeded: House) -> None:
    assert "/sign-in/openid" not in (await seeded.http.get("/sign-in")).text
    for path in ("/sign-in/openid", "/sign-in/openid/callback?state=x&code=y"):
        answer = await seeded.http.get(path)
        assert answer.status_code == 404
        message = answer.json()["errors"][0]["message"]
        assert message == f"There is nothing at {path.partition('?')[0]}."
