"""The snapshots that loaders of plugins are given, made once for each version of a row.

A snapshot is frozen, and the text that a statement prints of its row names all that it is made of
(see `holes`): so the same text is the same snapshot, whoever asks.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from softlanding.services.snapshots import snapshots
from softlanding.storage.database import Rows
from softlanding.storage.tables import Row
from softlanding_schema.caches import BoundedCache
from softlanding_schema.reads.holes import Hole

_KEPT = 2_048


class Known(NamedTuple):
    """A snapshot and the row it was made of."""

    row: Row
    snapshot: Any


class Snapshots:
    """The snapshots of one database."""

    def __init__(self) -> None:
        self._kept: BoundedCache[Known] = BoundedCache(_KEPT)

    async def of(self, source: Rows, hole: Hole, printed_rows: Sequence[bytes]) -> list[Known]:
        """Return what each printed row stands for."""
        table = hole.entity.table
        known = {text: self._kept.get((table, text)) for text in printed_rows}
        missing = {text: hole.row(text) for text, found in known.items() if found is None}
        made = await snapshots(source, table, list(missing.values())) if missing else []
        for (text, row), snapshot in zip(missing.items(), made, strict=True):
            known[text] = Known(row, snapshot)
            self._kept.put((table, text), Known(row, snapshot))
        return [found for text in printed_rows if (found := known[text]) is not None]
