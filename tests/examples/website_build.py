"""The build of a partner's pages as people start it, and what a page holds."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"
SITE = "https://start.example.org/pages"


def run(output: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run the command; `changed` are options, such as `partner`."""
    options = {
        "partner": "imt-starter", "language": "en", "site": SITE, "output": str(output),
    } | changed  # fmt: skip
    given = [word for name, value in options.items() for word in (f"--{name}", value)]
    return subprocess.run(
        [sys.executable, "-m", "partner_website", *given],
        cwd=EXAMPLES,
        env={**os.environ, "PYTHONWARNINGS": "error"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def build(output: Path, **changed: str) -> dict[str, str]:
    """Run the command, which must succeed, and return the files."""
    result = run(output, **changed)
    assert (result.returncode, result.stderr) == (0, "")
    found = files(output)
    assert result.stdout == f"{len(found)} files in {output}\n"
    return found


def files(folder: Path) -> dict[str, str]:
    """Return the text of every file below a folder, by path."""
    return {
        file.relative_to(folder).as_posix(): file.read_text("utf-8")
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def json_ld(page: str) -> dict[str, Any]:
    """Return the one description for search engines that a page holds."""
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(script)
    return found


class Page(HTMLParser):
    """What a parser of HTML sees: elements, and the visible text line by line."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.lines: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if "main" in self._open and (line := " ".join(data.split())):
            self.lines.append(line)

    def of(self, tag: str, attribute: str) -> list[str | None]:
        """Return an attribute of all elements of a kind, in order."""
        return [
            given[attribute] for name, given in self.elements if name == tag and attribute in given
        ]
