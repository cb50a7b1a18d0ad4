"""Texts in several languages, and which one a reader gets."""

from collections.abc import Iterator, Mapping

DEFAULT_LOCALE = "en"

Text = Mapping[str, str]
"""A text by BCP 47 language tag; `en` is always there."""


def fallback_chain(locale: str) -> Iterator[str]:
    """Yield the tags tried for `locale`: `fr-CA`, `fr`, then `en`."""
    parts = locale.replace("_", "-").split("-")
    while parts:
        yield "-".join(parts)
        parts.pop()
    yield DEFAULT_LOCALE


def choose(text: Text, locale: str) -> tuple[str, str]:
    """Return the text for `locale` and the tag that answered."""
    by_lower = {tag.lower(): tag for tag in text}
    for wanted in fallback_chain(locale):
        if tag := by_lower.get(wanted.lower()):
            return text[tag], tag
    tag = next(iter(text))
    return text[tag], tag
