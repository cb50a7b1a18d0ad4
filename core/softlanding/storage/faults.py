"""Faults of the two drivers, told to whoever asked in one way."""

import sqlite3

import asyncpg
import structlog

from softlanding.domain.problems import Code, Problem, Refused

log = structlog.get_logger("softlanding.storage")


class IntegrityError(Exception):
    """A key is taken, or a row points at nothing."""


class _Told:
    """Turns a database that cannot answer into a refusal that says why."""

    def __enter__(self) -> None:
        """Do nothing: this is entered for every statement."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Look at what was raised."""
        if isinstance(error, sqlite3.IntegrityError | asyncpg.IntegrityConstraintViolationError):
            raise IntegrityError(str(error)) from error
        if isinstance(error, _FAULTS) and (reason := _reason(error)) is not None:
            log.warning("the database did not answer", reason=reason, error=str(error))
            raise Refused(
                Problem(
                    code=Code.UNAVAILABLE,
                    message=reason,
                    hint="Try again in a moment; read an object before you repeat a change of it.",
                )
            ) from error


_FAULTS = (
    sqlite3.OperationalError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
_UNREACHABLE = (
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.TooManyConnectionsError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
_SQLITE_REASONS = (
    ("locked", "The database is busy with another writer."),
    ("interrupted", "The database is busy: a statement took too long."),
    ("readonly", "The database is read-only: check the rights of its file and folder."),
    ("unable to open", "The database file cannot be opened."),
    ("disk", "The disk of the database is full or cannot be written."),
)


def _reason(error: BaseException) -> str | None:
    if isinstance(error, sqlite3.OperationalError):
        return next((told for word, told in _SQLITE_REASONS if word in str(error)), None)
    if isinstance(error, asyncpg.ReadOnlySQLTransactionError):
        return "The database is read-only."
    if isinstance(error, asyncpg.QueryCanceledError | asyncpg.LockNotAvailableError):
        return "The database is busy: a statement took too long."
    if isinstance(error, asyncpg.DeadlockDetectedError):
        return "The database is busy with another writer."
    # The driver says in the same way that a connection was closed, and that it is misused.
    closed = isinstance(error, asyncpg.InterfaceError) and "clos" in str(error)
    if closed or isinstance(error, _UNREACHABLE):
        return "The database cannot be reached."
    return None


told = _Told()
"""Around every statement: `with told:`."""
