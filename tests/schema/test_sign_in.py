"""Signing in with a browser: passwords, sessions, links; on both databases."""

import re
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from softlanding.access import rows
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.authentication import actor_of
from softlanding.services.calendars import create_address
from softlanding.services.password_resets import reset_link, set_password
from softlanding.services.passwords import hashed
from softlanding.services.tokens import create_token
from softlanding.testing.house import House

PASSWORD = "seven small boats at noon"
EMAIL = "fay.founder@example.org"
HERE = {"sec-fetch-site": "same-origin"}
WHO = {"query": "{ viewer { kind name } }"}
FAY = {"data": {"viewer": {"kind": "PERSON", "name": "Fay Founder"}}}


@pytest.fixture
async def fay(seeded: House) -> House:
    """The house, with a founder who has a password."""
    await seeded.person("Fay Founder", founder_of=["polderlens"])
    await set_password(seeded.core, await person_id(seeded), await hashed(PASSWORD))
    return seeded


async def person_id(house: House) -> Any:
    (person,) = await house.core.database.rows.select("persons", Equals("email", EMAIL))
    return person["id"]


async def sign_in(house: House, **form: str) -> httpx2.Response:
    given = {"email": EMAIL, "password": PASSWORD, **form}
    return await house.http.post("/sign-in", data=given, headers=HERE)


async def who(house: House, **headers: str) -> Any:
    answer = await house.http.post("/graphql", json=WHO, headers={**HERE, **headers})
    found = answer.json()
    found.pop("extensions", None)
    return found


def told(answer: httpx2.Response) -> tuple[int, str]:
    """Return the status of a page and the problem that it tells."""
    found = re.search(r'role="alert">\s*<p>(.*?)</p>', answer.text, re.DOTALL)
    return answer.status_code, found[1] if found else ""


NO_ACCOUNT = (401, "There is no account with this e-mail address and this password.")


async def test_whoever_signs_in_is_a_person_to_the_api_until_they_sign_out(fay: House) -> None:
    answer = await sign_in(fay, return_to="/graphiql/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/graphiql/")
    cookie = answer.headers["set-cookie"]
    assert re.fullmatch(
        r"softlanding=sls_[\w-]{43}; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax", cookie
    )
    assert await who(fay) == FAY
    assert "You are signed in as Fay Founder." in (await fay.http.get("/sign-in")).text
    answer = await fay.http.post("/sign-out", headers=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "Max-Age=0" in answer.headers["set-cookie"]
    fay.http.cookies.set("softlanding", cookie.split("=")[1].split(";")[0])
    found = await who(fay)
    assert found["errors"][0]["message"] == "Your session has ended."


async def test_over_https_the_cookie_is_kept_to_this_host_and_to_https(seeded: House) -> None:
    from softlanding_schema.server.cookies import Cookies

    cookies = Cookies("https://api.example.org", https=True)
    assert cookies.holding("s") == (
        "__Host-softlanding=s; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure"
    )


@pytest.mark.parametrize(
    "form",
    [
        {"password": "seven small boats at nine"},
        {"email": "nobody@example.org"},
        {"email": "ada@example.org", "password": ""},
        {"email": ""},
        {"email": "x" * 5000},
    ],
)
async def test_a_wrong_password_and_an_unknown_account_are_told_alike(
    fay: House, form: dict[str, str]
) -> None:
    answer = await sign_in(fay, **form)
    assert told(answer) == NO_ACCOUNT
    assert "set-cookie" not in answer.headers
    assert await fay.core.database.rows.select("sessions", EVERYTHING) == []


async def test_an_account_without_a_password_is_signed_in_by_none(seeded: House) -> None:
    await seeded.person("Fay Founder", founder_of=["polderlens"])
    for password in ("", PASSWORD, "nobody's"):
        assert told(await sign_in(seeded, password=password)) == NO_ACCOUNT


async def test_the_password_counts_however_a_keyboard_writes_it(fay: House) -> None:
    await set_password(fay.core, await person_id(fay), await hashed("sieben kühe im grünen tal"))
    decomposed = "sieben ku\u0308he im gru\u0308nen tal"
    assert (await sign_in(fay, password=decomposed)).status_code == 303


async def test_ten_passwords_a_minute_are_tried_of_an_account_and_no_more(fay: House) -> None:
    for _ in range(10):
        assert told(await sign_in(fay, password="wrong wrong wrong")) == NO_ACCOUNT
    for password in ("wrong wrong wrong", PASSWORD):
        answer = await sign_in(fay, password=password)
        assert told(answer) == (429, "There were too many attempts in the last minute.")
        assert answer.headers["retry-after"] == "60"
    other = await sign_in(fay, email="someone.else@example.org")
    assert told(other) == NO_ACCOUNT
    attempts = await fay.core.database.rows.select("sign_in_attempts", EVERYTHING)
    assert len(attempts) == 22
    assert EMAIL not in str(attempts)

    async def later(transaction: Any) -> None:
        for attempt in attempts:
            before = attempt["at"] - timedelta(minutes=1)
            await transaction.update("sign_in_attempts", attempt["id"], {"at": before})

    await fay.core.database.transact(later)
    assert (await sign_in(fay)).status_code == 303


async def test_attempts_at_one_time_are_counted_one_by_one(fay: House) -> None:
    import asyncio

    answers = await asyncio.gather(*(sign_in(fay, password="wrong wrong") for _ in range(14)))
    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 4


async def test_thirty_passwords_a_minute_are_tried_from_one_address(fay: House) -> None:
    for number in range(30):
        answer = await sign_in(fay, email=f"somebody{number}@example.org")
        assert told(answer) == NO_ACCOUNT
    assert (await sign_in(fay)).status_code == 429


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://house.evil.example"},
        {"origin": "https://house"},
        {"origin": "http://house:81"},
        {"origin": "http://house:x"},
        {"origin": "http://[x"},
        {"origin": "http://house", "host": "[x"},
        {"origin": "http://", "host": ""},
        {"sec-fetch-site": "cross-site", "origin": "http://house"},
    ],
)
async def test_what_none_of_our_pages_sent_is_refused(fay: House, headers: dict[str, str]) -> None:
    form = {"email": EMAIL, "password": PASSWORD}
    foreign = (403, "This form was not sent by our own page.")
    assert told(await fay.http.post("/sign-in", data=form, headers=headers)) == foreign
    await sign_in(fay)
    assert told(await fay.http.post("/sign-out", headers=headers)) == foreign
    for answer in (
        await fay.http.post("/graphql", json=WHO, headers=headers),
        await fay.http.get("/graphql", params=WHO, headers=headers),
    ):
        assert answer.status_code == 403
        assert answer.json()["errors"][0]["message"] == (
            "A request with the cookie of a session must come from our own pages."
        )
    assert await who(fay) == FAY


