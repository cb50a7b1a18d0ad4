"""The layout of the house, and rules that no linter knows."""

import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import softlanding
from softlanding.access import ACTIONS, FIELDS, ROWS
from softlanding.storage.tables import table

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for folder in ("core", "schema", "plugins")
    for path in (ROOT / folder).rglob("*.py")
    if "node_modules" not in path.parts
]


def test_rooms_are_folders_and_not_packages() -> None:
    for room in ("core", "schema", "plugins", "tests", "examples"):
        assert not (ROOT / room / "__init__.py").exists()


def test_public_names_are_sorted_typed_and_documented() -> None:
    names = softlanding.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name))
    undocumented = [
        name
        for name in names
        if inspect.isclass(getattr(softlanding, name)) and not getattr(softlanding, name).__doc__
    ]
    assert undocumented == []


def test_imports_go_down_only() -> None:
    """The contracts are in pyproject.toml, and import-linter keeps them."""
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([str(command)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_tasks_are_started_by_spawn_alone() -> None:
    starts = re.compile(r"\b(create_task|ensure_future)\(")
    found = [
        path.relative_to(ROOT).as_posix() for path in SOURCES if starts.search(path.read_text())
    ]
    assert found == ["core/softlanding/tasks.py"]


def test_units_of_work_are_opened_by_services_alone() -> None:
    found = {
        path.relative_to(ROOT).parts[2]
        for path in SOURCES
        if ".transact(" in path.read_text() and "tests" not in path.parts
    }
    assert found == {"services"}


def test_the_access_table_names_tables_and_fields_that_there_are() -> None:
    worked_out = {
        "incubators": {
            "revisions",
            "changes_between",
            "memberships",
            "invitations",
            "api_keys",
            "webhooks",
        },
        "startups": {"revisions", "changes_between", "memberships", "invitations"},
        "stays": {"onboarding", "calendar", "calendar_addresses", "history"},
    }
    assert {name: set(fields) - set(table(name).columns) for name, fields in FIELDS.items()} == (
        worked_out
    )
    assert all(table(name).columns for name in ROWS)
    assert all(action.on is None or action.on in ROWS for action in ACTIONS.values())


def test_lock_files_pin_by_hash_and_name_no_address() -> None:
    for lock in [*ROOT.glob("requirements*.lock"), ROOT / "schema/graphiql/requirements.lock"]:
        text = lock.read_text()
        assert "://" not in text
        pins = re.findall(r"^[a-z0-9].*$", text, re.MULTILINE)
        assert pins
        assert all("==" in pin and pin.endswith("\\") for pin in pins), lock.name
    for folder in ("schema/graphiql", "tests/npm"):
        assert '"resolved"' not in (ROOT / folder / "package-lock.json").read_text()


def test_every_exception_to_a_rule_has_its_reason_beside_it() -> None:
    exception = re.compile(r"#\s*(noqa|type: ignore)")
    reasoned = re.compile(r"# noqa: [A-Z0-9, ]+ - \S|# type: ignore\[[a-z-]+(, [a-z-]+)*\] # \S")
    files = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if exception.search(line) and not reasoned.search(line) and "re.compile" not in line
    ]
    assert bare == []


def test_every_plugin_is_a_distribution_that_can_move_out() -> None:
    for folder in (ROOT / "plugins").iterdir():
        if not folder.is_dir():
            continue
        project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
        assert list(project["entry-points"]["softlanding.plugins"]) == [folder.name]
        assert "softlanding" in project["dependencies"]
        assert (folder / f"softlanding_{folder.name}" / "py.typed").exists()
        assert (folder / "README.md").exists()
