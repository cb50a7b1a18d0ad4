"""Versions of tables: whether what was read is the same still, known without reading it again.

Each process counts what it writes itself. Of what others write SQLite tells that there was
something (`PRAGMA data_version`), and PostgreSQL which tables it was (`NOTIFY`, see migration
0011). Where that cannot be known at the moment, nothing counts as unchanged.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Protocol

WATCHED = (
    "incubators",
    "startups",
    "stays",
    "onboarding_steps",
    "step_definitions",
    "rule_sets",
    "memberships",
    "persons",
)
"""The tables that have versions."""

CHANNEL = "softlanding_tables"
"""Where PostgreSQL names the tables that a transaction wrote."""

_WRITTEN = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
_READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)')


class Versions(Protocol):
    """Which tables changed, and when."""

    def now(self) -> int | None:
        """Return the moment, to ask later whether something changed since; None: not known."""

    def unchanged(self, tables: Iterable[str], since: int) -> bool:
        """Tell whether nothing has been written to some tables since a moment."""

    def wrote(self, tables: Iterable[str]) -> None:
        """Note that tables were written, as soon as it is committed."""


class _Counted:
    """The moments at which tables changed; a moment is a number that grows with each change."""

    def __init__(self) -> None:
        self._moment = 0
        self._changed = dict.fromkeys(WATCHED, 0)

    def wrote(self, tables: Iterable[str]) -> None:
        """Note that tables were written."""
        self._moment += 1
        for name in tables:
            if name in self._changed:
                self._changed[name] = self._moment

    def unchanged(self, tables: Iterable[str], since: int) -> bool:
        """Tell whether nothing has been written to some tables since a moment."""
        if self.now() is None:
            return False
        return all(self._changed.get(name, since + 1) <= since for name in tables)

    def now(self) -> int | None:
        """Return the moment."""
        return self._moment


class SqliteVersions(_Counted):
    """The versions of a file to which commands may write while a process serves it."""

    def __init__(self, seen: Callable[[], int], seen_by_writer: Callable[[], int | None]) -> None:
        """`seen` changes with each commit, `seen_by_writer` with those of other processes only.

        The latter is None while the writer is at work.
        """
        super().__init__()
        self._read_seen = seen
        self._read_by_writer = seen_by_writer
        self._seen: int | None = None
        self._by_writer: int | None = None

    def now(self) -> int | None:
        """Return the moment, after a look at what other processes wrote."""
        seen = self._read_seen()
        if seen != self._seen:
            by_writer = self._read_by_writer()
            if by_writer is None:
                return None
            if by_writer != self._by_writer:
                self.wrote(WATCHED)
            self._seen, self._by_writer = seen, by_writer
        return self._moment


class PostgresqlVersions(_Counted):
    """The versions of a database to which other processes write; known while they tell of it."""

    def __init__(self) -> None:
        super().__init__()
        self._told = False

    def begin(self) -> None:
        """Note that other processes are heard from now on, and were not before."""
        self.wrote(WATCHED)
        self._told = True

    def end(self) -> None:
        """Note that nothing is heard any more."""
        self._told = False

    def now(self) -> int | None:
        """Return the moment."""
        return self._moment if self._told else None


@lru_cache(maxsize=2048)
def tables_read(sql: str) -> frozenset[str]:
    """Return the names after `FROM` and `JOIN` in a statement of ours: tables, and aliases."""
    return frozenset(_READ.findall(sql))


@lru_cache(maxsize=2048)
def table_written(sql: str) -> str | None:
    """Return the table that a statement of ours writes."""
    found = _WRITTEN.match(sql)
    return found[1] if found else None
