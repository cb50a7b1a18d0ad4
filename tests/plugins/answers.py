"""Answers that nobody foresaw: made from a form's JSON Schema and its example, then spoilt."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeAlias

from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from tests.plugins import places
from tests.plugins.odd import Json
from tests.plugins.values import anything, texts, values

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]


def parsed(form: type[BaseModel], answers: Json) -> BaseModel | None:
    """Return answers as a form, None where it does not take them."""
    try:
        return form.model_validate(answers)
    except ValidationError:
        return None


def fitting(form: type[BaseModel]) -> st.SearchStrategy[Json]:
    """Return JSON that a form mostly takes: by its JSON Schema, with values at the edges."""
    schema = form.model_json_schema()
    return values(schema, schema.get("$defs", {}))


def near(form: type[BaseModel], example: Json) -> st.SearchStrategy[Json]:
    """Return a form's example with one to three of its values replaced by others that fit.

    So that what a check looks at first seldom hides what it looks at last.
    """
    schema = form.model_json_schema()
    named = schema.get("$defs", {})
    others = {path: values(part, named) for path, part in places.parts(schema, example)}

    @st.composite
    def changed(draw: Draw) -> Json:
        answers = example
        for path in draw(st.lists(st.sampled_from(list(others)), min_size=1, max_size=3)):
            answers = places.changed(answers, path, draw(others[path]))
        return answers

    return changed()


def edges(form: type[BaseModel], example: Json) -> Iterator[Json]:
    """Yield the example with all values of a kind at their least, then at their most.

    A value that the form does not take stays as it is.
    """
    schema = form.model_json_schema()
    named = schema.get("$defs", {})
    for kind in ("amount", "count", "day", "pattern", "text", "choice", "list"):
        for most in (False, True):
            answers = example
            for path, part in places.parts(schema, example):
                found, candidates = places.edges(
                    places.main_option(part, named), places.at(answers, path), most=most
                )
                for candidate in candidates if found == kind else ():
                    tried = places.changed(answers, path, candidate)
                    if parsed(form, tried) is not None:
                        answers = tried
                        break
            yield answers


def spoilt(form: type[BaseModel], example: Json) -> st.SearchStrategy[Json]:
    """Return answers near a form's example, or by its schema, with one to four odd changes."""

    @st.composite
    def changed(draw: Draw) -> Json:
        value = deepcopy(draw(st.one_of(st.just(example), near(form, example), fitting(form))))
        for _ in range(draw(st.integers(1, 4))):
            value = _change(draw, value)
        return value

    return changed()


def _change(draw: Draw, value: Json) -> Json:
    places = list(_places(value))
    if not places:
        return deepcopy(draw(anything))
    holder, key = draw(st.sampled_from(places))
    match draw(st.sampled_from(["replace", "replace", "replace", "drop", "add", "repeat"])):
        case "replace":
            holder[key] = deepcopy(draw(anything))
        case "drop":
            del holder[key]
        case "add" if isinstance(holder, dict):
            holder[draw(texts)] = deepcopy(draw(anything))
        case "repeat" if isinstance(holder, list):
            holder += [deepcopy(holder[key]) for _ in range(draw(st.sampled_from([1, 50, 200])))]
    return value


def _places(value: Json) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a JSON value: what holds it, and its key or number there."""
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in inside:
            yield value, key
            yield from _places(item)
