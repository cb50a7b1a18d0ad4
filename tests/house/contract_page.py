"""The page about the contract, made of the docstrings of the hooks: `make docs` writes it."""

import inspect
import re
from pathlib import Path

import softlanding
from softlanding import hookspecs

PAGE = Path(__file__).parents[2] / "plugins" / "README.md"
BEGIN, END = "<!-- contract: made by `make docs` -->", "<!-- end of the contract -->"


def hooks() -> dict[str, str]:
    """Return the docstring of each hook, in the order of the file."""
    found = {
        name: function
        for name, function in vars(hookspecs).items()
        if inspect.isfunction(function) and hasattr(function, "softlanding_spec")
    }
    ordered = sorted(found.items(), key=lambda item: inspect.getsourcelines(item[1])[1])
    return {name: inspect.cleandoc(function.__doc__ or "") for name, function in ordered}


def examples() -> dict[str, str]:
    """Return the example in each hook's docstring."""
    return {
        name: match[1]
        for name, text in hooks().items()
        if (match := re.search(r"```python\n(.*?)```", text, re.DOTALL))
    }


def contract() -> str:
    """Return the generated part of the page."""
    lines = [BEGIN, "", inspect.cleandoc(hookspecs.__doc__ or ""), ""]
    for name, text in hooks().items():
        lines += [f"### `{name}()`", "", text, ""]
    lines += ["### Public names", "", "All that a plugin may import from `softlanding`:", ""]
    for name in softlanding.__all__:
        lines.append(f"- `{name}`{_first_sentence(getattr(softlanding, name))}")
    return "\n".join([*lines, "", END])


def _first_sentence(public: object) -> str:
    if not (inspect.isclass(public) or inspect.isfunction(public)):
        return ""
    text = inspect.cleandoc(public.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return f": {text}" if text else ""


def page(current: str) -> str:
    """Return the page with its generated part renewed."""
    before, after = current.split(BEGIN)[0], current.split(END)[1]
    return before + contract() + after


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
