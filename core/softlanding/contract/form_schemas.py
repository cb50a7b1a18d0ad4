"""Forms as JSON Schema, draft 2020-12, in each language of their catalogues.

https://json-schema.org/draft/2020-12/schema: titles and descriptions of fields are those of the
package that defines the form; what it does not translate stays English.
"""

import inspect
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from softlanding.contract.catalogues import LABEL, Catalogue
from softlanding.contract.forms import field_title
from softlanding.domain.texts import DEFAULT_LOCALE

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def form_schemas(form: type[BaseModel]) -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of a form by language: English, and those of its own package.

    Made once for each form; not to be changed.
    """
    models = {model.__name__: model for model in nested_models(form)}
    catalogues = {name: Catalogue(_package(model)) for name, model in models.items()}
    languages = sorted(catalogues[form.__name__].languages)
    return {
        language: _in_language(form, models, catalogues, language)
        for language in (DEFAULT_LOCALE, *languages)
    }


def nested_models(form: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Yield a form and the models it is made of, each once."""
    waiting, seen = [form], {form}
    while waiting:
        model = waiting.pop(0)
        yield model
        for field in model.model_fields.values():
            for kind in _classes(field.annotation):
                if issubclass(kind, BaseModel) and kind not in seen:
                    seen.add(kind)
                    waiting.append(kind)


def _in_language(
    form: type[BaseModel],
    models: dict[str, type[BaseModel]],
    catalogues: dict[str, Catalogue],
    language: str,
) -> dict[str, Any]:
    schema = {"$schema": DIALECT, **form.model_json_schema()}
    described = {form.__name__: schema, **schema.get("$defs", {})}
    for name in models.keys() & described.keys():
        tell = catalogues[name].translated
        for field_name, field in described[name].get("properties", {}).items():
            # A field that refers to another schema is given no title by the library.
            title = field.get("title") or field_title(field_name)
            field["title"] = tell(title, language, context=LABEL)
            if "description" in field:
                field["description"] = tell(field["description"], language)
    return schema


def _package(model: type[BaseModel]) -> str:
    return model.__module__.split(".")[0]


def _classes(annotation: Any) -> Iterator[type[Any]]:
    if inspect.isclass(annotation) and not typing.get_args(annotation):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _classes(argument)
