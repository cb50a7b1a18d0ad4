"""The application by hand: the same checks, the same rows, one transaction, and the read."""

from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
from tests.benchmarks import plugin, statements
from tests.benchmarks.engines import Engine, Values
from uuid_utils.compat import uuid7

from softlanding.contract.working_days import working_day_up_to
from softlanding.domain.onboarding import StepProgress, sort_steps, standings
from softlanding.testing.house import TODAY


class Refused(Exception):  # noqa: N818 - an answer, as in the product
    """The application is refused."""


class Applying:
    """Applies with the steps of the bench's plugin, which are the same for every new stay."""

    def __init__(self, engine: Engine, steps: list[dict[str, Any]], standing: str) -> None:
        self._engine = engine
        self._steps = steps
        self._standing = standing

    @classmethod
    async def over(cls, engine: Engine) -> "Applying":
        """Read the definitions in force, and work the first state of each step out."""
        found = await engine.rows(statements.DEFINITIONS, {"plugin": plugin.KEY})
        definitions = {row["key"]: row["id"] for row in found}
        ordered = sort_steps(
            StepProgress(
                key=step.key,
                due=step.due,
                severity=step.severity,
                after=step.after,
                signed_by=step.signed_by,
                needs_answers=step.form is not None,
                needs_check=step.check is not None,
            )
            for step in plugin.steps()
        )
        found_states = standings(ordered)
        return cls(
            engine,
            [
                {
                    "definition_id": definitions[step.key],
                    "key": step.key,
                    "position": position,
                    "due": step.due,
                    "state": str(found_states[step.key].state),
                    "severity": str(step.severity),
                    "reason": found_states[step.key].reason,
                }
                for position, step in enumerate(ordered)
            ],
            (await engine.rows(statements.STANDING, {}))[0]["standing_under"],
        )

    async def __call__(self, asker: Values, given: Mapping[str, Any]) -> bytes:
        """Write a draft with its steps and their history; answer what is there then."""
        given = given["input"]
        arrival = date.fromisoformat(given["arrival"])
        departure = date.fromisoformat(given["departure"])
        sides = {**asker, "startup": _key(given["startup"]), "host": _key(given["host"])}
        found = await self._engine.rows(statements.SIDES, sides)
        if not found:
            raise Refused("not your start-up, or no such host")
        self._check(found[0], given, arrival, departure)
        stay, steps, history = self._rows(asker["name"], found[0], given, arrival, departure)
        days = {**sides, "arrival": arrival, "departure": departure}
        async with self._engine.transaction() as session:
            await session.rows(statements.LOCK, sides)
            if await session.rows(statements.OVERLAP, days):
                raise Refused("the start-up has another stay on these days")
            await session.insert("stays", [stay])
            await session.insert("onboarding_steps", steps)
            await session.insert("history", history)
        written = await self._engine.json(statements.APPLIED, {**asker, "id": stay["id"]})
        return b'{"data":{"applyForStay":%s}}' % (written[0] or b"null")

    def _check(self, sides: Any, given: Mapping[str, Any], arrival: date, departure: date) -> None:
        if sides["home_country"] == sides["host_country"]:
            raise Refused("a stay crosses a border")
        if not 7 <= (departure - arrival).days + 1 <= 93 or arrival < TODAY:
            raise Refused("the dates are not possible")
        texts = [
            given["motivation"],
            *given["goals"],
            *(one["name"] for one in given["travellers"]),
        ]
        if len(given["goals"]) > 3 or not all(text and len(text) <= 5000 for text in texts):
            raise Refused("the texts are empty or too long")

    def _rows(
        self, name: str, sides: Any, given: Mapping[str, Any], arrival: date, departure: date
    ) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
        now = datetime.combine(TODAY, datetime.now(UTC).timetz())
        new = {"revision": 1, "created_at": now, "updated_at": now}
        stay = {
            "id": str(uuid7()), **new,
            "startup_id": sides["startup_id"], "home_id": sides["home_id"],
            "host_id": sides["host_id"], "arrival": arrival, "departure": departure,
            "state": "DRAFT", "travellers": orjson.dumps(given["travellers"]).decode(),
            "goals": orjson.dumps(given["goals"]).decode(), "motivation": given["motivation"],
            "onboarding_revision": 1, "demo": False,
            "standing_under": self._standing,
        }  # fmt: skip
        steps = [
            {
                "id": str(uuid7()), **new, **{k: step[k] for k in step if k != "due"},
                "stay_id": stay["id"], "applies": True, "signatures": "[]",
                "due_on": working_day_up_to(
                    arrival + timedelta(days=step["due"]), sides["startup_country"]
                ),
            }
            for step in self._steps
        ]  # fmt: skip
        history = [
            {
                "id": str(uuid7()), "stay_id": stay["id"], "object_id": key, "revision": 1,
                "at": now, "actor": name, "action": action, "detail": "",
            }
            for key, action in [
                (stay["id"], "apply"), *((step["id"], "derived") for step in steps)
            ]
        ]  # fmt: skip
        return stay, steps, history


def _key(global_id: str) -> str:
    return b64decode(global_id).decode().partition(":")[2]
