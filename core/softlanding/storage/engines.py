"""From a database address to the configuration of its connections: `default` and `reader`."""

from pathlib import Path
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

Dialect: TypeAlias = Literal["sqlite", "postgresql"]

APPS: dict[str, dict[str, Any]] = {
    "core": {
        "models": ["softlanding.storage.models"],
        "migrations": "softlanding.storage.migrations",
        "default_connection": "default",
    }
}
# Milliseconds; a statement, a lock, an idle transaction may take no longer.
_BUSY_TIMEOUT = 5_000
_STATEMENT_TIMEOUT = 8_000
_LOCK_TIMEOUT = 4_000
_IDLE_TIMEOUT = 10_000


def dialect_of(url: str) -> Dialect:
    """Return the dialect of a database address."""
    return "sqlite" if url.startswith("sqlite://") else "postgresql"


def sqlite_file(url: str) -> Path:
    """Return the file of a SQLite address; the path after `sqlite://` may be relative."""
    return Path(url.removeprefix("sqlite://").partition("?")[0])


def tortoise_config(url: str, *, migrating: bool = False) -> dict[str, Any]:
    """Return the library's configuration.

    While migrating SQLite, foreign keys are off: the library rebuilds a table by dropping it,
    and with foreign keys on that would delete the rows that point at it.
    """
    if dialect_of(url) == "sqlite":
        connections = _sqlite(url, migrating=migrating)
    else:
        connections = _postgresql(url)
    return {"connections": connections, "apps": APPS, "use_tz": True, "timezone": "UTC"}


def _sqlite(url: str, *, migrating: bool) -> dict[str, Any]:
    # An address may say how many milliseconds to wait for another writer: `?busy_timeout=5000`.
    query = dict(parse_qsl(urlsplit(url).query))
    busy = int(query.get("busy_timeout", _BUSY_TIMEOUT))
    common = {"file_path": str(sqlite_file(url)), "busy_timeout": busy, "cache_size": -16000}
    writer = {
        **common,
        "synchronous": "FULL",
        "foreign_keys": "OFF" if migrating else "ON",
    }
    engine = "softlanding.storage.sqlite_engine"
    connections = {"default": {"engine": engine, "credentials": writer}}
    if not migrating:
        reader = {**common, "query_only": "ON"}
        connections["reader"] = {"engine": engine, "credentials": reader}
    return connections


_LIMITS = {
    "statement_timeout": str(_STATEMENT_TIMEOUT),
    "lock_timeout": str(_LOCK_TIMEOUT),
    "idle_in_transaction_session_timeout": str(_IDLE_TIMEOUT),
}
_READ_ONLY = {**_LIMITS, "default_transaction_read_only": "on"}


def read_pool_arguments(url: str) -> dict[str, Any]:
    """Return how asyncpg reaches a PostgreSQL database for reading.

    The statements are few and of known shape, so they are planned once for all values.
    """
    address = _address(url)
    settings = {**_READ_ONLY, "plan_cache_mode": "force_generic_plan", "datestyle": "ISO"}
    return {**address, "timeout": 5, "server_settings": settings}


def _address(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "host": query.get("host") or parts.hostname or "localhost",
        "port": parts.port or 5432,
        "user": unquote(parts.username or "postgres"),
        "password": unquote(parts.password or ""),
        "database": parts.path.lstrip("/"),
    }


def _postgresql(url: str) -> dict[str, Any]:
    credentials = {**_address(url), "minsize": 1, "maxsize": 10, "timeout": 5}
    engine = "softlanding.storage.asyncpg_engine"
    return {
        "default": {
            "engine": engine,
            "credentials": {**credentials, "server_settings": _LIMITS},
        },
        "reader": {
            "engine": engine,
            "credentials": {**credentials, "server_settings": _READ_ONLY},
        },
    }
