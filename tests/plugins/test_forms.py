"""The forms of all plugins are described, bounded, and show an example that they take."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.plugins.declared import STEPS, example_of, form_of

LONGEST_LIST = 200


def parts(schema: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield a JSON Schema and all schemas below it, with their places."""
    yield path, schema
    for word in ("properties", "$defs"):
        for name, part in schema.get(word, {}).items():
            yield from parts(part, f"{path}.{name}")
    for word in ("anyOf", "allOf", "oneOf", "prefixItems"):
        for part in schema.get(word, []):
            yield from parts(part, path)
    if isinstance(schema.get("items"), Mapping):
        yield from parts(schema["items"], f"{path}[]")


@pytest.mark.parametrize("key", STEPS)
def test_a_form_and_each_of_its_fields_is_described(key: str) -> None:
    schema = form_of(key).model_json_schema()
    bare = [
        f"{path}.{name}"
        for path, part in parts(schema, "")
        for name, field in part.get("properties", {}).items()
        if not field.get("description")
    ]
    bare += [
        path
        for path, part in parts(schema, "")
        if "properties" in part and not part.get("description")
    ]
    assert bare == []


@pytest.mark.parametrize("key", STEPS)
def test_the_lists_of_a_form_are_bounded(key: str) -> None:
    endless = [
        path
        for path, part in parts(form_of(key).model_json_schema(), "")
        if part.get("type") == "array" and part.get("maxItems", LONGEST_LIST + 1) > LONGEST_LIST
    ]
    assert endless == []


@pytest.mark.parametrize("key", STEPS)
def test_a_form_shows_an_example_that_it_takes(key: str) -> None:
    schema = form_of(key).model_json_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(example_of(key))
    form_of(key).model_validate(example_of(key))
