"""Templates that escape: what comes from the API is text, whatever it looks like."""

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"


class Markup(str):
    """HTML that was made here, and is put into a template as it is."""

    __slots__ = ()


def fill(template: str, **values: object) -> Markup:
    """Return a template with values put in: markup as it is, all else escaped."""
    text = (TEMPLATES / f"{template}.html").read_text("utf-8").rstrip("\n")
    return Markup(Template(text).substitute({name: _safe(given) for name, given in values.items()}))


def join(parts: list[Markup]) -> Markup:
    """Return parts one below the other."""
    return Markup("\n".join(parts))


def json_script(value: Any) -> Markup:
    """Return JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    for sign in "<>&":
        # These stand only inside strings, where JSON allows them as numbers.
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _safe(value: object) -> str:
    return value if isinstance(value, Markup) else escape(str(value))
