"""Texts in several languages, from gettext catalogues in a package's folder `locale`.

A message is written in English where it is used; `locale/<language>.po` carries what it is in
another language. What a catalogue does not translate is told in English.

    told = Catalogue("softlanding_example")
    told("Insurance ends {day} before departure {departure}.", day=…, departure=…)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType
from typing import TypeAlias

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from softlanding.contract.forms import Money
from softlanding.domain.texts import DEFAULT_LOCALE, Text, choose

LABEL = "label"
"""The gettext context of the names of form fields."""


@dataclass(frozen=True)
class Country:
    """A country by its ISO 3166-1 alpha-2 code, shown by its name."""

    code: str


Value: TypeAlias = "str | int | Decimal | date | Money | Country | Text | Iterable[Value]"
Messages: TypeAlias = Mapping[tuple[str | None, str], str]


class Catalogue:
    """The messages of one package; called with an English one, it tells it in each language."""

    def __init__(self, package: str) -> None:
        self.package = package

    @property
    def languages(self) -> Mapping[str, Messages]:
        """The translations by language tag; a message is named by its context and its English."""
        return _languages(self.package)

    def __call__(self, message: str, **values: Value) -> dict[str, str]:
        """Return a text by language; `values` fill the `{names}` of the message.

        Amounts, decimals and countries are written as the language does, days as ISO 8601; a
        text by language is chosen, an iterable is joined by commas.
        """
        told = {DEFAULT_LOCALE: message}
        for language, messages in self.languages.items():
            if translated := messages.get((None, message)):
                told[language] = translated
        return {
            language: template.format(
                **{name: _shown(value, language) for name, value in values.items()}
            )
            for language, template in told.items()
        }

    def translated(self, message: str, language: str, *, context: str | None = None) -> str:
        """Return a message in one language, in English where it is not translated."""
        return self.languages.get(language, {}).get((context, message), message)


def joined(texts: Iterable[Text], separator: str = " ") -> dict[str, str]:
    """Return several texts as one, in the languages that all of them have."""
    listed = list(texts)
    languages = [language for language in listed[0] if all(language in text for text in listed)]
    return {language: separator.join(text[language] for text in listed) for language in languages}


@cache
def _languages(package: str) -> Mapping[str, Messages]:
    folder = files(package) / "locale"
    if not folder.is_dir():
        return MappingProxyType({})
    found: dict[str, Messages] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".po"):
            catalogue = read_po(BytesIO(file.read_bytes()))
            found[file.name.removesuffix(".po")] = {
                (message.context, str(message.id)): str(message.string)
                for message in catalogue
                if message.id and message.string and not message.fuzzy
            }
    return MappingProxyType(found)


def _shown(value: Value, language: str) -> str:
    if isinstance(value, str):
        return value
    locale = Locale.parse(language, sep="-")
    if isinstance(value, Money):
        return format_currency(value.amount, value.currency, locale=locale)
    if isinstance(value, Country):
        return str(locale.territories.get(value.code, value.code))
    if isinstance(value, Decimal):
        return format_decimal(value, locale=locale)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return str(choose(value, language)[0])
    return ", ".join(_shown(item, language) for item in value)
