"""The languages that are tried for a text, as values of a statement."""

from collections.abc import Sequence
from typing import Any

from softlanding.domain.texts import DEFAULT_LOCALE, fallback_chain
from softlanding.services.editing import require_locale
from softlanding_schema.reads.slots import Slot

# zh-Hant-HK has three parts; more are answered by graphql-core.
_LONGEST = 3


class NotLocale(Exception):  # noqa: N818 - not an error: graphql-core refuses it
    """A language tag that is not known, or too long for a statement."""


def language_slots(asked: Any) -> Sequence[Any]:
    """Return the tags tried before English, in lower case; raises `NotLocale`.

    A tag that a request gives is a slot for each of its parts: `fr-CA`, `fr`, `fr`.
    """
    if not isinstance(asked, Slot):
        return [tag for tag in _tags(asked) if tag]
    chain = asked.then(_tags)
    return [chain.then(lambda tags, place=place: tags[place]) for place in range(_LONGEST)]  # type: ignore[misc] # mypy does not know a lambda with a default


def _tags(locale: str) -> list[str]:
    try:
        require_locale(locale)
    except ValueError:
        raise NotLocale from None
    tags = [tag.lower() for tag in fallback_chain(locale)][:-1]
    if len(tags) > _LONGEST:
        raise NotLocale
    if tags == [DEFAULT_LOCALE]:
        return [""] * _LONGEST
    return [*tags, *[""] * (_LONGEST - len(tags))]
