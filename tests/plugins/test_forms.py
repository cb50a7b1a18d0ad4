"""The forms of all plugins are described, bounded, and show an example that they take."""

import pytest
from jsonschema import Draft202012Validator
from tests.plugins.declared import STEPS, example_of, form_of

from softlanding.testing.described import form_faults


@pytest.mark.parametrize("key", STEPS)
def test_a_form_explains_itself_and_its_lists_are_bounded(key: str) -> None:
    assert form_faults(form_of(key)) == []


@pytest.mark.parametrize("key", STEPS)
def test_the_example_of_a_form_fits_its_json_schema(key: str) -> None:
    schema = form_of(key).model_json_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(example_of(key))
