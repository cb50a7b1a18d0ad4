"""Walking a JSON Schema beside a value that it describes."""

from collections.abc import Iterator, Mapping
from typing import Any


def shapes(root: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and what it refers to in `root`, or chooses from."""
    yield schema
    if reference := schema.get("$ref"):
        yield from shapes(root, root["$defs"][reference.removeprefix("#/$defs/")])
    for part in schema.get("anyOf", ()):
        yield from shapes(root, part)
