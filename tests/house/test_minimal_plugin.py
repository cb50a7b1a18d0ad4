"""The smallest plugin works with the built product, away from this repository."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "minimal_plugin"
LINES = 60


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheels of the product and of the plugin, and what they need.

    Third-party libraries are those of this test run, so that nothing is fetched; of this
    repository nothing but the wheels can be imported there.
    """
    folder = tmp_path_factory.mktemp("outside")
    wheels = folder / "wheels"
    for project in (ROOT, EXAMPLE):
        _run(
            sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation",
            "--no-index", "-w", str(wheels), str(project), cwd=folder,
        )  # fmt: skip
    environment = folder / "venv"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    built = [str(wheel) for wheel in wheels.iterdir()]
    _run(str(python), "-m", "pip", "install", "-q", "--no-deps", "--no-index", *built, cwd=folder)
    own = Path(_run(str(python), "-c", "import site; print(site.getsitepackages()[0])", cwd=folder))
    # A plain path: the editable installs there, which are .pth files, do not come along.
    (own / "libraries.pth").write_text(sysconfig.get_paths()["purelib"])
    return python


def _run(*command: str, cwd: Path) -> str:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONPATH" and not name.startswith("SOFTLANDING_")
    }
    environment |= {"SOFTLANDING_PLUGINS": "minimal", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    result = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout.strip()


def test_it_is_small() -> None:
    files = [file for file in EXAMPLE.iterdir() if file.suffix in {".py", ".toml"}]
    assert sum(len(file.read_text().splitlines()) for file in files) <= LINES


def test_the_built_product_loads_it(python: Path, tmp_path: Path) -> None:
    command = str(python.with_name("softlanding"))
    assert _run(command, "plugin", "list", cwd=tmp_path) == (
        "minimal  ACTIVE  softlanding-minimal 1.0"
    )
    schema = _run(command, "schema", cwd=tmp_path)
    assert "input MinimalLanguagesInput {" in schema
    assert "  minimal: MinimalStay\n" in schema
    where = _run(str(python), "-c", "import softlanding; print(softlanding.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(python.parents[1])


def test_its_own_tests_pass_there(python: Path, tmp_path: Path) -> None:
    test = tmp_path / "test_minimal.py"
    test.write_text((EXAMPLE / test.name).read_text())
    told = _run(
        str(python), "-m", "pytest", "-q", "-o", "asyncio_mode=auto", test.name, cwd=tmp_path
    )
    assert "1 passed" in told
