"""The Relay node: an object with a global id, made of a row."""

from typing import Any, ClassVar, Self
from uuid import UUID

import strawberry

from softlanding.access import may_read
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.reads.global_ids import encode


@strawberry.interface(description="An object that can be read again by its id.")
class Node:
    """The base of all types made of a row: its columns become attributes."""

    table: ClassVar[str]
    type_name: ClassVar[str] = "Node"
    row: strawberry.Private[Row]

    @strawberry.field(description="Global id: opaque, and valid for this type only.")
    def id(self) -> strawberry.ID:
        """Return the global id."""
        return strawberry.ID(encode(self.type_name, self.key))

    def shows(self, field: str, info: Info) -> bool:
        """Tell whether whoever asks may read a field that is not for everybody."""
        return may_read(self.table, field, info.context.actor, self.row)

    @property
    def key(self) -> UUID:
        """The row's own key."""
        return UUID(str(self.row["id"]))

    @classmethod
    def of(cls, row: Row) -> Self:
        """Return the object of a row; plain fields are read from the columns of their name."""
        made = cls.__new__(cls)
        made.__dict__.update(cls.shown(row), row=row)
        made.__dict__.pop("id", None)
        return made

    @classmethod
    def shown(cls, row: Row) -> dict[str, Any]:
        """Return the attributes of a row; types with enumerations convert them here."""
        return dict(row)
