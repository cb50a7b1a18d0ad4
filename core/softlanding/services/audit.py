"""Whether the record is whole: every entry chained to the one before it, every change as it was.

Whoever can write to the database can also write a whole chain anew. So the heads of the chains are
to be kept elsewhere now and then (`softlanding audit head`), and a chain is held against them.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from softlanding.predicates import EVERYTHING, AllOf, Compare, Equals, Not, OneOf
from softlanding.services.core import Core
from softlanding.storage.record import NETWORK, digest_of, digest_of_all, hash_of_entry
from softlanding.storage.tables import Row

_BATCH = 500


@dataclass(frozen=True)
class Head:
    """The last entry of a chain, as it was read or kept: its number and its hash."""

    chain: UUID
    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain}:{self.number}:{self.hash}"

    @classmethod
    def of(cls, text: str) -> "Head":
        """Read a head as it is printed; raises `ValueError`."""
        chain, number, hashed = text.split(":")
        return cls(UUID(chain), int(number), hashed)


@dataclass(frozen=True)
class Verified:
    """What was found: how many entries were read, and what is wrong with them, in sentences."""

    entries: int
    erased: int
    faults: tuple[str, ...]


async def heads(core: Core) -> list[Head]:
    """Return the heads of all chains, to be kept elsewhere."""
    chains = await core.database.rows.select("record_chains", EVERYTHING)
    return [Head(one["id"], one["length"], one["head"]) for one in chains]


async def verify(core: Core, kept: Sequence[Head] = ()) -> Verified:
    """Read the whole record and tell what is wrong with it.

    `kept` are heads from an earlier day: an entry of that number and hash must still be there.
    """
    chains = {head.chain for head in await heads(core)}
    stray = Not(OneOf("chain_id", tuple(chains))) if chains else EVERYTHING
    while found := await core.database.rows.select("record_entries", stray, limit=1):
        chains.add(found[0]["chain_id"])
        stray = Not(OneOf("chain_id", tuple(chains)))
    wanted: defaultdict[UUID, dict[int, str]] = defaultdict(dict)
    for head in kept:
        wanted[head.chain][head.number] = head.hash
    reading = _Reading(core)
    for chain in sorted({*chains, *wanted}):
        await reading.chain(chain, wanted[chain])
    return Verified(reading.entries, reading.erased, tuple(reading.faults))


class _Reading:
    """One reading of the record."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.faults: list[str] = []
        self.entries = 0
        self.erased = 0

    async def chain(self, chain: UUID, wanted: Mapping[int, str]) -> None:
        """Read one chain from its beginning."""
        name = await self._name(chain)
        number, before = 0, ""
        missing = dict(wanted)
        async for entry, changes in self._entries(chain):
            self.entries += 1
            number += 1
            where = f"{name}, entry {entry['number']}"
            if entry["number"] != number:
                self.faults.append(f"{name}: entry {number} is missing before {entry['number']}.")
                number = entry["number"]
            elif hash_of_entry(before, entry) != entry["hash"]:
                self.faults.append(f"{where}: it does not follow the one before it as it stands.")
            if missing.pop(number, entry["hash"]) != entry["hash"]:
                self.faults.append(f"{where}: its hash is not the one that was kept.")
            self._changes(where, entry, changes)
            before = entry["hash"]
        for gone in sorted(missing):
            self.faults.append(f"{name}: entry {gone}, whose hash was kept, is missing.")
        if not await self._ends(chain, number, before):
            self.faults.append(f"{name}: its end is not entry {number}; entries may be missing.")

    async def _ends(self, chain: UUID, number: int, hashed: str) -> bool:
        """Tell whether a chain ends here, or went on while it was read."""
        rows = self._core.database.rows
        head = await rows.one("record_chains", chain)
        if head is None or head["length"] <= number:
            return head is not None and (head["length"], head["head"]) == (number, hashed)
        following = AllOf((Equals("chain_id", chain), Equals("number", number + 1)))
        return bool(await rows.select("record_entries", following))

    def _changes(self, where: str, entry: Row, changes: Sequence[Row]) -> None:
        if digest_of_all([one["digest"] for one in changes]) != entry["digest"]:
            self.faults.append(f"{where}: its changes are not those that were recorded.")
        for change in changes:
            if change["erased_at"] is not None:
                self.erased += 1
            elif digest_of(change["salt"] or "", change) != change["digest"]:
                self.faults.append(
                    f"{where}: the change of {change['table_name']} {change['row_id']} is not"
                    " what was recorded."
                )

    async def _entries(self, chain: UUID) -> AsyncIterator[tuple[Row, list[Row]]]:
        """Return the entries of a chain in order, each with its changes."""
        rows = self._core.database.rows
        last = 0
        while found := await rows.select(
            "record_entries",
            AllOf((Equals("chain_id", chain), Compare("number", ">", last))),
            order=("number",),
            limit=_BATCH,
        ):
            wanted = OneOf("entry_id", tuple(one["id"] for one in found))
            changes: defaultdict[UUID, list[Row]] = defaultdict(list)
            for change in await rows.select(
                "record_changes", wanted, order=("entry_id", "position")
            ):
                changes[change["entry_id"]].append(change)
            for entry in found:
                yield entry, changes[entry["id"]]
            last = found[-1]["number"]

    async def _name(self, chain: UUID) -> str:
        if chain == NETWORK:
            return "the network"
        incubator = await self._core.database.rows.one("incubators", chain)
        return incubator["slug"] if incubator else str(chain)
