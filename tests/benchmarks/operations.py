"""The operations that are measured: a document each, and variables that rotate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from tests.benchmarks import documents, variables
from tests.benchmarks.dataset import Dataset

from softlanding_schema.types.filters import StayWhere

FILTERS_RELATIONS = "startup" in {field.name for field in fields(StayWhere)}
"""Whether the schema can filter stays by their start-up."""


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
    asked = [
        ("Q1 incubators", "anonymous", documents.INCUBATORS, variables.incubators(data)),
        ("Q2 stays of a host", "staff", documents.HOSTED, variables.hosted(data)),
        ("Q2 all stays", "admin", documents.STAYS, variables.stays(data)),
        ("Q3 agenda", "anonymous", documents.AGENDA, variables.agenda(data)),
        ("Q4 one stay", "staff", documents.STAY, variables.one_stay(data)),
        ("D1 three levels of lists", "staff", documents.NETWORK, variables.network(data)),
        ("D2 filter over a relation", "staff", documents.ARRIVING, variables.arriving(data)),
        ("D3 two roots", "staff", documents.OVERVIEW, variables.overview(data)),
        ("M1 application", "staff", documents.APPLY, variables.applications(data)),
    ]
    return [
        Operation(
            name=name,
            path=_path(document),
            actor=actor,
            document=document,
            variables=variables.spread(told),
        )
        for name, actor, document, told in asked
        if document is not documents.ARRIVING or FILTERS_RELATIONS
    ]


def _path(document: str) -> str:
    """Return the path at the hand-written server: the operation's name in the document."""
    return "/" + document.split(maxsplit=1)[1].partition("(")[0].lower()
