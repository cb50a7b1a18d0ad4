"""GraphiQL in a real browser: it works, it stays at home, and it forgets the token."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, Request, async_playwright, expect

TOKEN_KEY: Final = "softlanding:token"
CHROMIUM: Final = shutil.which("chromium")
ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# The page counts refusals of its own policy before anything else runs in it.
COUNT_VIOLATIONS: Final = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
        window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on this machine (Debian: apt-get install chromium)"
)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        await chromium.close()


@pytest.fixture
def address(server_url: str) -> str:
    return f"{server_url.rstrip('/')}/graphiql/"


async def open_page(browser: Browser, address: str, *, dark: bool = False) -> Page:
    context = await browser.new_context(color_scheme="dark" if dark else "light")
    await context.add_init_script(COUNT_VIOLATIONS)
    page = await context.new_page()
    await page.goto(address)
    await expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text("incubators")
    return page


async def enter_token(page: Page, token: str) -> None:
    field = page.get_by_label("Token", exact=True)
    await field.fill(token)
    async with page.expect_response("**/graphql"):
        await field.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Schema loaded")


async def write(page: Page, section: str, text: str) -> None:
    """Replace what stands in one of the editors."""
    await page.locator(f"{section} .view-lines").click()
    await page.keyboard.press("Control+A")
    # As a paste does: typed keys would meet the editor's own closing brackets.
    await page.keyboard.insert_text(text)


async def run(page: Page) -> Request:
    """Run the query and return the request it made."""
    async with page.expect_request("**/graphql") as request:
        await page.get_by_role("button", name="Execute query").click()
    return await request.value


def sent(request: Request) -> dict[str, str]:
    body: dict[str, str] = json.loads(request.post_data or "{}")
    return body


async def wait_until_stored(page: Page, key: str, text: str) -> None:
    # Not wait_for_function: that one evaluates strings, which the page's policy forbids.
    async with asyncio.timeout(30):
        await page.evaluate(
            """([key, text]) => new Promise((done) => {
                const look = () => localStorage.getItem(key)?.includes(text)
                    ? done() : requestAnimationFrame(look);
                look();
            })""",
            [key, text],
        )


async def storage(page: Page, area: str) -> str:
    return str(await page.evaluate(f"JSON.stringify(Object.entries({area}))"))


async def test_the_page_runs_a_query_within_its_policy_and_without_other_hosts(
    browser: Browser, address: str, admin_token: str
) -> None:
    context = await browser.new_context()
    await context.add_init_script(COUNT_VIOLATIONS)
    # Set before the first request, so that a server that refuses strangers logs nothing.
    await context.add_init_script(
        f"sessionStorage.setItem({json.dumps(TOKEN_KEY)}, {json.dumps(admin_token)})"
    )
    page = await context.new_page()
    complaints: list[str] = []
    requested: list[str] = []
    context.on("request", lambda request: requested.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )

    await page.goto(address)
    await expect(page).to_have_title("Soft Landing · GraphiQL")
    await expect(page.get_by_role("heading", name="Soft Landing", exact=True)).to_be_visible()
    await expect(page.get_by_role("status")).to_have_text("Schema loaded")
    await write(page, ".graphiql-query-editor", "query Probe { __typename }")
    request = await run(page)

    await expect(page.locator(".graphiql-response .view-lines")).to_contain_text("Query")
    # The tab takes the name once the language worker has read the query.
    await expect(page.get_by_role("tab", name="Probe")).to_be_visible()
    assert sent(request)["query"] == "query Probe { __typename }"
    assert complaints == []
    assert await page.evaluate("violations") == []
    home = address.removesuffix("graphiql/")
    assert [url for url in requested if not url.startswith((home, "data:"))] == []
    assert len([url for url in requested if "worker" in url]) >= 2


async def test_the_token_goes_with_every_request_and_fetches_the_schema_again(
    browser: Browser, address: str, admin_token: str
) -> None:
    page = await open_page(browser, address)
    field = page.get_by_label("Token", exact=True)
    await expect(field).to_have_attribute("type", "password")
    await field.fill(admin_token)

    async with page.expect_request("**/graphql") as introspection:
        await field.press("Enter")
    asked = await introspection.value
    await expect(page.get_by_role("status")).to_have_text("Schema loaded")
    await write(page, ".graphiql-query-editor", "{ __typename }")
    ran = await run(page)

    assert sent(asked)["operationName"] == "IntrospectionQuery"
    assert asked.headers["authorization"] == f"Bearer {admin_token}"
    assert ran.headers["authorization"] == f"Bearer {admin_token}"

    async with page.expect_request("**/graphql") as anonymous:
        await page.get_by_role("button", name="Clear").click()
    assert "authorization" not in (await anonymous.value).headers


async def test_the_token_lives_as_long_as_the_tab(
    browser: Browser, address: str, admin_token: str
) -> None:
    page = await open_page(browser, address)
    await enter_token(page, admin_token)
    # The history would keep this header, too, if it were let.
    await page.get_by_role("button", name="Headers").click()
    await write(
        page,
        ".graphiql-editor-tool .graphiql-editor:not(.hidden)",
        json.dumps({"X-Probe": admin_token}),
    )
    await write(page, ".graphiql-query-editor", "query Kept { __typename }")
    # The history notes what the tab holds, and the tab follows the editor a moment later.
    await expect(page.get_by_role("tab", name="Kept")).to_be_visible()
    probe = await run(page)
    await expect(page.locator(".graphiql-response .view-lines")).to_contain_text("Query")

    assert probe.headers["x-probe"] == admin_token
    await wait_until_stored(page, "graphiql:queries", "Kept")
    await wait_until_stored(page, "graphiql:tabState", "Kept")
    assert admin_token not in await storage(page, "localStorage")
    assert await storage(page, "sessionStorage") == json.dumps(
        [[TOKEN_KEY, admin_token]], separators=(",", ":")
    )

    await page.reload()
    await expect(page.get_by_label("Token", exact=True)).to_have_value(admin_token)
    await expect(page.get_by_role("status")).to_have_text("Schema loaded")

    stranger = await open_page(browser, address)
    await expect(stranger.get_by_label("Token", exact=True)).to_have_value("")
    assert await storage(stranger, "sessionStorage") == "[]"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_page_is_drawn_in_the_colours_of_the_system(
    browser: Browser, address: str, admin_token: str, tmp_path: Path, dark: bool
) -> None:
    page = await open_page(browser, address, dark=dark)
    await enter_token(page, admin_token)
    picture = tmp_path / "graphiql.png"
    await page.screenshot(path=picture)

    colour = await page.locator(".graphiql-container").evaluate(
        "(element) => getComputedStyle(element).backgroundColor"
    )

    shades = [int(shade) for shade in re.findall(r"\d+", colour)[:3]]
    assert (max(shades) < 128) is dark
    # An empty page of this size makes a picture of about 5 kB.
    assert picture.stat().st_size > 20_000
