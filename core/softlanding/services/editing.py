"""What creating and changing an incubator, a start-up or a stay have in common."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field, StringConstraints
from stdnum.eu import nace

from softlanding.contract.forms import Form, Prose
from softlanding.domain.characters import require_visible
from softlanding.domain.problems import Code, Problem, Refused, refuse_if
from softlanding.services.core import Core
from softlanding.storage.faults import IntegrityError
from softlanding.storage.models import new_id
from softlanding.storage.tables import Row

_NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


def require_locale(tag: str) -> str:
    """Return a BCP 47 tag as it came; raises `ValueError` for one that is not known."""
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        raise ValueError(f"{tag!r} is not a known language tag, such as en, fr or de-AT") from None
    return tag


def _country(code: str) -> str:
    if code in _NOT_COUNTRIES or code not in Locale("en").territories:
        raise ValueError(f"{code!r} is not a country of ISO 3166-1; the United Kingdom is GB")
    return code


def _nace(code: str) -> str:
    if not nace.is_valid(code):
        raise ValueError(f"{code!r} is not a class of NACE Rev. 2.1, such as 62.10")
    return code


LocaleTag = Annotated[str, StringConstraints(max_length=35), AfterValidator(require_locale)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), AfterValidator(_country)]
Nace = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}\.[0-9]{2}$"), AfterValidator(_nace)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
_WEBSITE = r"^https://[^\s\x00-\x1f/$.?#][^\s\x00-\x1f]*\.[^\s\x00-\x1f]+$"
Website = Annotated[
    str, StringConstraints(pattern=_WEBSITE, max_length=500), AfterValidator(require_visible)
]


class TextInput(Form):
    """A text in one language."""

    locale: LocaleTag = Field(description="BCP 47 language tag, such as en or fr.")
    value: Prose = Field(description="The text.")


def as_text(texts: Iterable[TextInput]) -> dict[str, str]:
    """Return texts by language tag."""
    return {text.locale: text.value for text in texts}


def text_problems(texts: Iterable[TextInput] | None, field: str) -> Iterable[Problem]:
    """Refuse two texts in the same language, and a list without English."""
    if texts is None:
        return
    # Readers are answered in their language however they write its tag.
    tags = [text.locale.lower() for text in texts]
    for tag in sorted({tag for tag in tags if tags.count(tag) > 1}):
        yield Problem(
            code=Code.INVALID,
            message=f"There are two texts in {tag}.",
            path=(field,),
            hint="Give each language once.",
        )
    if tags and "en" not in tags:
        yield Problem(
            code=Code.INVALID,
            message="The English text is missing.",
            path=(field,),
            hint="Add a text with the locale en; readers of other languages fall back on it.",
        )


def left_out() -> None:
    """Return the default of a field of changes.

    A default made by a function is not printed into the GraphQL schema, so that a field that is
    left out can be told from one that is set to null.
    """


def given(changes: Form, *, nullable: Iterable[str]) -> dict[str, Any]:
    """Return the fields that a change names; refuses null where a value must stand."""
    values = {name: getattr(changes, name) for name in changes.model_fields_set}
    allowed = set(nullable)
    refuse_if(
        Problem(
            code=Code.INVALID,
            message=f"{name} cannot be empty.",
            path=(name,),
            hint="Leave the field out to keep its value.",
        )
        for name, value in values.items()
        if value is None and name not in allowed
    )
    return values


def new_row(core: Core, values: Mapping[str, Any]) -> Row:
    """Return the row of a new editable object."""
    now = core.clock.now()
    return {"id": new_id(), "revision": 1, "created_at": now, "updated_at": now, **values}


def next_revision(core: Core, row: Row, values: Mapping[str, Any]) -> Row:
    """Return the columns to write for a change of an editable row."""
    return {**values, "revision": row["revision"] + 1, "updated_at": core.clock.now()}


async def insert_with_slug(core: Core, table: str, row: Row) -> UUID:
    """Insert a new object, or refuse a slug that another one has."""
    try:
        await core.database.transact(lambda transaction: transaction.insert(table, row))
    except IntegrityError:
        raise Refused(
            Problem(
                code=Code.SLUG_TAKEN,
                message=f"The slug {row['slug']} is taken.",
                path=("slug",),
                hint="Choose another one.",
            )
        ) from None
    return UUID(str(row["id"]))
