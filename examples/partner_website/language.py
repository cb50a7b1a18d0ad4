"""The visitor's language: the labels of the pages, and the words for dates and countries."""

import tomllib
from datetime import date
from functools import cached_property
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.units import format_unit

from partner_website.problems import BuildError

TEXTS = Path(__file__).parent / "texts"


class Language:
    """A language that was asked for, and the one that the labels answer in."""

    def __init__(self, tag: str) -> None:
        self.asked = tag
        parsed = _parsed(tag)
        file = TEXTS / f"{parsed.language}.toml"
        # English where nobody has written labels yet, and then the whole page is marked as such.
        if not file.exists():
            parsed, file = Locale("en"), TEXTS / "en.toml"
        self.labels: dict[str, str] = tomllib.loads(file.read_text("utf-8"))
        self.tag = str(parsed).replace("_", "-")

    @cached_property
    def _locale(self) -> Locale:
        # Plain English writes dates the American way.
        return _parsed("en-150" if self.tag == "en" else self.tag)

    def label(self, key: str, **values: object) -> str:
        """Return a label with values put in."""
        return self.labels[key].format(**values)

    def stage(self, stage: str) -> str:
        """Return the words for a stage; a new one is told as the API names it."""
        return self.labels.get(f"stage_{stage.lower()}", stage)

    def day(self, iso: str) -> str:
        """Return a date in words."""
        return format_date(date.fromisoformat(iso), "long", locale=self._locale)

    def days(self, number: int) -> str:
        """Return a number of days in words."""
        return format_unit(number, "duration-day", locale=self._locale)

    def country(self, code: str) -> str:
        """Return the name of a country."""
        return str(self._locale.territories.get(code, code))

    def language(self, tag: str) -> str:
        """Return the name of a language; a rare one is told by its tag."""
        try:
            return Locale.parse(tag, sep="-").get_display_name(self._locale) or tag
        except (UnknownLocaleError, ValueError):
            return tag


def _parsed(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise BuildError(f"{tag!r} is not a language: use a tag such as en, fr or de-AT") from error