@pytest.mark.parametrize("origin", ["http://house", "http://house:80", "http://HOUSE"])
async def test_older_browsers_are_known_by_their_origin(fay: House, origin: str) -> None:
    form = {"email": EMAIL, "password": PASSWORD}
    answer = await fay.http.post("/sign-in", data=form, headers={"origin": origin})
    assert answer.status_code == 303


async def test_a_token_in_the_header_counts_before_the_cookie(fay: House) -> None:
    await sign_in(fay)
    token = await fay.person("Ada Admin", admin=True)
    found = await who(fay, authorization=f"Bearer {token}")
    assert found["data"]["viewer"]["name"] == "Ada Admin"


async def test_each_sign_in_is_a_new_session_and_ends_the_one_before(fay: House) -> None:
    await sign_in(fay)
    first = fay.http.cookies["softlanding"]
    await sign_in(fay)
    assert fay.http.cookies["softlanding"] != first
    states = [
        session["ended_at"] is None
        for session in await fay.core.database.rows.select("sessions", EVERYTHING, order=("id",))
    ]
    assert states == [False, True]


@pytest.mark.parametrize(("idle", "days"), [(True, 0), (False, 7)])
async def test_a_session_ends_when_it_is_idle_or_old(fay: House, idle: bool, days: int) -> None:
    await sign_in(fay)
    assert await who(fay) == FAY
    await fay.core.background.settle()
    (session,) = await fay.core.database.rows.select("sessions", EVERYTHING)
    now = fay.core.clock.now()
    long_ago = now - timedelta(days=days, hours=8, minutes=1)
    changes = {"last_seen_at": long_ago} if idle else {"created_at": long_ago}

    async def work(transaction: Any) -> None:
        await transaction.update("sessions", session["id"], changes)

    await fay.core.database.transact(work)
    assert (await who(fay))["errors"][0]["message"] == "Your session has ended."


async def test_the_last_use_of_a_session_is_noted(fay: House) -> None:
    await sign_in(fay)
    (before,) = await fay.core.database.rows.select("sessions", EVERYTHING)
    await who(fay)
    await fay.core.background.settle()
    (after,) = await fay.core.database.rows.select("sessions", EVERYTHING)
    assert after["last_seen_at"] > before["last_seen_at"]


@pytest.mark.parametrize(
    ("return_to", "place"),
    [
        ("/graphiql/?query=x", "/graphiql/?query=x"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/ünïcode", "/"),
        ("", "/"),
    ],
)
async def test_people_go_on_to_paths_of_ours_only(fay: House, return_to: str, place: str) -> None:
    answer = await sign_in(fay, return_to=return_to)
    assert answer.headers["location"] == place


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"email=" + b"x" * 20_000, "application/x-www-form-urlencoded"),
        (b"email=%FF%FE", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(30)), "application/x-www-form-urlencoded"),
        (b'{"email": "x"}', "application/json"),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x"),
    ],
)
async def test_what_is_no_form_is_told(fay: House, content: bytes, kind: str) -> None:
    headers = {**HERE, "content-type": kind}
    for place in ("/sign-in", "/password/forgotten", "/password/new"):
        answer = await fay.http.post(place, content=content, headers=headers)
        assert told(answer) == (400, "This is not the form of this page.")


