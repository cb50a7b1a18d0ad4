"""The lists of nodes that grow: their table, the column of their parent, their order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Term:
    """A column in an order, which is never null, and its direction."""

    column: str
    descending: bool = False


Order: TypeAlias = tuple[Term, ...]
"""A total order: its last term is the id."""


@dataclass(frozen=True)
class RowList:
    """A list of rows. `order` is the one it has unless another is asked for; it ends in the id."""

    name: str
    table: str
    order: tuple[str, ...]
    parent: str | None = None

    def ordered(self, terms: Sequence[Term] = ()) -> Order:
        """Return a total order by `terms`, or the list's own."""
        if not terms:
            return tuple(Term(column) for column in self.order)
        # In the direction of the term before it, so that an index can be read backward.
        return (*terms, Term("id", terms[-1].descending))


INCUBATORS = RowList("incubators", "incubators", ("name", "id"))
STARTUPS = RowList("startups", "startups", ("name", "id"))
STAYS = RowList("stays", "stays", ("arrival", "id"))
STARTUPS_OF_INCUBATOR = RowList("incubator.startups", "startups", ("name", "id"), "home_id")
HOSTED_STAYS = RowList("incubator.hostedStays", "stays", ("arrival", "id"), "host_id")
SENT_STAYS = RowList("incubator.sentStays", "stays", ("arrival", "id"), "home_id")
STAYS_OF_STARTUP = RowList("startup.stays", "stays", ("arrival", "id"), "startup_id")
