"""Places in answers: each with its part of the JSON Schema, and what stands at its edges."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, TypeAlias

from tests.plugins.odd import Json

Schema: TypeAlias = Mapping[str, Any]
Path: TypeAlias = tuple[str | int, ...]
ARABIC = str.maketrans("0123456789", "".join(chr(0x660 + digit) for digit in range(10)))
MUCH, LITTLE = ("999999999999.99", "9999999.99", "100", "24"), ("0", "0.01", "1")


def resolved(schema: Schema, named: Mapping[str, Schema]) -> Schema:
    """Return a schema, or the one that it refers to."""
    return named[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema


def main_option(schema: Schema, named: Mapping[str, Schema]) -> Schema:
    """Return of "this, or nothing" this, and of "a number, or a string" the number."""
    schema = resolved(schema, named)
    return resolved(next(iter(schema.get("anyOf", [])), schema), named)


def parts(schema: Schema, example: Json) -> Iterator[tuple[Path, Schema]]:
    """Yield the places of an example, and those it leaves out, each with its schema."""
    return _parts(schema, schema.get("$defs", {}), example, ())


def _parts(
    schema: Schema, named: Mapping[str, Schema], example: Json, path: Path
) -> Iterator[tuple[Path, Schema]]:
    if path:
        yield path, schema
    inner = main_option(schema, named)
    if isinstance(example, dict):
        for name, part in inner.get("properties", {}).items():
            yield from _parts(part, named, example.get(name), (*path, name))
    elif isinstance(example, list):
        for number, item in enumerate(example):
            yield from _parts(inner["items"], named, item, (*path, number))


def changed(value: Json, path: Path, new: Json) -> Json:
    """Return answers with another value at a place, if the place is still there."""
    result = deepcopy(value)
    inside: Any = result
    try:
        for key in path[:-1]:
            inside = inside[key]
        inside[path[-1]] = deepcopy(new)
    except (KeyError, IndexError, TypeError):
        return value
    return result


def at(value: Json, path: Path) -> Json:
    """Return what stands at a place, None where there is no such place."""
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def edges(part: Schema, present: Json, *, most: bool) -> tuple[str, list[Json]]:
    """Return the kind of a part, and what may stand at one edge of it, the farthest first."""
    match part:
        case {"enum": values}:
            return "choice", [values[-1 if most else 0]]
        case {"type": "boolean"}:
            return "choice", [most]
        case {"type": "number"}:
            bound = part.get("maximum" if most else "minimum")
            return "amount", [*([] if bound is None else [str(bound)]), *(MUCH if most else LITTLE)]
        case {"type": "integer"}:
            bound = part.get("maximum" if most else "minimum", 10**6 if most else 0)
            return "count", [bound]
        case {"type": "string", "format": "date"}:
            return "day", ["2099-12-31" if most else "1950-01-01"]
        case {"type": "string", "pattern": _}:
            # What a pattern takes for a digit, or overlooks at the end.
            shown = str(present or "")
            foreign = [shown.translate(ARABIC), shown[:-1] + shown[-1:].translate(ARABIC)]
            return "pattern", foreign if most else [f"{shown}\n"]
        case {"type": "string"}:
            longest = part.get("maxLength", 200)
            return "text", ["\u0130" * longest if most else "\u00df"]
        case {"type": "array"}:
            items = present if isinstance(present, list) else []
            number = part.get("maxItems", 200) if most else part.get("minItems", 0)
            return "list", [(items * number)[:number]]
    return "other", []
