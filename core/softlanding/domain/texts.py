"""Texts in several languages, and which one a reader gets."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

DEFAULT_LOCALE = "en"

Text = Mapping[str, str]
"""A text by BCP 47 language tag; `en` is always there."""

Told = TypeVar("Told")


def fallback_chain(locale: str) -> Iterator[str]:
    """Yield the tags tried for `locale`: `fr-CA`, `fr`, then `en`."""
    parts = locale.replace("_", "-").split("-")
    while parts:
        yield "-".join(parts)
        parts.pop()
    yield DEFAULT_LOCALE


def choose(text: Mapping[str, Told], locale: str) -> tuple[Told, str]:
    """Return the text (or whatever is told by language) for `locale`, and the tag it has."""
    by_lower = {tag.lower(): tag for tag in text}
    for wanted in fallback_chain(locale):
        if tag := by_lower.get(wanted.lower()):
            return text[tag], tag
    tag = next(iter(text))
    return text[tag], tag
