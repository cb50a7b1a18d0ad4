"""What rotates from request to request, spread over the whole data set."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from tests.benchmarks.dataset import Dataset
from tests.benchmarks.rows import LAST_DAY

from softlanding.storage.tables import Row
from softlanding_schema.reads import cursors, lists
from softlanding_schema.reads.global_ids import encode

# So many different requests that nobody can serve one memorised answer.
_VARIANTS = 64
_PUBLIC = frozenset({"CONFIRMED", "ACTIVE", "COMPLETED", "CLOSED"})
_Any = TypeVar("_Any")


def spread(all_of_them: Sequence[_Any]) -> Sequence[_Any]:
    """Return some of them from all over, so that the whole data set is asked for."""
    return all_of_them[:: max(len(all_of_them) // _VARIANTS, 1)][:_VARIANTS]


def _by_arrival(stays: Iterable[Row]) -> list[Row]:
    return sorted(stays, key=lambda stay: (stay["arrival"], stay["id"]))


def _starts(data: Dataset) -> Sequence[Row]:
    """Return stays whose arrivals are good to begin a page at."""
    return spread(_with_page(_by_arrival(data.stays)))


def _with_page(stays: Sequence[Row]) -> Sequence[Row]:
    """Leave the last ones out, after which no whole page follows."""
    return stays[: max(len(stays) - 20, 1)]


def hosted(data: Dataset) -> list[dict[str, Any]]:
    """Return starts among the stays that the house hosts."""
    slug = data.house["slug"]
    return [
        {"slug": slug, "from": str(stay["arrival"])} for stay in _with_page(_hosted_stays(data))
    ]


def one_stay(data: Dataset) -> list[dict[str, Any]]:
    """Return stays that the house hosts."""
    return [{"id": encode("Stay", stay["id"])} for stay in _hosted_stays(data)]


def stays(data: Dataset) -> list[dict[str, Any]]:
    """Return starts among all stays."""
    return [{"from": str(stay["arrival"])} for stay in _starts(data)]


def network(data: Dataset) -> list[dict[str, Any]]:
    """Return short pages of incubators."""
    return [{"after": place} for place in _places(data, 5)]


def _hosted_stays(data: Dataset) -> list[Row]:
    return _by_arrival(
        stay for stay in data.stays if stay["host_id"] == data.house["id"] and stay["submitted_at"]
    )


def _cursor(which: lists.RowList, row: Row) -> str:
    return cursors.encode(which, which.ordered(), row)


def incubators(data: Dataset) -> list[dict[str, Any]]:
    """Return pages of incubators."""
    return [{"after": place} for place in _places(data, 20)]


def _places(data: Dataset, page: int) -> list[str]:
    """Return cursors of incubators after which a whole page follows."""
    listed = sorted(
        (one for one in data.incubators if one["published"]), key=lambda one: one["name"]
    )
    places = listed[: max(len(listed) - page, 1)]
    return [_cursor(lists.INCUBATORS, one) for one in places]


def overview(data: Dataset) -> list[dict[str, Any]]:
    """Return each start with its own one of the four ways to include."""
    return [
        {
            "slug": data.incubators[number % len(data.incubators)]["slug"],
            "from": str(stay["arrival"]),
            "houses": number % 2 == 0,
            "texts": number // 2 % 2 == 0,
        }
        for number, stay in enumerate(_starts(data))
    ]


def arriving(data: Dataset) -> list[dict[str, Any]]:
    """Return countries with starts among all stays."""
    return [
        {"from": str(stay["arrival"]), "country": data.incubators[number % 5]["country"]}
        for number, stay in enumerate(_starts(data))
    ]


def agenda(data: Dataset) -> list[dict[str, Any]]:
    """Return a month's agendas, every second one from its middle on."""
    public = [stay for stay in _by_arrival(data.stays) if stay["state"] in _PUBLIC]
    asked = []
    for number, stay in enumerate(public[:: max(len(public) // 50, 1)]):
        first = stay["arrival"]
        month = {"from": str(first), "to": str(first + timedelta(days=30))}
        asked.append(month | ({"after": _cursor(lists.STAYS, stay)} if number % 2 else {}))
    return asked


def applications(data: Dataset) -> list[dict[str, Any]]:
    """Return applications for days after every stay there is, so that none overlaps."""
    abroad = [one for one in data.incubators if one["country"] != data.house["country"]]
    made = []
    for number in range(_VARIANTS):
        arrival = LAST_DAY + timedelta(days=1 + number)
        made.append(
            {
                "startup": encode("Startup", data.startups[number % len(data.startups)]["id"]),
                "host": encode("Incubator", abroad[number % len(abroad)]["id"]),
                "arrival": str(arrival),
                "departure": str(arrival + timedelta(days=27)),
                "travellers": [{"name": f"Traveller {number}", "nationalities": ["FR"]}],
                "goals": ["Meet customers", f"Goal {number}"],
                "motivation": f"We would like to come, for reason {number}.",
            }
        )
    return [{"input": one} for one in made]
