"""All files of the site, by path: pages, style sheet, sitemap."""

from pathlib import Path

from partner_website.api import Data
from partner_website.content import Content, Stays
from partner_website.json_ld import JsonLd
from partner_website.language import Language
from partner_website.links import Links
from partner_website.markup import Markup, fill, join, json_script
from partner_website.parts import Parts

STYLE = Path(__file__).parent / "style.css"


class Website:
    """The pages of one partner in one language."""

    def __init__(self, content: Content, links: Links, language: Language) -> None:
        self._content = content
        self._name = content.partner["name"]
        self._language = language
        self._links = links
        with_pages = [startup["slug"] for startup, _ in content.startups]
        self._json_ld = JsonLd(self._links, language, content.partner, with_pages)
        self._parts = Parts(self._links, language, with_pages)

    def files(self) -> dict[str, str]:
        """Return the text of every file by its path below the output folder."""
        pages: dict[str, str] = {"index.html": self._index()}
        for startup, stays in self._content.startups:
            pages[self._links.startup(startup["slug"])] = self._startup(startup, stays)
        pages |= {"stays.html": self._stays(), "network.html": self._network()}
        return pages | {
            "style.css": STYLE.read_text("utf-8"),
            "sitemap.xml": self._sitemap(list(pages)),
        }

    def _index(self) -> Markup:
        partner, parts = self._content.partner, self._parts
        startups = [startup for startup, _ in self._content.startups]
        stays = self._content.hosted.coming + self._content.sent.coming
        coming = sorted(stays, key=lambda stay: (stay["arrival"], stay["startup"]["slug"]))
        content = self._fill(
            "index",
            place=parts.place(partner),
            name=self._name,
            summary=parts.summary(partner),
            facts=parts.partner_facts(partner),
            startups=parts.startups(startups),
            coming=parts.stays(coming),
        )
        json_ld = self._json_ld.index(startups, coming)
        return self._page("index.html", self._name, partner["summary"], content, json_ld)

    def _startup(self, startup: Data, stays: Stays) -> Markup:
        parts = self._parts.below()
        lead = self._label("startup_lead")
        content = self._fill(
            "startup",
            lead=lead,
            name=startup["name"],
            summary=parts.summary(startup),
            facts=parts.startup_facts(startup),
            stays=parts.periods(stays),
        )
        return self._page(
            self._links.startup(startup["slug"]),
            f"{startup['name']} · {self._name}",
            startup["summary"] or self._own(lead),
            content,
            self._json_ld.startup(startup, stays.coming + stays.past),
        )

    def _stays(self) -> Markup:
        hosted, sent, lead = self._content.hosted, self._content.sent, self._label("stays_lead")
        content = self._fill(
            "stays",
            lead=lead,
            hosted_title=self._label("hosted"),
            hosted=self._parts.periods(hosted),
            sent_title=self._label("sent"),
            sent=self._parts.periods(sent),
        )
        json_ld = self._json_ld.stays(hosted.coming + sent.coming + hosted.past + sent.past)
        title = f"{self._label('stays')} · {self._name}"
        return self._page("stays.html", title, self._own(lead), content, json_ld)

    def _network(self) -> Markup:
        lead, members = self._label("network_lead"), self._content.network
        content = self._fill("network", lead=lead, members=self._parts.members(members))
        title = f"{self._label('network')} · {self._name}"
        json_ld = self._json_ld.network(members)
        return self._page("network.html", title, self._own(lead), content, json_ld)

    def _page(
        self, path: str, title: str, description: Data | None, content: Markup, json_ld: Data
    ) -> Markup:
        description = description or self._own(title)
        root = "../" * path.count("/")
        navigation = [
            fill(
                "navigation",
                address=root + page,
                current=Markup(' aria-current="page"' if page == path else ""),
                text=self._label(name),
            )
            for page, name in (
                ("index.html", "home"),
                ("stays.html", "stays"),
                ("network.html", "network"),
            )
        ]
        page = self._fill(
            "page",
            language=self._language.tag,
            title=title,
            description=description["value"],
            description_language=description["locale"],
            canonical=self._links.public(path),
            root=root,
            json_ld=json_script(json_ld),
            partner=self._name,
            navigation=join(navigation),
            content=content,
            footer=self._label("footer"),
        )
        return Markup(page + "\n")

    def _sitemap(self, pages: list[str]) -> Markup:
        lines = [fill("sitemap_page", address=self._links.public(page)) for page in pages]
        return Markup(fill("sitemap", pages=join(lines)) + "\n")

    def _own(self, text: str) -> Data:
        """Return a text of these pages in the form that texts of the API have."""
        return {"value": text, "locale": self._language.tag}

    def _label(self, key: str) -> str:
        return self._language.label(key, partner=self._name)

    def _fill(self, template: str, **values: object) -> Markup:
        return fill(template, **self._parts.labels, **values)
