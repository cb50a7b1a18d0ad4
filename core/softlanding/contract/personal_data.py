"""Where a plugin keeps data of persons: in answers, in records, and elsewhere.

A person is found by their name. A path leads to it: `travellers[].name` is the name in each item
of a list, `persons[]` a list of names, `mentor` a name by itself.
"""

import inspect
import typing
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from softlanding.contract.context import PluginContext
from softlanding.contract.forms import Retention
from softlanding.domain.personal_data import Places


@dataclass(frozen=True, kw_only=True)
class DataSubject:
    """Whose data is exported or erased: a person, or a start-up with all that is its own.

    `id` is None for somebody who was invited and never came, `emails` is empty for a start-up.
    """

    kind: Literal["PERSON", "STARTUP"]
    id: UUID | None
    names: tuple[str, ...]
    emails: tuple[str, ...] = ()


Export: TypeAlias = Callable[[DataSubject, PluginContext], Awaitable[Mapping[str, Any]]]
"""`async (subject, ctx)` → all that is kept of them, as JSON."""

Erase: TypeAlias = Callable[[DataSubject, PluginContext], Awaitable[Mapping[str, int]]]
"""`async (subject, ctx)` → how many things were erased, by what they are; may be repeated."""


@dataclass(frozen=True, kw_only=True)
class PersonalFields:
    """Where personal data stands in the answers of a step, or in the records of a kind.

    - `of` is the full key of the step, or the kind of the records.
    - `names` are paths to names. What is kept for a limited time only beside the name in the
      same item of a list is that person's too, and is erased with it.
    - `unnamed` are paths to what is told of a founder or a traveller without a name; it is erased
      with each of them, because it may be theirs.
    - `others` are paths to what is told of people who are not known here; it goes with the
      start-up.
    """

    of: str
    names: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def places(self) -> Places:
        """Return the paths by which a person is erased."""
        return Places(names=self.names, unnamed=self.unnamed)


@dataclass(frozen=True, kw_only=True)
class PersonalData:
    """All that a plugin keeps of persons.

    Answers and records are exported and erased by the product. `export` and `erase` are for what
    the plugin keeps elsewhere, both or neither; each may take `timeout` seconds. Where `erase`
    raises, nothing else is erased, and it is asked again the next time.
    """

    answers: tuple[PersonalFields, ...] = ()
    records: tuple[PersonalFields, ...] = ()
    export: Export | None = None
    erase: Erase | None = None
    timeout: float = 10.0


def paths_of(form: type[BaseModel]) -> dict[str, FieldInfo | None]:
    """Return every path of a form, and the field that it leads to; None for items of lists."""
    return dict(_below_model(form, "", ()))


def retained_paths(form: type[BaseModel]) -> dict[str, int]:
    """Return the paths whose values are kept for a limited time only, and for how many days."""
    return {
        path: mark.days
        for path, field in paths_of(form).items()
        for mark in (field.metadata if field is not None else ())
        if isinstance(mark, Retention)
    }


def _below_model(
    model: type[BaseModel], prefix: str, above: tuple[type[BaseModel], ...]
) -> Iterator[tuple[str, FieldInfo | None]]:
    if model in above:
        return
    for name, field in model.model_fields.items():
        yield f"{prefix}{name}", field
        yield from _below(field.annotation, f"{prefix}{name}", (*above, model))


def _below(
    annotation: Any, path: str, above: tuple[type[BaseModel], ...]
) -> Iterator[tuple[str, FieldInfo | None]]:
    if typing.get_origin(annotation) in (list, tuple):
        path = f"{path}[]"
        yield path, None
    elif inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield from _below_model(annotation, f"{path}.", above)
    for argument in typing.get_args(annotation):
        yield from _below(argument, path, above)
