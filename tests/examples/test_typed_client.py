"""A website reads the API with types: the client is generated, compiled and run."""

import asyncio
import json
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.npm.install import FOLDER, install
from tests.serving import Serving

from tests.conftest import Templates

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "typed_client"
MISUSES = Path(__file__).with_name("misuses.ts")
SOURCES = ["client.ts", "main.ts"]
# Given again, so that the example's own settings cannot loosen them.
STRICT = ["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"]

PRINTED = """\
Incubators
- Crosspring Lab (NL): 3 start-ups
- F6S Network (GB): 2 start-ups
- GTEC (Berlin, DE): 2 start-ups
- IMT Starter (Évry, FR): 3 start-ups
- Startup Division (LT): 2 start-ups
Stays
- Havelwerk 3D of GTEC at IMT Starter: 2026-09-01 to 2026-09-30, 30 days, CLOSED
"""


class Ended(NamedTuple):
    """How a command ended, and what it wrote."""

    status: int
    output: str
    errors: str


class Website:
    """The example in a folder of its own, with the packages that it names."""

    def __init__(self, folder: Path) -> None:
        self._node = install()
        self.folder = folder / "examples" / "typed_client"
        # As in a clone: without what was installed, generated and compiled in the original.
        leave_out = shutil.ignore_patterns("node_modules", "generated", "build")
        shutil.copytree(EXAMPLE, self.folder, ignore=leave_out)
        (folder / "examples" / "queries").symlink_to(ROOT / "examples" / "queries")
        (folder / "schema").symlink_to(ROOT / "schema")
        (self.folder / "node_modules").symlink_to(FOLDER / "node_modules")

    def run(self, *command: str) -> Ended:
        """Run a script by Node in the folder."""
        done = subprocess.run(
            [self._node, *command],
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    async def show(self, serving: Serving, *options: str) -> Ended:
        """Run the programme against a server."""
        address = f"{serving.address}/graphql"
        return await asyncio.to_thread(self.run, "build/main.js", address, *options)

    def non_null_assertions(self, *files: Path) -> dict[str, list[int]]:
        """Return the lines with non-null assertions, by the name of the file."""
        script = str(FOLDER / "non_null_assertions.js")
        status, output, errors = self.run(script, *map(str, files))
        assert (status, errors) == (0, "")
        lines: dict[str, list[int]] = json.loads(output)
        return lines


@pytest.fixture(scope="module")
def website(tmp_path_factory: pytest.TempPathFactory) -> Website:
    """The example with what is generated for it."""
    website = Website(tmp_path_factory.mktemp("website"))
    assert website.run("generate.mjs") == (0, "", "")
    return website


@pytest.fixture(scope="module")
def compiled(website: Website) -> Website:
    """The example, compiled with what is generated and with uses that are wrong."""
    shutil.copy(MISUSES, website.folder)
    ended = website.run("node_modules/typescript/bin/tsc", *STRICT)
    # Line by line, so that a failure tells what the compiler said.
    assert (ended.output.splitlines(), ended.errors, ended.status) == ([], "", 0)
    return website


def test_types_documents_and_their_hashes_are_generated(website: Website) -> None:
    generated = website.folder / "generated"
    assert sorted(file.name for file in generated.iterdir()) == [
        "gql.ts",
        "graphql.ts",
        "index.ts",
        "persisted-documents.json",
    ]
    queries = list((ROOT / "examples" / "queries").glob("*.graphql"))
    assert len(json.loads((generated / "persisted-documents.json").read_text())) == len(queries)


def test_the_client_compiles_in_strict_mode_and_what_is_wrong_does_not(compiled: Website) -> None:
    built = compiled.folder / "build"
    assert sorted(file.name for file in built.glob("*.js")) == [
        "client.js",
        "main.js",
        "misuses.js",
    ]


def test_no_source_has_a_non_null_assertion(website: Website, tmp_path: Path) -> None:
    own = [website.folder / name for name in SOURCES]
    assert sorted(EXAMPLE.glob("*.ts")) == [EXAMPLE / name for name in SOURCES]
    files = [*own, *(website.folder / "generated").glob("*.ts")]
    assert website.non_null_assertions(*files) == {file.name: [] for file in files}
    # So that nothing found means that there is nothing.
    asserting = tmp_path / "asserting.ts"
    asserting.write_text("let a!: string[];\nconst b = !a;\na[0]!.trim();\nclass C { d!: 1 }\n")
    assert website.non_null_assertions(asserting) == {"asserting.ts": [1, 3, 4]}


async def test_the_programme_prints_the_incubators_and_the_public_stays(
    compiled: Website, templates: Templates, tmp_path: Path
) -> None:
    async with Serving(templates.fresh("sqlite", seeded=True), tmp_path) as serving:
        assert await compiled.show(serving) == (0, PRINTED, "")
        # A server that was not told of the documents knows none by its hash.
        refused = (1, "", "PERSISTED_QUERY_NOT_FOUND: PersistedQueryNotFound\n")
        assert await compiled.show(serving, "--persisted") == refused


async def test_registered_documents_are_asked_for_by_their_hashes(
    compiled: Website, templates: Templates, tmp_path: Path
) -> None:
    manifest = str(compiled.folder / "generated" / "persisted-documents.json")
    url = templates.fresh("sqlite", seeded=True)
    async with Serving(url, tmp_path, SOFTLANDING_DOCUMENTS=manifest) as serving:
        assert await compiled.show(serving, "--persisted") == (0, PRINTED, "")


def test_the_example_names_the_very_packages_that_are_tested() -> None:
    example = json.loads((EXAMPLE / "package.json").read_text())
    tested = json.loads((FOLDER / "package.json").read_text())["dependencies"]
    named = {**example["dependencies"], **example["devDependencies"]}
    assert {name: tested.get(name) for name in named} == named
