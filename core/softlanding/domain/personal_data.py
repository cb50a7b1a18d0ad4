"""Finding a person in texts and JSON, and taking them out."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

ERASED = "[erased]"
"""What stands where a person was named."""


class Naming:
    """How somebody is named: by these names and e-mail addresses, in capitals or not.

    A name of one word may be a word as well, so it is found only where nothing else stands.
    """

    def __init__(self, names: Iterable[str], emails: Iterable[str] = ()) -> None:
        self.texts = tuple(dict.fromkeys([*names, *emails]))
        self._whole = {_plain(text) for text in self.texts}
        phrases = [text.split() for text in self.texts if " " in text.strip() or "@" in text]
        self._pattern = (
            re.compile(
                "|".join(rf"(?<!\w){_SPACES.join(map(re.escape, one))}(?!\w)" for one in phrases),
                re.IGNORECASE,
            )
            if phrases
            else None
        )

    def is_one(self, value: object) -> bool:
        """Tell whether a value is the name or the address."""
        return isinstance(value, str) and _plain(value) in self._whole

    def cleared(self, value: Any) -> Any:
        """Return a text, or JSON with texts in it, in which they are not named."""
        if isinstance(value, str):
            if self.is_one(value):
                return ERASED
            return self._pattern.sub(ERASED, value) if self._pattern else value
        if isinstance(value, dict):
            return {key: self.cleared(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.cleared(one) for one in value]
        return value

    def names(self, value: Any) -> bool:
        """Tell whether a text, or JSON with texts in it, names them."""
        return bool(self.cleared(value) != value)


_SPACES = r"\s+"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, kw_only=True)
class Places:
    """Paths in JSON: to names of persons, and to what is told of a person without a name."""

    names: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()


def without_person(
    value: Any,
    naming: Naming,
    places: Places,
    *,
    retained: Collection[str] = (),
    unnamed: bool = False,
) -> Any:
    """Return JSON without a person.

    `retained` are paths to what is kept for a limited time only: beside a name in an item of a
    list it is that person's, and a whole list that is so kept loses the item. With `unnamed` goes
    what is told without a name, too.
    """
    for path in places.names:
        value = _without_named(value, _steps(path), "", naming, retained)
    if unnamed:
        for path in places.unnamed:
            value = _without(value, _steps(path))
    return naming.cleared(value)


def _steps(path: str) -> list[str]:
    return re.findall(r"\[\]|[^.\[\]]+", path)


def _without_named(
    value: Any, steps: list[str], at: str, naming: Naming, retained: Collection[str]
) -> Any:
    first, *rest = steps
    if first != "[]":
        if not isinstance(value, dict) or first not in value:
            return value
        if not rest:
            return {k: v for k, v in value.items() if k != first or not naming.is_one(v)}
        place = f"{at}.{first}" if at else first
        return {**value, first: _without_named(value[first], rest, place, naming, retained)}
    if not isinstance(value, list):
        return value
    if not rest:
        return [one for one in value if not naming.is_one(one)]
    left = []
    for item in value:
        named = len(rest) == 1 and isinstance(item, dict) and naming.is_one(item.get(rest[0]))
        if not named:
            left.append(_without_named(item, rest, f"{at}[]", naming, retained))
        elif at not in retained:
            gone = {rest[0], *(key for key in item if f"{at}[].{key}" in retained)}
            left.append({key: one for key, one in item.items() if key not in gone})
    return left


def _without(value: Any, steps: list[str]) -> Any:
    first, *rest = steps
    if first == "[]":
        if not isinstance(value, list):
            return value
        return [_without(item, rest) for item in value] if rest else []
    if not isinstance(value, dict) or first not in value:
        return value
    if not rest:
        return {key: one for key, one in value.items() if key != first}
    return {**value, first: _without(value[first], rest)}


def lost(before: Any, after: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield what stands in `before` and no longer in `after`: paths, and the values there."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            place = f"{path}.{key}" if path else str(key)
            if key not in after:
                yield place, value
            else:
                yield from lost(value, after[key], place)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from lost(one, other, f"{path}[{number}]")
    elif isinstance(before, list) and isinstance(after, list):
        for number, one in enumerate(before):
            if one not in after:
                yield f"{path}[{number}]", one
    else:
        yield path, before
