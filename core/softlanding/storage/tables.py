"""Tables as statements see them: columns, and how a stored value becomes a Python one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from tortoise import fields
from tortoise.models import Model

from softlanding.storage import models, outbox_models, people, record_models, webhook_models
from softlanding.storage.engines import Dialect

Row = dict[str, Any]


def _as_uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _as_datetime(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _as_json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str | bytes) else value


class Kind(Enum):
    """What a column holds."""

    KEY = "key"
    MOMENT = "moment"
    DAY = "day"
    BOOLEAN = "boolean"
    NUMBER = "number"
    JSON = "json"
    TEXT = "text"


_KINDS: Mapping[type[Any], Kind] = {
    fields.UUIDField: Kind.KEY,
    fields.DatetimeField: Kind.MOMENT,
    fields.DateField: Kind.DAY,
    fields.BooleanField: Kind.BOOLEAN,
    fields.IntField: Kind.NUMBER,
    fields.BigIntField: Kind.NUMBER,
    fields.JSONField: Kind.JSON,
}
_DECODERS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.KEY: _as_uuid,
    Kind.MOMENT: _as_datetime,
    Kind.DAY: _as_date,
    Kind.BOOLEAN: bool,
    Kind.JSON: _as_json,
}


@dataclass(frozen=True)
class Column:
    """What a column holds, and whether it may be null."""

    kind: Kind
    nullable: bool


@dataclass(frozen=True)
class Table:
    """A table: its name, its columns, how their values are decoded."""

    name: str
    columns: Mapping[str, Column]
    decoders: Mapping[str, Callable[[Any], Any]]

    def decode(self, row: Mapping[str, Any]) -> Row:
        """Return a row with Python values, the same on both databases."""
        decoded = dict(row)
        for column, decoder in self.decoders.items():
            value = decoded.get(column)
            if value is not None:
                decoded[column] = decoder(value)
        return decoded


@cache
def table(name: str) -> Table:
    """Return a table by name; raises `KeyError` for a name that no model carries."""
    columns: dict[str, Column] = {}
    for field_name, field in _models()[name]._meta.fields_map.items():
        if isinstance(field, fields.relational.ForeignKeyFieldInstance):
            columns[f"{field_name}_id"] = Column(Kind.KEY, field.null)
        elif not isinstance(field, fields.relational.RelationalField):
            kinds = (kind for cls, kind in _KINDS.items() if isinstance(field, cls))
            columns[field_name] = Column(next(kinds, Kind.TEXT), field.null)
    return Table(
        name=name,
        columns=columns,
        decoders={
            name: _DECODERS[column.kind]
            for name, column in columns.items()
            if column.kind in _DECODERS
        },
    )


@cache
def _models() -> Mapping[str, type[Model]]:
    return {
        model._meta.db_table: model
        for model in (
            *vars(models).values(),
            *vars(people).values(),
            *vars(record_models).values(),
            *vars(outbox_models).values(),
            *vars(webhook_models).values(),
        )
        if isinstance(model, type) and issubclass(model, Model) and model._meta.db_table
    }


def encode(value: Any, dialect: Dialect) -> Any:
    """Return a value as the driver of the dialect wants it."""
    kind = type(value)
    if kind is str or kind is int:
        return value
    encoder = _ENCODERS[dialect].get(kind)
    if encoder is not None:
        return encoder(value)
    return value.value if isinstance(value, Enum) else value


def _in_utc(value: datetime) -> datetime:
    # Texts of moments are compared as texts, so they all have one zone; without one it is UTC.
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return value.replace(tzinfo=UTC)


_ENCODERS: Mapping[Dialect, Mapping[type[Any], Callable[[Any], Any]]] = {
    "sqlite": {
        UUID: str,
        datetime: lambda moment: _in_utc(moment).isoformat(" "),
        date: date.isoformat,
        bool: int,
    },
    "postgresql": {datetime: _in_utc},
}
