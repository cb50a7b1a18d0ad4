"""The pages of a partner in a real browser, opened from their folder without a server."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

CHROMIUM: Final = shutil.which("chromium")
# What a page sends, says, or is refused by its own policy, is counted from the start.
COUNT_VIOLATIONS: Final = """
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) =>
        window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""
PAGES: Final = ("index.html", "stays.html", "network.html")
WIDTHS: Final = {"phone": 320, "desk": 1280}

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on this machine (Debian: apt-get install chromium)"
)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        await chromium.close()


class Visit:
    """A page with what it asked for and what it complained about."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self._root = f"{folder.as_uri()}/"
        self.requested: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))

    async def open(self, path: str) -> None:
        await self.page.goto(self._root + path)

    async def check(self) -> None:
        """Nothing was said, refused, or fetched from elsewhere, and nothing sticks out."""
        assert self.complaints == []
        assert await self.page.evaluate("violations") == []
        assert [url for url in self.requested if not url.startswith(self._root)] == []
        assert await self.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        # The style sheet was let in by the page's own policy.
        assert await self.page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        await expect(self.page.locator("h1")).to_have_count(1)


async def visit(browser: Browser, folder: Path, *, width: int, dark: bool = False) -> Visit:
    context = await browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
    )
    await context.add_init_script(COUNT_VIOLATIONS)
    return Visit(await context.new_page(), folder)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
async def test_pages_fit_every_screen_and_ask_for_nothing_outside_their_folder(
    browser: Browser, french_folder: Path, tmp_path: Path, width: int, dark: bool
) -> None:
    for path in (*PAGES, "startups/plume-sante.html"):
        opened = await visit(browser, french_folder, width=width, dark=dark)
        await opened.open(path)
        await opened.check()
        picture = tmp_path / f"{Path(path).stem}.png"
        await opened.page.screenshot(path=picture, full_page=True)
        assert picture.stat().st_size > 0
        assert len(opened.requested) == 2  # the page and its style sheet


async def test_awkward_names_are_shown_and_do_nothing(
    browser: Browser, awkward_folder: Path
) -> None:
    for path in (*PAGES, "startups/awkward.html", "startups/template.html"):
        opened = await visit(browser, awkward_folder, width=WIDTHS["phone"])
        await opened.open(path)
        await opened.check()
        assert await opened.page.locator("b, i, img").count() == 0


async def test_a_visitor_finds_the_way_by_keyboard_and_by_links(
    browser: Browser, french_folder: Path
) -> None:
    opened = await visit(browser, french_folder, width=WIDTHS["desk"])
    page = opened.page
    await opened.open("index.html")
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.get_by_role("link", name="Plume Santé").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Plume Santé")
    await page.get_by_role("link", name="Réseau").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Réseau")
    await expect(page.get_by_role("link", name="Réseau")).to_have_attribute("aria-current", "page")
    await page.get_by_role("link", name="IMT Starter").click()
    await expect(page).to_have_title("IMT Starter")
    await opened.check()
