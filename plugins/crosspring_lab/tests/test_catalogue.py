from importlib.resources import files

import pytest
from babel.messages.extract import extract_from_dir

from softlanding_crosspring_lab import plugin
from softlanding_crosspring_lab.texts import told

STEPS = {step.key: step for step in plugin.steps()}
TITLES = sorted(
    {
        field["title"]
        for step in STEPS.values()
        if step.form is not None
        for schema in (step.form.model_json_schema(),)
        for part in (schema, *schema.get("$defs", {}).values())
        for field in part.get("properties", {}).values()
        if "title" in field
    }
    - {"Amount", "Currency"}  # of Money, which the product itself translates
)


def test_the_plugin_speaks_dutch() -> None:
    assert set(told.languages) == {"nl"}


def test_fields_are_found() -> None:
    assert {"Kvk", "Years experience", "Nights before", "Means for stay"} < set(TITLES)


@pytest.mark.parametrize("title", TITLES)
def test_each_field_has_a_dutch_title(title: str) -> None:
    assert told.translated(title, "nl", context="label") != title


def test_each_message_is_translated_and_none_is_left_over() -> None:
    source = str(files("softlanding_crosspring_lab"))
    used = {found[2] for found in extract_from_dir(source, keywords={"told": None})}
    known = {english for context, english in told.languages["nl"] if context is None}
    assert used == known


def test_each_dutch_message_has_the_places_of_the_english_one() -> None:
    def places(text: str) -> set[str]:
        return {part.split("}")[0] for part in text.split("{")[1:]}

    for (context, english), dutch in told.languages["nl"].items():
        assert places(english) == places(dutch), (context, english)


def test_a_verdict_is_told_in_dutch() -> None:
    text = told("KvK numbers have {digits} digits, got {count}.", digits=8, count=7)
    assert text["nl"] == "Een KvK-nummer heeft 8 cijfers; dit zijn er 7."
