"""Stays at each kind of host, and the day on which somebody looks at them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from hypothesis import strategies as st

from softlanding import IncubatorSnapshot, Registration, StaySnapshot, StayState, Traveller
from softlanding.testing.checks import a_stay

HOUSES = (
    ("imt-starter", "FR", True),
    ("startup-division", "LT", None),
    ("crosspring-lab", "NL", None),
    ("gtec", "DE", None),
    ("f6s-network", "GB", None),
)


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a check finds, apart from the host: the day, the stay's days, who comes."""

    today: date
    arrival: date
    departure: date
    travellers: tuple[Traveller, ...]
    nace: str | None
    founded_on: date | None
    registrations: tuple[Registration, ...]

    def stays(self) -> Iterator[StaySnapshot]:
        """Yield such a stay at each host, from the one before it."""
        houses = [_incubator(number) for number in range(len(HOUSES))]
        for number, host in enumerate(houses):
            home = houses[number - 1]
            stay = a_stay(
                home=home,
                host=host,
                arrival=self.arrival,
                departure=self.departure,
                travellers=self.travellers,
            )
            startup = replace(
                stay.startup,
                country=home.country,
                home_id=home.id,
                nace=self.nace,
                founded_on=self.founded_on,
                registrations=self.registrations,
            )
            yield replace(stay, startup=startup)


def _incubator(number: int) -> IncubatorSnapshot:
    slug, country, public_funding = HOUSES[number]
    return IncubatorSnapshot(
        id=UUID(int=100 + number),
        slug=slug,
        name=slug.replace("-", " ").title(),
        country=country,
        public_funding=public_funding,
        stay_capacity=None,
        project_capacity=None,
    )


def an_earlier(stay: StaySnapshot) -> StaySnapshot:
    """Return another stay of the same start-up at the same host, over before this one."""
    return replace(
        stay,
        id=UUID(int=99),
        arrival=date(2026, 4, 1),
        departure=date(2026, 4, 30),
        state=StayState.CLOSED,
    )


USUAL = Situation(
    today=date(2026, 11, 22),
    arrival=date(2027, 3, 1),
    departure=date(2027, 3, 30),
    travellers=(Traveller(name="Example Founder", nationalities=("LT",)),),
    nace="62.10",
    founded_on=date(2022, 5, 2),
    registrations=(),
)
SITUATIONS = st.builds(
    lambda today, days, travellers, nace, founded_on, registrations: Situation(
        today=today,
        arrival=days[0],
        departure=days[1],
        travellers=travellers,
        nace=nace,
        founded_on=founded_on,
        registrations=registrations,
    ),
    # Before, within and after the stays; past the validity of most figures.
    today=st.sampled_from(
        [
            date(2026, 11, 22),
            date(2026, 12, 31),
            date(2027, 3, 15),
            date(2027, 4, 2),
            date(2032, 1, 1),
        ]
    ),
    days=st.sampled_from(
        [
            (date(2027, 3, 1), date(2027, 3, 30)),
            (date(2026, 12, 20), date(2027, 3, 22)),
            (date(2028, 2, 23), date(2028, 2, 29)),
        ]
    ),
    travellers=st.sampled_from(
        [
            (Traveller(name="Example Founder", nationalities=("LT",)),),
            (
                Traveller(name="Example Founder", nationalities=("IN", "GB")),
                Traveller(name="Žygimantas Ąžuolas", nationalities=("US",)),
            ),
            (),
        ]
    ),
    nace=st.sampled_from(["62.10", "01.13", "03.11", None]),
    founded_on=st.sampled_from([date(2022, 5, 2), date(1900, 1, 1), date(2027, 3, 1), None]),
    registrations=st.sampled_from(
        [(), (Registration(scheme="VAT", value="X"), Registration(scheme="SIREN", value="1"))]
    ),
)
