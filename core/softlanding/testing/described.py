"""Whether forms and GraphQL types explain themselves, for `softlanding.testing.conventions`."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

LONGEST_LIST = 200


def form_faults(form: type[BaseModel]) -> list[str]:
    """Return what is missing in the form of a step: descriptions, bounds, the one example."""
    schema = form.model_json_schema()
    found = []
    for path, part in _parts(schema, form.__name__):
        if "properties" in part and not part.get("description"):
            found.append(f"form {path}: it has no description")
        for name, field in part.get("properties", {}).items():
            if not field.get("description"):
                found.append(f"form {path}: the field {name} has no description")
        if part.get("type") == "array" and part.get("maxItems", LONGEST_LIST + 1) > LONGEST_LIST:
            found.append(f"form {path}: a list has no max_length of at most {LONGEST_LIST}")
    return [*found, *_example_faults(form, schema.get("examples", []))]


def output_faults(kind: object) -> list[str]:
    """Return what of a GraphQL type, and of the types below it, has no description."""
    found = []
    for output in _outputs(kind, []):
        definition = output.__strawberry_definition__
        if not definition.description:
            found.append(f"type {definition.name}: it has no description")
        found += [
            f"type {definition.name}: the field {field.name} has no description"
            for field in definition.fields
            if not field.description
        ]
    return found


def _example_faults(form: type[BaseModel], examples: list[Any]) -> Iterator[str]:
    if len(examples) != 1:
        yield f"form {form.__name__}: it shows {len(examples)} examples, not one"
        return
    (example,) = examples
    try:
        taken = form.model_validate(example)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        yield f"form {form.__name__}: it does not take its example, {where}: {first['msg']}"
        return
    if taken.model_dump(mode="json", exclude_unset=True) != example:
        yield f"form {form.__name__}: its example is not written as it would be stored"


def _parts(schema: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield a JSON Schema and all schemas below it, with their places."""
    yield path, schema
    for word in ("properties", "$defs"):
        for name, part in schema.get(word, {}).items():
            yield from _parts(part, f"{path}.{name}")
    for word in ("anyOf", "allOf", "oneOf", "prefixItems"):
        for part in schema.get(word, []):
            yield from _parts(part, path)
    if isinstance(schema.get("items"), Mapping):
        yield from _parts(schema["items"], f"{path}[]")


def _outputs(kind: Any, seen: list[Any]) -> list[Any]:
    """Return a GraphQL type and those below it, in the order of their fields."""
    while hasattr(kind, "of_type"):
        kind = kind.of_type
    if hasattr(kind, "__strawberry_definition__") and kind not in seen:
        seen.append(kind)
        for field in kind.__strawberry_definition__.fields:
            _outputs(field.type, seen)
    return seen
