"""Forms and answers under the names that GraphQL has for their fields.

Stored answers and schemas carry Python's names; clients send and read `grantedOn`, so that what
a website renders from the JSON Schema is what `submitStep` takes.
"""

from collections.abc import Mapping
from typing import Any

from strawberry.utils.str_converters import to_camel_case

from softlanding.domain.json_schema import shapes

Schema = Mapping[str, Any]


def named_answers(root: Schema, schema: Schema, value: Any) -> Any:
    """Return a value with the names of GraphQL where `schema` says that it is an object."""
    for shape in shapes(root, schema):
        if isinstance(value, Mapping) and "properties" in shape:
            return {
                to_camel_case(name): named_answers(root, shape["properties"].get(name, {}), item)
                for name, item in value.items()
            }
        if isinstance(value, list) and "items" in shape:
            return [named_answers(root, shape["items"], item) for item in value]
    return value


def named_schema(root: Schema) -> dict[str, Any]:
    """Return a form's JSON Schema with the names of GraphQL, its examples and defaults too."""
    return _named(root, root)


def _named(root: Schema, schema: Schema) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for keyword, value in schema.items():
        match keyword:
            case "properties":
                named[keyword] = {
                    to_camel_case(name): _named(root, part) for name, part in value.items()
                }
            case "required":
                named[keyword] = [to_camel_case(name) for name in value]
            case "$defs":
                named[keyword] = {name: _named(root, part) for name, part in value.items()}
            case "items":
                named[keyword] = _named(root, value)
            case "anyOf":
                named[keyword] = [_named(root, part) for part in value]
            case "default":
                named[keyword] = named_answers(root, schema, value)
            case "examples":
                named[keyword] = [named_answers(root, schema, example) for example in value]
            case _:
                named[keyword] = value
    return named
