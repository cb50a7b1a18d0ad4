"""Sentences of verdicts, in English and French, with amounts as each language writes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from babel import Locale
from babel.numbers import format_currency, format_decimal

from softlanding import Text, joined

__all__ = ["Country", "Euros", "joined", "told"]


@dataclass(frozen=True)
class Euros:
    """An amount in euros, shown with its currency."""

    amount: Decimal


@dataclass(frozen=True)
class Country:
    """A country by its ISO 3166-1 alpha-2 code, shown by its name."""

    code: str


Value: TypeAlias = "str | int | Decimal | date | Euros | Country | Text | Iterable[Value]"


def told(*, en: str, fr: str, **values: Value) -> dict[str, str]:
    """Return a text by language; `values` fill the `{names}` of both templates.

    Decimals and amounts are written as the language does, days as ISO 8601; a text by language
    is chosen, an iterable is joined by commas.
    """
    return {
        locale: template.format(**{name: _shown(value, locale) for name, value in values.items()})
        for locale, template in (("en", en), ("fr", fr))
    }


def _shown(value: Value, locale: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Euros):
        return format_currency(value.amount, "EUR", locale=locale)
    if isinstance(value, Country):
        return str(Locale(locale).territories.get(value.code, value.code))
    if isinstance(value, Decimal):
        return format_decimal(value, locale=locale)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return str(value[locale])
    return ", ".join(_shown(item, locale) for item in value)
