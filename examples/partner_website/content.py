"""What the pages are about: everything read from the API before the first page is written."""

from dataclasses import dataclass
from datetime import date

from partner_website.api import Api, Data
from partner_website.problems import BuildError


@dataclass(frozen=True, kw_only=True)
class Stays:
    """Stays as a visitor looks for them."""

    coming: list[Data]
    past: list[Data]

    @classmethod
    def sorted(cls, nodes: list[Data], today: date) -> "Stays":
        """Part stays by whether they are over: the next first, and the latest first."""

        def order(stay: Data) -> tuple[str, str]:
            return stay["arrival"], stay["startup"]["slug"]

        return cls(
            coming=sorted((stay for stay in nodes if not over(stay, today)), key=order),
            past=sorted((stay for stay in nodes if over(stay, today)), key=order, reverse=True),
        )


def over(stay: Data, today: date) -> bool:
    """Tell whether the last day of a stay has passed."""
    return date.fromisoformat(stay["departure"]) < today


@dataclass(frozen=True, kw_only=True)
class Content:
    """One partner, its start-ups with their stays, its own stays, the others of the network."""

    partner: Data
    startups: list[tuple[Data, Stays]]
    hosted: Stays
    sent: Stays
    network: list[Data]


def read(api: Api, slug: str, locale: str) -> Content:
    """Read what is public of a partner; texts come in the locale where there are such."""
    at_partner = {"slug": slug, "locale": locale}
    first = api.ask_all("partner", at_partner, "startups", of="incubator")
    partner, today = first["incubator"], date.fromisoformat(first["viewer"]["today"])
    if partner is None:
        raise BuildError(f"no incubator with the slug {slug!r} is public at {api.address}")
    startups = []
    for card in partner["startups"]["nodes"]:
        variables = {"startup": card["slug"], "locale": locale}
        startup = api.ask_all("partner_startup", variables, "stays", of="startup")["startup"]
        # Null: it was withdrawn since the list was read.
        if startup is not None:
            startups.append((startup, Stays.sorted(startup["stays"]["nodes"], today)))
    stays = api.ask_all("partner_stays", at_partner, "hosted", "sent", of="incubator")["incubator"]
    if stays is None:
        raise BuildError(f"the incubator {slug!r} was withdrawn while it was read; build again")
    network = api.ask_all("partner_network", {"locale": locale}, "incubators")
    return Content(
        partner=partner,
        startups=startups,
        hosted=Stays.sorted(stays["hosted"]["nodes"], today),
        sent=Stays.sorted(stays["sent"]["nodes"], today),
        network=[other for other in network["incubators"]["nodes"] if other["slug"] != slug],
    )
