"""Tags: what an answer was made of, so that caches can be told what to throw away.

A statement prints at each object which row it is, and which rows decide whether it is to be seen,
between two marks that no text of a row contains; they are taken out before the answer is sent.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from softlanding_schema.reads.json_text import Expression, Literal, Part, Printer

MOST = 50
"""So many objects are named one by one."""

MARK = "\x03"
_MARK = MARK.encode()

_DECIDING: Mapping[str, Mapping[str, str]] = {
    "Incubator": {},
    "Startup": {"home_id": "Incubator"},
    "Stay": {"startup_id": "Startup", "home_id": "Incubator", "host_id": "Incubator"},
}
"""The types with events, and the rows that decide whether one of them is seen, by column."""

_TYPES = {"incubators": "Incubator", "startups": "Startup", "stays": "Stay"}


@dataclass
class Tags:
    """The objects of one answer, by type; and the types of which any change may change it."""

    objects: dict[str, set[str]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    computed: bool = False
    """Whether something of it was worked out in Python, of what only the statements tell."""

    def take(self, text: bytes) -> bytes:
        """Return a text without its marks, and keep what stood between them."""
        pieces = text.split(_MARK)
        for piece in pieces[1::2]:
            for one in piece.decode().split(" "):
                type_name, _, global_id = one.partition(":")
                self.objects.setdefault(type_name, set()).add(global_id)
        return b"".join(pieces[::2])

    def read(self, listed: Iterable[str], asked: Iterable[str]) -> None:
        """Note types of which lists were read, and those of which an object was asked for.

        Where none was found, one may be there later.
        """
        self.whole |= {*listed, *(one for one in asked if one not in self.objects)}

    def read_from(self, tables: Iterable[str]) -> None:
        """Note all types whose tables were read."""
        self.whole |= {_TYPES[name] for name in tables if name in _TYPES}

    def told(self) -> list[str]:
        """Return types and global ids, at most `MOST` of the latter."""
        objects = {name: ids for name, ids in self.objects.items() if name not in self.whole}
        whole = set(self.whole)
        while sum(map(len, objects.values())) > MOST:
            most = max(sorted(objects), key=lambda name: len(objects[name]))
            del objects[most]
            whole.add(most)
        return sorted(whole) + sorted(one for ids in objects.values() for one in ids)


def printed_tag(printer: Printer, type_name: str, column: Callable[[str], str]) -> list[Part]:
    """Return the text of a tag at an object; nothing for types without events."""
    if type_name not in _DECIDING:
        return []
    parts: list[Part] = [Literal(f"{MARK}{type_name}:")]
    parts.append(Expression(printer.global_id(type_name, column("id"))))
    for name, other in _DECIDING[type_name].items():
        parts.append(Literal(f" {other}:"))
        parts.append(Expression(printer.global_id(other, column(name))))
    return [*parts, Literal(MARK)]
