"""The page about plugins: the steps of all partners, and the contract; `make docs` writes it."""

import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import softlanding
from softlanding import Party, Step, hookspecs
from softlanding.host.discovery import find
from softlanding.host.registry import build

PAGE = Path(__file__).parents[2] / "plugins" / "README.md"
ROOT = PAGE.parents[1]
BEGIN, END = "<!-- contract: made by `make docs` -->", "<!-- end of the contract -->"
STEPS_BEGIN, STEPS_END = "<!-- steps: made by `make docs` -->", "<!-- end of the steps -->"


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


def steps() -> str:
    """Return the steps of every partner in this repository, by plugin and due day."""
    keys = sorted(folder.parent.name for folder in ROOT.glob("plugins/*/pyproject.toml"))
    lines = [STEPS_BEGIN, ""]
    for plugin in build(find(keys)).plugins:
        assert not plugin.reason, plugin.reason
        lines += [f"### `{plugin.key}`", "", *_table(plugin.steps), ""]
    return "\n".join([*lines, STEPS_END])


def _table(steps: Iterable[Step]) -> Iterator[str]:
    yield "| step | title | who fills | who signs | due | severity | after | figures |"
    yield "|---|---|---|---|---|---|---|---|"
    for step in sorted(steps, key=lambda step: (step.due, step.key)):
        cells = (
            f"`{step.key}`",
            step.title["en"],
            ", ".join(str(party) for party in Party if party in step.filled_by),
            ", ".join(map(str, step.signed_by)),
            f"A{step.due:+d}" if step.due else "A",
            str(step.severity),
            ", ".join(f"`{key}`" for key in step.after),
            f"`{step.rule_set}`" if step.rule_set else "",
        )
        yield f"| {' | '.join(cells)} |"


def page(current: str) -> str:
    """Return the page with its generated parts renewed."""
    before, rest = current.split(STEPS_BEGIN)
    between = rest.split(STEPS_END)[1].split(BEGIN)[0]
    return before + steps() + between + contract() + current.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
