"""The operations that are measured: a document each, and variables that rotate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any, TypeVar

from tests.benchmarks import documents
from tests.benchmarks.dataset import Dataset
from tests.benchmarks.rows import LAST_DAY

from softlanding.storage.tables import Row
from softlanding_schema.reads import cursors, lists
from softlanding_schema.reads.global_ids import encode
from softlanding_schema.types.filters import StayWhere

# So many different requests that nobody can serve one memorised answer.
_VARIANTS = 64
_Any = TypeVar("_Any")
FILTERS_RELATIONS = "startup" in {field.name for field in fields(StayWhere)}
"""Whether the schema can filter stays by their start-up."""
_PUBLIC = frozenset({"CONFIRMED", "ACTIVE", "COMPLETED", "CLOSED"})


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation: its place at the hand-written server, who asks, what, with which variables."""

    name: str
    path: str
    actor: str
    document: str
    variables: Sequence[Mapping[str, Any]]

    @property
    def key(self) -> str:
        """The first word of its name."""
        return self.name.partition(" ")[0]

    @property
    def writes(self) -> bool:
        """Whether it is a mutation."""
        return self.document.startswith("mutation")


def with_plugin_field(hosted: Operation) -> Operation:
    """Return Q2 with the field of the bench's plugin on each stay."""
    return replace(hosted, name="Q2 with a plugin field", document=documents.HOSTED_WITH_FIELD)


def operations(data: Dataset) -> list[Operation]:
    """Return the operations over a data set; the one that writes comes last."""
    hosted = _by_arrival(
        stay for stay in data.stays if stay["host_id"] == data.house["id"] and stay["submitted_at"]
    )
    slug = data.house["slug"]
    from_house = [{"slug": slug, "from": str(stay["arrival"])} for stay in _with_page(hosted)]
    from_all = [
        {"from": str(one["arrival"])} for one in _spread(_with_page(_by_arrival(data.stays)))
    ]
    network = [{"after": after} for after in _places(data, 5)]
    arriving = [
        {**one, "country": data.incubators[n % 5]["country"]} for n, one in enumerate(from_all)
    ]
    ids = [{"id": encode("Stay", stay["id"])} for stay in hosted]
    return [
        _operation(
            "Q1 incubators", "/incubators", "anonymous", documents.INCUBATORS, _incubators(data)
        ),
        _operation("Q2 stays of a host", "/hosted", "staff", documents.HOSTED, from_house),
        _operation("Q2 all stays", "/stays", "admin", documents.STAYS, from_all),
        _operation("Q3 agenda", "/agenda", "anonymous", documents.AGENDA, _agenda(data)),
        _operation("Q4 one stay", "/stay", "staff", documents.STAY, ids),
        _operation("D1 three levels of lists", "/network", "staff", documents.NETWORK, network),
        *(
            [
                _operation(
                    "D2 filter over a relation", "/arriving", "staff", documents.ARRIVING, arriving
                )
            ]
            if FILTERS_RELATIONS
            else []
        ),
        _operation("D3 two roots", "/overview", "staff", documents.OVERVIEW, _overview(data)),
        _operation("M1 application", "/apply", "staff", documents.APPLY, _applications(data)),
    ]


def _operation(
    name: str, path: str, actor: str, document: str, variables: Sequence[Mapping[str, Any]]
) -> Operation:
    spread = _spread(variables)
    return Operation(name=name, path=path, actor=actor, document=document, variables=spread)


def _spread(all_of_them: Sequence[_Any]) -> Sequence[_Any]:
    """Return some of them from all over, so that the whole data set is asked for."""
    return all_of_them[:: max(len(all_of_them) // _VARIANTS, 1)][:_VARIANTS]


def _by_arrival(stays: Iterable[Row]) -> list[Row]:
    return sorted(stays, key=lambda stay: (stay["arrival"], stay["id"]))


def _with_page(stays: Sequence[Row]) -> Sequence[Row]:
    """Leave the last ones out, after which no whole page follows."""
    return stays[: max(len(stays) - 20, 1)]


def _incubators(data: Dataset) -> list[dict[str, Any]]:
    return [{"after": place} for place in _places(data, 20)]


def _places(data: Dataset, page: int) -> list[str]:
    """Return cursors of incubators after which a whole page follows."""
    listed = sorted(
        (one for one in data.incubators if one["published"]), key=lambda one: one["name"]
    )
    places = listed[: max(len(listed) - page, 1)]
    return [cursors.encode(lists.INCUBATORS, one) for one in places]


def _overview(data: Dataset) -> list[dict[str, Any]]:
    """Return each start with its own one of the four ways to include."""
    return [
        {
            "slug": data.incubators[number % len(data.incubators)]["slug"],
            "from": str(stay["arrival"]),
            "houses": number % 2 == 0,
            "texts": number // 2 % 2 == 0,
        }
        for number, stay in enumerate(_spread(_with_page(_by_arrival(data.stays))))
    ]


def _agenda(data: Dataset) -> list[dict[str, Any]]:
    """Return a month's agendas, every second one from its middle on."""
    public = [stay for stay in _by_arrival(data.stays) if stay["state"] in _PUBLIC]
    asked = []
    for number, stay in enumerate(public[:: max(len(public) // 50, 1)]):
        first = stay["arrival"]
        month = {"from": str(first), "to": str(first + timedelta(days=30))}
        asked.append(month | ({"after": cursors.encode(lists.STAYS, stay)} if number % 2 else {}))
    return asked


def _applications(data: Dataset) -> list[dict[str, Any]]:
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
