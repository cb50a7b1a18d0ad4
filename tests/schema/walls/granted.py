"""What the table of access grants, worked out over the rows of a world.

From the data of the table alone: the conditions of the lines of `ROWS`, the roles of `FIELDS` and
of `ACTIONS`. What a role is to a row stands here once more, by hand.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.schema.walls.world import Key, World

from softlanding.access import ACTIONS, FIELDS, ROWS
from softlanding.actors import Actor, ActorKind
from softlanding.roles import Role
from softlanding.storage.tables import Row


def is_to(actor: Actor, role: Role, table: str, row: Mapping[str, Any]) -> bool:
    """Tell whether the actor is this to a row."""
    startup = row["id"] if table == "startups" else row.get("startup_id")
    incubator = row["id"] if table == "incubators" else row.get("incubator_id")
    match role:
        case Role.PERSON:
            person = row["id"] if table == "persons" else row["person_id"]
            return actor.person_id is not None and person == actor.person_id
        case Role.FOUNDER:
            return startup in actor.founder_of
        case Role.HOME:
            return row["home_id"] in actor.staff_of
        case Role.HOST:
            return row["host_id"] in actor.staff_of
        case Role.REVIEWER:
            return row["host_id"] in actor.reviewer_of
        case Role.STAFF:
            return incubator in actor.staff_of
        case Role.MANAGER:
            return incubator in actor.manager_of
        case _:
            raise NotImplementedError(f"Say in {__file__} who is {role} to a row of {table}.")


class Granted:
    """What one actor may see and do in a world."""

    def __init__(self, world: World, actor: Actor) -> None:
        self.world = world
        self.actor = actor
        self.everything = actor.is_admin or actor.is_auditor
        self.keys = cache(self._keys)
        self.children = cache(self._children)

    def _keys(self, table: str) -> frozenset[Key]:
        """Return the keys of the rows that the actor sees."""
        lines = ROWS.get(table, ())
        conditions = [grant.rows(self.actor) for grant in lines]
        return frozenset(
            row["id"]
            for row in self.world.all(table)
            if (self.everything and lines)
            or any(self.world.holds(condition, row) for condition in conditions)
        )

    def sees(self, table: str, row: Mapping[str, Any]) -> bool:
        return row["id"] in self.keys(table)

    def rows(self, table: str) -> list[Row]:
        """Return the rows that the actor sees."""
        return [row for row in self.world.all(table) if self.sees(table, row)]

    def _children(self, table: str, column: str) -> Mapping[Key, frozenset[Key]]:
        """Return the keys of the rows that the actor sees, by the row that a column names."""
        found: dict[Key, set[Key]] = {}
        for row in self.rows(table):
            found.setdefault(row[column], set()).add(row["id"])
        return {parent: frozenset(keys) for parent, keys in found.items()}

    def reads(self, table: str, field: str, row: Mapping[str, Any]) -> bool:
        """Tell whether the actor reads a field of a row that they see; `field` in snake case."""
        roles = FIELDS.get(table, {}).get(field)
        if roles is None or self.everything:
            return True
        return any(is_to(self.actor, role, table, row) for role in roles)

    def reads_anywhere(self, table: str, field: str) -> bool:
        """Tell whether there can be a row of which the actor reads a field."""
        roles = FIELDS.get(table, {}).get(field)
        if roles is None or self.everything:
            return True
        memberships = {
            Role.FOUNDER: self.actor.founder_of,
            Role.HOME: self.actor.staff_of,
            Role.HOST: self.actor.staff_of,
            Role.STAFF: self.actor.staff_of,
            Role.REVIEWER: self.actor.reviewer_of,
            Role.MANAGER: self.actor.manager_of,
        }
        return any(memberships[role] for role in roles)

    def may(self, action: str, row: Mapping[str, Any] | None) -> bool:
        """Tell whether the actor may do something, to a row of the table the action is on."""
        asked = ACTIONS[action]
        if self.actor.kind is not ActorKind.PERSON:
            return False
        if self.actor.is_admin:
            return True
        if asked.on is None or row is None:
            return False
        return any(is_to(self.actor, role, asked.on, row) for role in asked.by)
