"""Texts in several languages, as a reader gets them."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import strawberry

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.domain.texts import DEFAULT_LOCALE, choose
from softlanding.services.editing import require_locale

LocaleArgument: TypeAlias = Annotated[
    str,
    strawberry.argument(
        description="BCP 47 language tag, such as fr or de-AT; English answers where it is missing."
    ),
]


@strawberry.type(description="A text in one language, and which language answered.")
class LocalizedText:
    """A chosen text."""

    value: str = strawberry.field(description="The text.")
    locale: str = strawberry.field(description="BCP 47 tag of the language that answered.")


def localized(text: Mapping[str, str], locale: str = DEFAULT_LOCALE) -> LocalizedText:
    """Choose a text; raises `Refused` for a tag that is no language."""
    try:
        require_locale(locale)
    except ValueError as error:
        raise Refused(
            Problem(
                code=Code.UNKNOWN_LOCALE,
                message=f"{error}.",
                path=("locale",),
                hint="Any known language is fine; English answers where a text is missing.",
            )
        ) from None
    value, answered = choose(text, locale)
    return LocalizedText(value=value, locale=answered)
