"""Erasing what the record tells of somebody: the triggers allow this change of it alone."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from softlanding.predicates import AllOf, IsNull, OneOf
from softlanding.storage.record import ERASED
from softlanding.storage.rows import Transaction
from softlanding.storage.scopes import Statement


async def erase_changes(transaction: Transaction, keys: Iterable[UUID], at: datetime) -> None:
    """Erase changes; of each its digest stays, so that the chain stays whole."""
    statement = Statement(transaction.dialect)
    nothing = ", ".join(f'"{column}" = NULL' for column in ERASED)
    erased_at = statement.bind(at)
    wanted = AllOf((OneOf("id", tuple(keys)), IsNull("erased_at", value=True)))
    where = statement.where(wanted, "r", "record_changes")
    sql = f'UPDATE "record_changes" AS r SET {nothing}, "erased_at" = {erased_at} WHERE {where}'  # noqa: S608 - names from the tables, values are parameters
    await transaction.fetch(sql, statement.parameters)
