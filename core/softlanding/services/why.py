"""Why somebody may see or do something, or may not: which line of the access table decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from softlanding.access import ACTIONS, FIELDS, ROWS, allows, may_read, role_of
from softlanding.actors import ANONYMOUS, Actor, ActorKind
from softlanding.contract.graphql import Audience
from softlanding.domain.emails import known_as
from softlanding.predicates import AllOf, Equals
from softlanding.roles import Role
from softlanding.services.api_keys import KEY_TYPES, is_over, snake_case
from softlanding.services.authentication import actor_of, actor_of_key
from softlanding.services.core import Core
from softlanding.services.revisions import camel_case
from softlanding.storage.tables import Row

READ = "read"
_NOT_NAMED = "the key's scope does not name it"
_TYPE_NAMES = {table: name for name, table in KEY_TYPES.items()}


class CannotExplain(Exception):  # noqa: N818 - a sentence for whoever asks why
    """There is no such actor, action or object."""


@dataclass(frozen=True)
class Decision:
    """A decision, and the lines of the table that made it, or that did not apply."""

    allowed: bool
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(["yes" if self.allowed else "no", *(f"  {line}" for line in self.lines)])


async def known_actor(core: Core, name: str) -> Actor:
    """Return an actor: `anonymous`, an e-mail address, or the shown beginning of a key."""
    rows = core.database.rows
    if name == "anonymous":
        return ANONYMOUS
    if "@" in name:
        person = await rows.select("persons", Equals("email", known_as(name)))
        if not person:
            raise CannotExplain(f"There is no person {name}.")
        return await actor_of(core, person[0]["id"])
    keys = await rows.select("tokens", Equals("prefix", name))
    if len(keys) != 1:
        raise CannotExplain(
            f"{name} is neither anonymous, nor an e-mail address, nor how one key begins."
        )
    (key,) = keys
    if key["revoked_at"] is not None or is_over(key, core.clock.now()):
        raise CannotExplain(f"{name} was revoked or is over: whoever sends it is refused.")
    return actor_of_key(key) if key["person_id"] is None else await actor_of(core, key["person_id"])


async def why(core: Core, actor: Actor, action: str, table: str, key: UUID) -> Decision:
    """Return whether an actor may do something to a row, and why.

    `action` is `read`, `read.` and a field, or the name of a mutation. Raises `CannotExplain`.
    """
    row = await core.database.rows.one(table, key)
    if row is None:
        raise CannotExplain(f"There is no such row in {table}.")
    verb, _, field = action.partition(".")
    if verb == READ:
        seen = await _seen(core, actor, table, row)
        if not seen.allowed or not field:
            return seen
        return _field(core, actor, table, snake_case(field), row)
    return await _action(core, actor, snake_case(action), table, row)


async def _seen(core: Core, actor: Actor, table: str, row: Row) -> Decision:
    type_name = _TYPE_NAMES.get(table)
    if actor.scope is not None and type_name and not actor.scope.reads_type(type_name):
        return Decision(False, (f"{type_name}: {_NOT_NAMED}",))
    if actor.reads_everything:
        return Decision(True, (f"{table}: {_office(actor)} see all",))
    lines = ROWS.get(table, ())
    found = []
    for line in lines:
        wanted = AllOf((Equals("id", row["id"]), line.rows(actor)))
        if await core.database.rows.select(table, wanted, limit=1):
            found.append(f"{table}: {line.to.told} see {line.told}")
    if found:
        return Decision(True, tuple(found))
    return Decision(
        False,
        tuple(f"{table}: {line.to.told} see {line.told}; this is none of it" for line in lines)
        or (f"{table}: nobody sees any but administrators and auditors",),
    )


def _field(core: Core, actor: Actor, table: str, field: str, row: Row) -> Decision:
    roles = FIELDS.get(table, {}).get(field)
    name = f"{table}.{field}"
    type_name = _TYPE_NAMES.get(table, "")
    declared = next(
        (
            one
            for plugin in core.registry.plugins
            for one in plugin.graphql.fields
            if plugin.key == field and one.target == type_name
        ),
        None,
    )
    restricted = roles is not None or (declared and declared.audience is not Audience.PUBLIC)
    if actor.scope is not None and not actor.scope.reads_field(
        type_name, camel_case(field), restricted=bool(restricted)
    ):
        return Decision(False, (f"{type_name}.{camel_case(field)}: {_NOT_NAMED}",))
    if declared is not None and restricted:
        raise CannotExplain(
            f"{name} is a field of the plugin {field}, which declares for whom it is:"
            f" {declared.audience.description}"
        )
    if roles is None:
        return Decision(True, (f"{name}: whoever sees the row",))
    if actor.reads_everything:
        return Decision(True, (f"{name}: {_office(actor)} read all",))
    return Decision(
        may_read(table, field, actor, row), tuple(_roles(actor, name, table, roles, row))
    )


async def _action(core: Core, actor: Actor, action: str, table: str, row: Row) -> Decision:
    asked = ACTIONS.get(action)
    if asked is None:
        raise CannotExplain(
            f"There is no action {action}; there are {READ}, {READ}.<field>, {', '.join(ACTIONS)}."
        )
    if asked.on is not None and asked.on != table:
        raise CannotExplain(f"{action} is done to a row of {asked.on}, this is one of {table}.")
    seen = await _seen(core, actor, table, row)
    if not seen.allowed:
        return Decision(
            False, (*seen.lines, f"{action}: who does not see a row does nothing to it")
        )
    if asked.people and actor.kind is not ActorKind.PERSON:
        return Decision(False, (f"{action}: people only, no keys",))
    if actor.scope is not None and action not in actor.scope.mutations:
        return Decision(False, (f"{action}: {_NOT_NAMED}",))
    if actor.is_admin:
        return Decision(True, (f"{action}: {Role.ADMIN.told} do all",))
    allowed = allows(actor, action, row)
    lines = tuple(_roles(actor, action, table, asked.by, row))
    return Decision(allowed, lines or (f"{action}: {Role.ADMIN.told} only",))


def _roles(actor: Actor, name: str, table: str, roles: tuple[Role, ...], row: Row) -> Iterator[str]:
    held = [role for role in roles if role_of(actor, role, table, row)]
    for role in held or roles:
        yield f"{name}: for {role.told}" + ("" if held else "; the actor is none of them")


def _office(actor: Actor) -> str:
    return Role.ADMIN.told if actor.is_admin else Role.AUDITOR.told
