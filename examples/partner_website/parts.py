"""The pieces that pages are put together from: facts, cards, stays."""

from collections.abc import Callable, Collection

from partner_website.api import Data
from partner_website.content import Stays
from partner_website.language import Language
from partner_website.links import Links, outside
from partner_website.markup import Markup, fill, join


class Parts:
    """Pieces for the pages at the root of the site."""

    def __init__(
        self, links: Links, language: Language, startups: Collection[str], root: str = ""
    ) -> None:
        self.labels = {f"label_{key}": text for key, text in language.labels.items()}
        self._links = links
        self._language = language
        self._startups = startups
        self._root = root

    def below(self) -> "Parts":
        """Return the pieces for pages one folder below."""
        return Parts(self._links, self._language, self._startups, root="../")

    def place(self, incubator: Data) -> str:
        """Return where an incubator is."""
        country = self._language.country(incubator["country"])
        return f"{incubator['city']}, {country}" if incubator["city"] else country

    def summary(self, thing: Data) -> Markup:
        """Return a text, marked with the language that it is in."""
        text = thing["summary"]
        return fill("text", language=text["locale"], text=text["value"]) if text else Markup()

    def partner_facts(self, partner: Data) -> Markup:
        """Return what is known of the partner."""
        words = self._language
        facts = self._facts(
            languages=", ".join(words.language(tag) for tag in partner["languages"]),
            capacity=partner["projectCapacity"],
            funding=words.label("funding_public") if partner["publicFunding"] else None,
            website=_website(partner),
        )
        return fill("facts", facts=facts, **self.labels) if facts else facts

    def startup_facts(self, startup: Data) -> Markup:
        """Return what is known of a start-up."""
        words, founded = self._language, startup["foundedOn"]
        facts = self._facts(
            country=words.country(startup["country"]),
            stage=words.stage(startup["stage"]) if startup["stage"] else None,
            founded=fill("time", day=founded, text=words.day(founded)) if founded else None,
            nace=startup["nace"],
            trl=startup["trl"] and f"{startup['trl']} / 9",
            website=_website(startup),
        )
        numbers = [
            fill("fact", name=number["scheme"].replace("_", " "), value=number["value"])
            for number in startup["registrations"]
        ]
        return fill("facts", facts=join([facts, *numbers]), **self.labels)

    def startups(self, startups: list[Data]) -> Markup:
        """Return the cards of start-ups, each leading to its page."""
        return self._list("cards", startups, self._card, "no_startups")

    def members(self, incubators: list[Data]) -> Markup:
        """Return the cards of incubators."""
        return self._list("cards", incubators, self._member, "no_network")

    def stays(self, coming: list[Data]) -> Markup:
        """Return stays to come."""
        return self._list("stays", coming, self._stay, "no_coming")

    def periods(self, stays: Stays) -> Markup:
        """Return stays to come and past ones, each below a heading."""
        if not stays.coming and not stays.past:
            return fill("empty", text=self._language.label("no_stays"))
        return fill(
            "periods",
            coming=self.stays(stays.coming),
            past=self._list("stays past", stays.past, self._stay, "no_stays"),
            **self.labels,
        )

    def _list(
        self, kind: str, things: list[Data], item: Callable[[Data], Markup], empty: str
    ) -> Markup:
        if not things:
            return fill("empty", text=self._language.label(empty))
        return fill("list", kind=kind, items=join([item(thing) for thing in things]))

    def _card(self, startup: Data) -> Markup:
        stage = startup["stage"]
        return fill(
            "card",
            address=self._root + self._links.startup(startup["slug"]),
            name=startup["name"],
            summary=self.summary(startup),
            stage=fill("tag", text=self._language.stage(stage)) if stage else Markup(),
        )

    def _member(self, incubator: Data) -> Markup:
        count = incubator["startups"]
        return fill(
            "member",
            place=self.place(incubator),
            name=incubator["name"],
            summary=self.summary(incubator),
            facts=self._facts(
                startup_count=f"{count['totalCount']}{'' if count['totalCountIsExact'] else '+'}",
                capacity=incubator["projectCapacity"],
                website=_website(incubator),
            ),
        )

    def _stay(self, stay: Data) -> Markup:
        return fill(
            "stay",
            arrival=stay["arrival"],
            first=self._language.day(stay["arrival"]),
            departure=stay["departure"],
            last=self._language.day(stay["departure"]),
            days=self._language.days(stay["days"]),
            startup=self._named(stay["startup"]),
            home=self._side(stay["home"]),
            host=self._side(stay["host"]),
            **self.labels,
        )

    def _named(self, startup: Data) -> Markup | str:
        """Return the name of a start-up, leading to its page here or to its own website."""
        slug, name = startup["slug"], startup["name"]
        page = self._root + self._links.startup(slug) if slug in self._startups else None
        address = page or outside(startup["website"])
        return fill("link", address=address, text=name) if address else str(name)

    def _side(self, incubator: Data) -> Markup:
        country = self._language.country(incubator["country"])
        return fill("side", name=incubator["name"], country=country)

    def _facts(self, **facts: object) -> Markup:
        """Return the facts that are known, by the label that names each."""
        return join(
            [
                fill("fact", name=self._language.label(name), value=value)
                for name, value in facts.items()
                if value not in (None, "")
            ]
        )


def _website(thing: Data) -> Markup | None:
    address = outside(thing["website"])
    if address is None:
        return None
    return fill("link", address=address, text=address.split("://", 1)[1].rstrip("/"))