async def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once(
    fay: House, capsys: pytest.CaptureFixture[str]
) -> None:
    await sign_in(fay)
    token = await fay.person("Someone Else")
    answer = await fay.http.post("/password/forgotten", data={"email": EMAIL}, headers=HERE)
    assert "If there is an account with this address, a link is on its way." in answer.text
    await fay.core.background.settle()
    sent = capsys.readouterr().err
    assert "to fay.founder@example.org: A new password" in sent
    link = re.search(rf"{re.escape(fay.core.public_url)}(/password/new\?link=([\w-]{{43}}))", sent)
    assert link
    form = (await fay.http.get(link[1])).text
    assert f'name="link" value="{link[2]}"' in form
    new = {"link": link[2], "password": "four green windmills turn"}
    answer = await fay.http.post("/password/new", data=new, headers=HERE)
    assert answer.status_code == 303
    assert await who(fay) == FAY
    states = await fay.core.database.rows.select("sessions", EVERYTHING, order=("id",))
    assert [one["ended_at"] is None for one in states] == [False, True]
    used_up = (404, "This link does not hold any more, or never did.")
    assert told(await fay.http.post("/password/new", data=new, headers=HERE)) == used_up
    assert told(await fay.http.get(link[1])) == used_up
    assert told(await sign_in(fay)) == NO_ACCOUNT
    assert (await sign_in(fay, password=new["password"])).status_code == 303
    assert await fay.data("{ viewer { name } }", token=token)


async def test_a_new_password_revokes_bearer_tokens_and_calendar_addresses(fay: House) -> None:
    core, key = fay.core, await person_id(fay)
    actor = await actor_of(core, key)
    own = await core.database.rows.select("stays", rows("stays", actor), order=("id",))
    stay = next(one for one in own if one["startup_id"] in actor.founder_of)
    path, _ = await create_address(core, actor, stay["id"], label="phone")
    token = await create_token(core, label="old", email=EMAIL)
    assert (await fay.http.get(path)).status_code == 200
    new = {"link": await reset_link(core, key), "password": "four green windmills turn"}
    await fay.http.post("/password/new", data=new, headers=HERE)
    answer = await fay.ask("{ viewer { name } }", token=token)
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert (await fay.http.get(path)).status_code == 404


async def test_nobody_is_told_whether_an_account_exists(
    fay: House, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [
        await fay.http.post("/password/forgotten", data={"email": email}, headers=HERE)
        for email in (EMAIL, "nobody@example.org", "nonsense")
    ]
    assert len({answer.content for answer in answers}) == 1
    await fay.core.background.settle()
    assert capsys.readouterr().err.count("A new password") == 1


async def test_a_link_holds_for_an_hour(fay: House) -> None:
    secret = await reset_link(fay.core, await person_id(fay), holds=timedelta(0))
    answer = await fay.http.get("/password/new", params={"link": secret})
    assert told(answer) == (404, "This link does not hold any more, or never did.")
    for wrong in ("", "x", secret[:-1], "' OR 1=1"):
        answer = await fay.http.get("/password/new", params={"link": wrong})
        assert told(answer)[0] == 404


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("short", "The password has 5 characters; 12 to 256 are possible."),
        ("x" * 257, "The password has 257 characters; 12 to 256 are possible."),
        *(
            (guessed, "The password is one of those that are guessed first.")
            for guessed in (
                "password1234",
                "qwertyuiop12",
                "aaaaaaaaaaaa",
                "123456789012",
                "softlanding2026",
                "fay.founder@example.org",
                "letmeinletmein",
            )
        ),
    ],
)
async def test_passwords_that_are_guessed_first_are_refused_and_the_link_still_holds(
    fay: House, password: str, message: str
) -> None:
    secret = await reset_link(fay.core, await person_id(fay))
    new = {"link": secret, "password": password}
    assert told(await fay.http.post("/password/new", data=new, headers=HERE)) == (400, message)
    assert (await sign_in(fay)).status_code == 303
    new["password"] = "four green windmills turn"
    assert (await fay.http.post("/password/new", data=new, headers=HERE)).status_code == 303


async def test_pages_tell_browsers_to_be_strict(fay: House) -> None:
    for place in ("/sign-in", "/password/forgotten", "/password/new?link=x"):
        answer = await fay.http.get(place)
        assert answer.headers["content-security-policy"] == (
            "default-src 'none'; style-src 'self'; img-src data:; form-action 'self';"
            " base-uri 'none'; frame-ancestors 'none'"
        )
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "<script" not in answer.text


async def test_what_people_type_is_shown_as_text(fay: House) -> None:
    answer = await sign_in(fay, email='"><script>alert(1)</script>', return_to='/"><b>')
    assert "<script" not in answer.text
    assert "<b>" not in answer.text
