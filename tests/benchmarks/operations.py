"""The operations that are measured: a document each, and variables that rotate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.benchmarks.dataset import Dataset

from softlanding.storage.tables import Row
from softlanding_schema.reads import cursors, lists
from softlanding_schema.reads.global_ids import encode

# So many different requests that nobody can serve one memorised answer.
_VARIANTS = 64
_PUBLIC = frozenset({"CONFIRMED", "ACTIVE", "COMPLETED", "CLOSED"})

_STAY_WITH_STEPS = """
fragment stay on Stay {
  id arrival departure state
  startup { id slug name country stage }
  host { id slug name country }
  onboarding { steps { key title { value } state severity dueOn } }
}
"""
INCUBATORS = """query Incubators($after: String) {
  incubators(first: 20, after: $after) {
    nodes { id slug name country city website publicFunding stayCapacity }
  }
}"""
HOSTED = f"""query Hosted($slug: String!, $from: Date!) {{
  incubator(slug: $slug) {{
    hostedStays(first: 20, where: {{arrival: {{gte: $from}}}}) {{ nodes {{ ...stay }} }}
  }}
}}{_STAY_WITH_STEPS}"""
STAYS = f"""query Stays($from: Date!) {{
  stays(first: 20, where: {{arrival: {{gte: $from}}}}) {{ nodes {{ ...stay }} }}
}}{_STAY_WITH_STEPS}"""
AGENDA = """query Agenda($from: Date!, $to: Date!, $after: String) {
  stays(first: 20, after: $after, where: {arrival: {gte: $from, lte: $to}}) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node { id arrival departure state startup { name } host { name } } }
  }
}"""
STAY = """query Stay($id: ID!) {
  stay(id: $id) {
    id arrival departure state days revision goals motivation submittedAt
    startup { id name } host { id name }
  }
}"""
APPLY = """mutation Apply($input: ApplyForStayInput!) {
  applyForStay(input: $input) {
    problems { code message }
    stay {
      id arrival departure state
      startup { id slug name }
      onboarding { steps { key state dueOn } }
    }
  }
}"""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation: its place at the hand-written server, who asks, what, with which variables."""

    name: str
    path: str
    actor: str
    document: str
    variables: Sequence[Mapping[str, Any]]


def operations(data: Dataset) -> list[Operation]:
    """Return the operations over a data set; the one that writes comes last."""
    hosted = _by_arrival(
        stay for stay in data.stays if stay["host_id"] == data.house["id"] and stay["submitted_at"]
    )
    slug = data.house["slug"]
    from_house = [{"slug": slug, "from": str(stay["arrival"])} for stay in _with_page(hosted)]
    from_all = [{"from": str(stay["arrival"])} for stay in _with_page(_by_arrival(data.stays))]
    ids = [{"id": encode("Stay", stay["id"])} for stay in hosted]
    return [
        _operation("Q1 incubators", "/incubators", "anonymous", INCUBATORS, _incubators(data)),
        _operation("Q2 stays of a host", "/hosted", "staff", HOSTED, from_house),
        _operation("Q2 all stays", "/stays", "admin", STAYS, from_all),
        _operation("Q3 agenda", "/agenda", "anonymous", AGENDA, _agenda(data)),
        _operation("Q4 one stay", "/stay", "staff", STAY, ids),
        _operation("M1 application", "/apply", "staff", APPLY, _applications(data)),
    ]


def _operation(
    name: str, path: str, actor: str, document: str, variables: Sequence[Mapping[str, Any]]
) -> Operation:
    # Spread over all there are, so that the whole data set is asked for.
    spread = variables[:: max(len(variables) // _VARIANTS, 1)][:_VARIANTS]
    return Operation(name=name, path=path, actor=actor, document=document, variables=spread)


def _by_arrival(stays: Iterable[Row]) -> list[Row]:
    return sorted(stays, key=lambda stay: (stay["arrival"], stay["id"]))


def _with_page(stays: Sequence[Row]) -> Sequence[Row]:
    """Leave the last ones out, after which no whole page follows."""
    return stays[: max(len(stays) - 20, 1)]


def _incubators(data: Dataset) -> list[dict[str, Any]]:
    listed = sorted(
        (one for one in data.incubators if one["published"]), key=lambda one: one["name"]
    )
    places = listed[: max(len(listed) - 20, 1)]
    return [{"after": cursors.encode(lists.INCUBATORS, one)} for one in places]


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
