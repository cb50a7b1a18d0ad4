"""How long answers are kept: read from a form's JSON Schema, applied to stored answers.

A field that carries `x-retention-days` is deleted that many days after the departure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from softlanding.domain.json_schema import shapes

RETENTION_DAYS = "x-retention-days"


@dataclass
class Kept:
    """What is left of answers: the answers, the paths deleted, the last day all may be kept."""

    answers: dict[str, Any]
    deleted: list[str] = field(default_factory=list)
    kept_until: date | None = None


def keep(
    schema: Mapping[str, Any], answers: Mapping[str, Any], *, departure: date, today: date
) -> Kept:
    """Return the answers without what is due for deletion on `today`."""
    kept = Kept(answers={})
    kept.answers = _object(schema, schema, answers, "", kept, departure, today)
    return kept


def _object(
    root: Mapping[str, Any],
    schema: Mapping[str, Any],
    value: Mapping[str, Any],
    path: str,
    kept: Kept,
    departure: date,
    today: date,
) -> dict[str, Any]:
    properties = schema.get("properties", {})
    left: dict[str, Any] = {}
    for name, item in value.items():
        place = f"{path}.{name}" if path else name
        described = properties.get(name, {})
        days = _days(described)
        if days is not None and item is not None:
            until = departure + timedelta(days=days)
            if until < today:
                kept.deleted.append(place)
                continue
            kept.kept_until = min(kept.kept_until or until, until)
        left[name] = _value(root, described, item, place, kept, departure, today)
    return left


def _value(
    root: Mapping[str, Any],
    schema: Mapping[str, Any],
    value: Any,
    path: str,
    kept: Kept,
    departure: date,
    today: date,
) -> Any:
    for shape in shapes(root, schema):
        if isinstance(value, dict) and "properties" in shape:
            return _object(root, shape, value, path, kept, departure, today)
        if isinstance(value, list) and "items" in shape:
            return [
                _value(root, shape["items"], one, f"{path}[{number}]", kept, departure, today)
                for number, one in enumerate(value, start=1)
            ]
    return value


def _days(schema: Mapping[str, Any]) -> int | None:
    """Return the retention of a property, which may be written beside or inside a choice."""
    for part in (schema, *schema.get("anyOf", ())):
        if (days := part.get(RETENTION_DAYS)) is not None:
            return int(days)
    return None
