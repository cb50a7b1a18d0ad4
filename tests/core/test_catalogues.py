"""Texts in several languages, over a catalogue of an example package."""

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from softlanding import Catalogue, Country, Money, joined
from softlanding.contract.catalogues import LABEL

FRENCH = """\
msgid "{amount} {share} {day} {count} {name} {state} {items} {inner}"
msgstr "{inner} {items} {state} {name} {count} {day} {share} {amount}"

msgid "{name}"
msgstr "« {name} »"

msgid "yes"
msgstr "oui"

msgctxt "label"
msgid "yes"
msgstr "accord"

#, fuzzy
msgid "no"
msgstr "peut-être"

msgid "later"
msgstr ""
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    """Return a catalogue in French, and one in Lithuanian that says nothing."""
    package = f"example_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / package / "locale"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    (folder / "fr.po").write_text(FRENCH, "utf-8")
    (folder / "lt.po").write_text("", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield Catalogue(package)
    sys.modules.pop(package, None)


def test_each_language_writes_values_its_own_way(told: Catalogue) -> None:
    text = told(
        "{amount} {share} {day} {count} {name} {state} {items} {inner}",
        amount=Money(amount=Decimal("299200")),
        share=Decimal("12.5"),
        day=date(2027, 3, 1),
        count=1234,
        name="Example",
        state=Country("DE"),
        items=["a", Money(amount=Decimal(1), currency="GBP")],
        inner=told("yes"),
    )
    assert text == {
        "en": "€299,200.00 12.5 2027-03-01 1234 Example Germany a, £1.00 yes",
        "fr": "oui a, 1,00\xa0£GB Allemagne Example 1234 2027-03-01 12,5 299\u202f200,00\xa0€",
    }


def test_braces_in_a_value_stay_as_they_are(told: Catalogue) -> None:
    assert told("{name}", name="{day}") == {"en": "{day}", "fr": "« {day} »"}


def test_an_unknown_country_is_shown_by_its_code(told: Catalogue) -> None:
    assert told("{name}", name=Country("QQ")) == {"en": "QQ", "fr": "« QQ »"}


@pytest.mark.parametrize("message", ["no", "later", "never"])
def test_what_is_not_or_not_surely_translated_is_told_in_english_alone(
    told: Catalogue, message: str
) -> None:
    assert told(message) == {"en": message}
    assert told.translated(message, "fr") == message


def test_a_context_tells_messages_apart(told: Catalogue) -> None:
    assert told.translated("yes", "fr") == "oui"
    assert told.translated("yes", "fr", context="label") == "accord"
    assert told.translated("yes", "lt") == "yes"


def test_a_package_without_catalogues_speaks_english() -> None:
    assert Catalogue("softlanding_schema")("{name}", name="Example") == {"en": "Example"}


@pytest.mark.parametrize("language", ["de", "fr", "lt", "nl"])
def test_money_has_its_labels_in_the_languages_of_the_partners(language: str) -> None:
    messages = Catalogue("softlanding").languages[language]
    labels = {english for context, english in messages if context == LABEL}
    assert labels == {"Amount", "Currency"}


def test_texts_are_joined_in_the_languages_that_all_of_them_have(told: Catalogue) -> None:
    assert joined([told("yes"), {"en": "c", "fr": "d"}], "; ") == {"en": "yes; c", "fr": "oui; d"}
    assert joined([told("yes"), told("no")]) == {"en": "yes no"}
