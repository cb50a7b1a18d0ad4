"""The same facts for search engines, in the words of schema.org.

An incubator and a start-up are an `Organization`, a list of them an `ItemList`. A stay is an
`Event`: its host organises it at its place, and the start-up attends.
"""

from collections.abc import Collection

from partner_website.api import Data
from partner_website.language import Language
from partner_website.links import Links, outside

CONTEXT = "https://schema.org"


class JsonLd:
    """The descriptions of one site."""

    def __init__(
        self, links: Links, language: Language, partner: Data, startups: Collection[str]
    ) -> None:
        self._links = links
        self._startups = startups
        self._language = language
        self._partner = partner

    def index(self, startups: list[Data], coming: list[Data]) -> Data:
        """Return the partner, its start-ups and the stays to come."""
        return _graph(
            self.organization(self._partner),
            {
                "@type": "ItemList",
                "name": self._language.label("startups"),
                "numberOfItems": len(startups),
                "itemListElement": [
                    {
                        "@type": "ListItem",
                        "position": place,
                        "name": startup["name"],
                        "url": self._links.public(self._links.startup(startup["slug"])),
                    }
                    for place, startup in enumerate(startups, start=1)
                ],
            },
            *(self.event(stay) for stay in coming),
        )

    def startup(self, startup: Data, stays: list[Data]) -> Data:
        """Return a start-up with its stays."""
        described = {
            **self._startup_name(startup),
            "description": startup["summary"] and startup["summary"]["value"],
            "foundingDate": startup["foundedOn"],
            "address": _address(startup),
            "identifier": [
                {"@type": "PropertyValue", "propertyID": number["scheme"], "value": number["value"]}
                for number in startup["registrations"]
            ],
            "memberOf": self._name_of(self._partner),
            "event": [self.event(stay) for stay in stays],
        }
        return {"@context": CONTEXT, **_known(described)}

    def stays(self, stays: list[Data]) -> Data:
        """Return all stays of the partner."""
        return _graph(*(self.event(stay) for stay in stays))

    def network(self, members: list[Data]) -> Data:
        """Return the other incubators."""
        return {
            "@context": CONTEXT,
            "@type": "ItemList",
            "name": self._language.label("network"),
            "numberOfItems": len(members),
            "itemListElement": [
                {"@type": "ListItem", "position": place, "item": self.organization(member)}
                for place, member in enumerate(members, start=1)
            ],
        }

    def organization(self, incubator: Data) -> Data:
        """Return an incubator."""
        return self._name_of(incubator) | _known(
            {
                "description": incubator["summary"] and incubator["summary"]["value"],
                "address": _address(incubator),
                "knowsLanguage": incubator.get("languages"),
            }
        )

    def event(self, stay: Data) -> Data:
        """Return a stay."""
        host, startup = stay["host"], stay["startup"]
        return {
            "@type": "Event",
            "name": self._language.label("stay_at", startup=startup["name"], host=host["name"]),
            "startDate": stay["arrival"],
            "endDate": stay["departure"],
            "eventStatus": f"{CONTEXT}/EventScheduled",
            "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": host["name"], "address": _address(host)},
            "organizer": self._name_of(host),
            "attendee": self._startup_name(startup),
        }

    def _startup_name(self, startup: Data) -> Data:
        """Return a start-up by name; one that has a page here, by its page."""
        named = {"@type": "Organization", "name": startup["name"]}
        website = outside(startup["website"])
        if startup["slug"] in self._startups:
            page = self._links.public(self._links.startup(startup["slug"]))
            named |= {"@id": f"{page}#startup", "url": page}
            return named | _known({"sameAs": website})
        return named | _known({"url": website})

    def _name_of(self, incubator: Data) -> Data:
        """Return an incubator by name; the one whose pages these are, by its page."""
        named = {"@type": "Organization", "name": incubator["name"]}
        website = outside(incubator["website"])
        if incubator["slug"] == self._partner["slug"]:
            home = self._links.public("index.html")
            named |= {"@id": f"{home}#partner", "url": home}
            return named | _known({"sameAs": website})
        return named | _known({"url": website})


def _address(place: Data) -> Data:
    return _known(
        {
            "@type": "PostalAddress",
            "addressLocality": place.get("city"),
            "addressCountry": place["country"],
        }
    )


def _graph(*things: Data) -> Data:
    return {"@context": CONTEXT, "@graph": list(things)}


def _known(described: Data) -> Data:
    """Leave out what is not known."""
    return {name: value for name, value in described.items() if value not in (None, "", [])}
