"""The output folder: the new pages take the place of the old ones at once, or not at all."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from partner_website.problems import BuildError

MARK = '<meta name="generator" content="Soft Landing partner website">'


def replace(folder: Path, files: Mapping[str, str]) -> None:
    """Write files, by their path below the folder, in the place of what an earlier build wrote.

    A folder with anything else in it is left alone.
    """
    try:
        folder = folder.resolve()
        if not _ours(folder):
            raise BuildError(f"{folder} is not an earlier build: name a new or an empty folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside the output: a folder is moved in one step only within a file system.
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as work:
            new, old = Path(work) / "new", Path(work) / "old"
            for name, text in files.items():
                file = new / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode("utf-8", "replace"))
            _swap(folder, new, old)
    except OSError as error:
        raise BuildError(f"{folder} cannot be written: {error.strerror or error}") from error


def _ours(folder: Path) -> bool:
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    if not any(folder.iterdir()):
        return True
    index = folder / "index.html"
    return index.is_file() and MARK in index.read_text("utf-8", "replace")


def _swap(folder: Path, new: Path, old: Path) -> None:
    if folder.exists():
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
