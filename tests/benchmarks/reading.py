"""The reading operations by hand: one statement for who asks, one for the answer."""

import hashlib
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from tests.benchmarks import statements
from tests.benchmarks.applying import Refused
from tests.benchmarks.engines import Engine, Values

NOWHERE, _FIRST_DAY = str(UUID(int=0)), "1950-01-01"


class Reading:
    """The reading operations over one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def asker(self, authorization: bytes | None) -> Values:
        """Return who asks, as values for the statements."""
        token = (authorization or b"").removeprefix(b"Bearer ")
        values = {"hash": hashlib.sha256(token).hexdigest(), "now": datetime.now(UTC)}
        found = await self._engine.rows(statements.TOKEN, values) if token else []
        if token and not found:
            raise Refused("the token is not known")
        row = found[0] if found and found[0]["id"] else None
        return {
            "is_person": row is not None,
            "is_admin": bool(row and row["is_admin"]),
            "name": row["name"] if row else "",
            # None stands for no start-ups and no incubators, in both dialects.
            "founder_of": row["founder_of"] if row else None,
            "staff_of": row["staff_of"] if row else None,
        }

    async def incubators(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Answer a page of incubators."""
        name, key = place(given.get("after"), "", NOWHERE)
        rows = await self._engine.rows(
            statements.INCUBATORS, {**asker, "after_name": name, "after_id": key}
        )
        nodes = [_incubator(row) for row in rows]
        return orjson.dumps({"data": {"incubators": {"nodes": nodes}}})

    async def hosted(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Answer stays of a host with their steps; the database writes the JSON."""
        values = {**asker, "slug": given["slug"], "first": date.fromisoformat(given["from"])}
        found = await self._engine.json(statements.HOSTED, values)
        return b'{"data":{"incubator":%s}}' % ((found and found[0]) or b"null")

    async def stays(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Answer stays with their steps; the database writes the JSON of each."""
        values = {**asker, "first": date.fromisoformat(given["from"])}
        found = await self._engine.json(statements.STAYS, values)
        return b'{"data":{"stays":{"nodes":[%s]}}}' % b",".join(one or b"null" for one in found)

    async def agenda(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Answer a page of stays with cursors and the number of all."""
        day, key = place(given.get("after"), _FIRST_DAY, NOWHERE)
        days = {"first": given["from"], "last": given["to"], "after_arrival": day}
        values = {name: date.fromisoformat(text) for name, text in days.items()}
        found = await self._engine.rows(statements.AGENDA, {**asker, **values, "after_id": key})
        rows = [row for row in found if row["id"] is not None]
        edges = [_edge(row) for row in rows[:20]]
        info = {"hasNextPage": len(rows) > 20, "endCursor": edges[-1]["cursor"] if edges else None}
        total = min(found[0]["total"], 10_000)
        page = {"totalCount": total, "pageInfo": info, "edges": edges}
        return orjson.dumps({"data": {"stays": page}})

    async def stay(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Answer one stay; what only its parties read is null for others."""
        key = b64decode(given["id"]).decode().partition(":")[2]
        found = await self._engine.rows(statements.STAY, {**asker, "id": key})
        return orjson.dumps({"data": {"stay": _stay(found[0]) if found else None}})


def _incubator(row: Any) -> dict[str, Any]:
    public = row["public_funding"]
    return {
        "id": _global_id("Incubator", row["id"]),
        "slug": row["slug"],
        "name": row["name"],
        "country": row["country"],
        "city": row["city"],
        "website": row["website"],
        "publicFunding": None if public is None else bool(public),
        "stayCapacity": row["stay_capacity"],
    }


def _edge(row: Any) -> dict[str, Any]:
    node = {
        "id": _global_id("Stay", row["id"]),
        "arrival": row["arrival"],
        "departure": row["departure"],
        "state": row["state"],
        "startup": {"name": row["startup"]},
        "host": {"name": row["host"]},
    }
    return {"cursor": _cursor("stays", row["arrival"], row["id"]), "node": node}


def _stay(row: Any) -> dict[str, Any]:
    arrival, departure = _day(row["arrival"]), _day(row["departure"])
    mine, at = row["mine"], row["submitted_at"]
    return {
        "id": _global_id("Stay", row["id"]),
        "arrival": arrival,
        "departure": departure,
        "state": row["state"],
        "days": (departure - arrival).days + 1,
        "revision": row["revision"] if mine else None,
        "goals": orjson.Fragment(row["goals"]) if mine else None,
        "motivation": row["motivation"] if mine else None,
        "submittedAt": (at.replace(" ", "T") if isinstance(at, str) else at) if mine else None,
        "startup": {"id": _global_id("Startup", row["startup_id"]), "name": row["startup"]},
        "host": {"id": _global_id("Incubator", row["host_id"]), "name": row["host"]},
    }


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _global_id(kind: str, key: object) -> str:
    return urlsafe_b64encode(f"{kind}:{key}".encode()).decode()


def _cursor(*values: object) -> str:
    return urlsafe_b64encode(orjson.dumps([str(value) for value in values])).decode()


def place(cursor: str | None, *start: str) -> tuple[str, ...]:
    """Return the order values of a cursor, or those before the first row."""
    return tuple(orjson.loads(b64decode(cursor, b"-_"))[1:]) if cursor else start
