"""Addresses: of the pages here, and of websites elsewhere."""

import re
from urllib.parse import urlsplit

from partner_website.problems import BuildError

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Links:
    """The addresses of a site that will be served somewhere."""

    def __init__(self, site: str) -> None:
        if outside(site) is None or urlsplit(site).query or urlsplit(site).fragment:
            raise BuildError(f"--site {site!r} is not an address such as https://example.org/")
        self._site = f"{site.rstrip('/')}/"

    def public(self, page: str) -> str:
        """Return the address of a page for everybody: the canonical one."""
        return self._site + page.removesuffix("index.html")

    def startup(self, slug: str) -> str:
        """Return the path of a start-up's page below the output folder."""
        # A path is made of it, so it is not taken on trust.
        if SLUG.fullmatch(slug) is None:
            raise BuildError(f"the slug {slug!r} cannot be the name of a page")
        return f"startups/{slug}.html"


def outside(address: str | None) -> str | None:
    """Return the address of a website; None for what is none, such as `javascript:`."""
    if address is None:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None
