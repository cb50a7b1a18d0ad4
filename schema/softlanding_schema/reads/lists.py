"""The lists of nodes that grow: their table, the column of their parent, their one order."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RowList:
    """A list of rows. The order ends in the id, so that it is total."""

    name: str
    table: str
    order: tuple[str, ...]
    parent: str | None = None


INCUBATORS = RowList("incubators", "incubators", ("name", "id"))
STARTUPS = RowList("startups", "startups", ("name", "id"))
STAYS = RowList("stays", "stays", ("arrival", "id"))
STARTUPS_OF_INCUBATOR = RowList("incubator.startups", "startups", ("name", "id"), "home_id")
HOSTED_STAYS = RowList("incubator.hostedStays", "stays", ("arrival", "id"), "host_id")
SENT_STAYS = RowList("incubator.sentStays", "stays", ("arrival", "id"), "home_id")
STAYS_OF_STARTUP = RowList("startup.stays", "stays", ("arrival", "id"), "startup_id")
