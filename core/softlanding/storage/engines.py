"""From a database address to how its database is connected to."""

from pathlib import Path
from typing import Any, Literal, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

Dialect: TypeAlias = Literal["sqlite", "postgresql"]

APPS: dict[str, dict[str, Any]] = {
    "core": {
        "models": [
            "softlanding.storage.models",
            "softlanding.storage.people",
            "softlanding.storage.record_models",
            "softlanding.storage.outbox_models",
            "softlanding.storage.webhook_models",
        ],
        "migrations": "softlanding.storage.migrations",
        "default_connection": "default",
    }
}
STATEMENT_SECONDS = 8.0
"""How long one statement may take."""
SQLITE_INSTRUCTIONS = 50_000
"""Instructions of SQLite's machine between two looks at the clock: about a millisecond."""

# Milliseconds; a lock, an idle transaction may take no longer.
_BUSY_TIMEOUT = 5_000
_LOCK_TIMEOUT = 4_000
_IDLE_TIMEOUT = 10_000


def dialect_of(url: str) -> Dialect:
    """Return the dialect of a database address."""
    return "sqlite" if url.startswith("sqlite://") else "postgresql"


def sqlite_file(url: str) -> Path:
    """Return the file of a SQLite address; the path after `sqlite://` may be relative.

    Some write an absolute path behind four slashes: a path that begins with two is a host's.
    """
    path = url.removeprefix("sqlite://").partition("?")[0]
    return Path(f"/{path.lstrip('/')}" if path.startswith("/") else path)


def busy_milliseconds(url: str) -> int:
    """Return how long to wait for another writer: an address may say `?busy_timeout=5000`."""
    query = dict(parse_qsl(urlsplit(url).query))
    return int(query.get("busy_timeout", _BUSY_TIMEOUT))


def migrating_config(url: str) -> dict[str, Any]:
    """Return the library's configuration for migrations, the one thing it connects for.

    On SQLite foreign keys are off: the library rebuilds a table by dropping it, and with foreign
    keys on that would delete the rows that point at it.
    """
    if dialect_of(url) == "sqlite":
        engine, credentials = "tortoise.backends.sqlite", _sqlite(url)
    else:
        engine, credentials = "tortoise.backends.asyncpg", _address(url)
        # A migration may take long; what it locks, it must not wait for while others wait for it.
        settings = {"lock_timeout": str(_LOCK_TIMEOUT)}
        credentials |= {"minsize": 1, "maxsize": 10, "timeout": 5, "server_settings": settings}
    connections = {"default": {"engine": engine, "credentials": credentials}}
    return {"connections": connections, "apps": APPS, "use_tz": True, "timezone": "UTC"}


def _sqlite(url: str) -> dict[str, Any]:
    return {
        "file_path": str(sqlite_file(url)),
        "busy_timeout": busy_milliseconds(url),
        "synchronous": "FULL",
        "secure_delete": "ON",
        "foreign_keys": "OFF",
    }


_LIMITS = {
    "statement_timeout": str(int(STATEMENT_SECONDS * 1000)),
    "lock_timeout": str(_LOCK_TIMEOUT),
    "idle_in_transaction_session_timeout": str(_IDLE_TIMEOUT),
}


def pool_arguments(url: str, *, read_only: bool) -> dict[str, Any]:
    """Return how a PostgreSQL database is reached.

    The statements are few and of known shape, so they are planned once for all values.
    """
    settings = {**_LIMITS, "plan_cache_mode": "force_generic_plan", "datestyle": "ISO"}
    if read_only:
        settings["default_transaction_read_only"] = "on"
    return {**_address(url), "timeout": 5, "server_settings": settings}


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
