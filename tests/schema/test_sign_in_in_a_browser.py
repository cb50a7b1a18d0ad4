"""A person is added, chooses a password, works in the editor and signs out, in Chromium."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect
from tests.schema.test_cli import run
from tests.schema.test_graphiql import browser as browser
from tests.schema.test_graphiql import pytestmark as pytestmark

from tests.conftest import Templates

# As the editor asks, from within its page.
ASK = """() => fetch('/graphql', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({query: '{ viewer { name } }'}),
}).then((answer) => answer.json())"""
PASSWORD = "nine quiet herons by the lock"


@pytest.fixture
def environment(templates: Templates) -> dict[str, str]:
    return {
        "SOFTLANDING_DATABASE_URL": templates.fresh("sqlite", seeded=True),
        "SOFTLANDING_TODAY": "2026-11-22",
        "SOFTLANDING_ENVIRONMENT": "test",
        "SOFTLANDING_OPEN_INTROSPECTION": "false",
        "SOFTLANDING_PORT": "0",
        "SOFTLANDING_LOG_LEVEL": "ERROR",
    }


@pytest.fixture
def address(environment: dict[str, str], tmp_path: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("softlanding")), "serve"],
        cwd=tmp_path,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().removeprefix("serving ").strip()
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


async def test_a_member_of_staff_signs_in_works_and_signs_out(
    address: str, environment: dict[str, str], tmp_path: Path, browser: Browser
) -> None:
    added = run(
        tmp_path,
        *("user", "create", "--name", "Stan Staff", "--email", "stan@example.org"),
        *("--staff-of", "gtec"),
        **environment,
    )
    link = added.stdout.strip().partition("/password/new")[2]
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{address}/graphiql/")
    assert page.url == f"{address}/sign-in?return_to=/graphiql/"
    await page.screenshot(path=tmp_path / "sign_in.png")
    await page.goto(f"{address}/password/new{link}")
    await page.get_by_label("New password").fill(PASSWORD)
    await page.get_by_role("button", name="Set the password and sign in").click()
    await expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("incubators")
    answer = await page.evaluate(ASK)
    assert answer["data"] == {"viewer": {"name": "Stan Staff"}}
    await page.goto(f"{address}/sign-in")
    await page.get_by_role("button", name="Sign out").click()
    await page.get_by_label("E-mail address").fill("stan@example.org")
    await page.get_by_label("Password").fill("not this one at all")
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("alert")).to_contain_text("There is no account")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.locator(".graphiql-query-editor")).to_be_visible()
