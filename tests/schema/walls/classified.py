"""What the types and fields of the schema are to the table of access.

The proofs find types, fields, arguments and mutations in the schema. What they cannot find is
written here: of which table the rows behind a type are, and which rows a field leads to. Whoever
adds something to the schema is told by `unclassified` to say so here.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type
from strawberry.utils.str_converters import to_snake_case
from tests.schema.walls.granted import Granted

from softlanding.access import FIELDS, ROWS
from softlanding.contract.graphql import Audience
from softlanding.contract.graphql import GraphQLField as DeclaredField
from softlanding.host.declarations import type_prefix
from softlanding.host.registry import Registry
from softlanding.storage.tables import Row
from softlanding_schema.compose import ComposedSchema
from softlanding_schema.reads.plugin_fields import PLUGIN_FIELD

ROW_TYPES: Mapping[str, str] = {
    "AccessToken": "tokens",
    "ApiKey": "tokens",
    "CalendarAddress": "calendar_addresses",
    "Invitation": "invitations",
    "Membership": "memberships",
    "Session": "sessions",
    "Webhook": "webhooks",
    "WebhookAttempt": "webhook_attempts",
}
"""Types with an id that are made of rows and are no nodes, by table; nodes name their table."""

CHILDREN: Mapping[str, tuple[str, str]] = {
    "Incubator.startups": ("startups", "home_id"),
    "Incubator.hostedStays": ("stays", "host_id"),
    "Incubator.sentStays": ("stays", "home_id"),
    "Incubator.apiKeys": ("tokens", "incubator_id"),
    "Incubator.webhooks": ("webhooks", "incubator_id"),
    "Webhook.attempts": ("webhook_attempts", "webhook_id"),
    "Incubator.invitations": ("invitations", "incubator_id"),
    "Incubator.memberships": ("memberships", "incubator_id"),
    "Startup.invitations": ("invitations", "startup_id"),
    "Startup.memberships": ("memberships", "startup_id"),
    "Startup.stays": ("stays", "startup_id"),
    "Stay.calendarAddresses": ("calendar_addresses", "stay_id"),
    "Onboarding.steps": ("onboarding_steps", "stay_id"),
}
"""Fields that lead to several rows: of which table, and the column that names the parent."""
PARENTS: Mapping[str, str] = {
    "Startup.home": "home_id",
    "Stay.startup": "startup_id",
    "Stay.home": "home_id",
    "Stay.host": "host_id",
    "Membership.incubator": "incubator_id",
    "Membership.startup": "startup_id",
}
"""Fields that lead to one row, and the column that names it."""
SHOWN_WITH: Mapping[str, tuple[str, str]] = {"Membership.person": ("persons", "person_id")}
"""Fields that lead to a row without an id, which is null where the row is not to be seen."""
STEPS_OF_ONBOARDING = {"Onboarding.blockedBy", "Onboarding.tooLate", "CriticalStep.step"}
"""Fields that lead to some of the steps that `Onboarding.steps` leads to."""

PARTS = {
    *("CriticalStep", "Evidence", "Fact", "FieldChange", "HistoryEntry", "LocalizedText", "Money"),
    *("Onboarding", "Person", "Registration", "Report", "Revision", "Signature", "Traveller"),
    "Verdict",
}
"""Types that are a part of a row: who reads the row's field reads all of it."""
PUBLIC = {"Figure", "RuleSet"}
"""Types that everybody reads whole."""
ROOTS = {"Mutation", "Plugin", "Query", "Viewer"}
"""Types that are no part of a row; the walk has a test for each of their fields."""
FOLLOWED = {"Subscription", "StayChanged", "OnboardingChanged"}
"""What is told of changes: `test_following` asks who is told, the rest is read as by queries."""
PLUMBING = {"Edge", "Connection", "Payload"}
"""What the names of types around rows end in."""
ALSO_PLUMBING = {"ObjectChange", "PageInfo", "Problem"}


class Classified:
    """A composed schema, with what its types are made of."""

    def __init__(self, composed: ComposedSchema, registry: Registry) -> None:
        self.schema: GraphQLSchema = composed._schema  # noqa: SLF001 - the library offers no other way to look
        self._composed = composed
        self._prefixes = tuple(type_prefix(plugin.key) for plugin in registry.plugins)

    @cached_property
    def types(self) -> Mapping[str, GraphQLObjectType]:
        return {
            name: kind
            for name, kind in sorted(self.schema.type_map.items())
            if isinstance(kind, GraphQLObjectType)
            and not name.startswith("__")
            and name not in FOLLOWED
        }

    @cached_property
    def nodes(self) -> Mapping[str, str]:
        """The types that implement `Node`, by table."""
        found = {}
        for name, kind in self.types.items():
            if any(interface.name == "Node" for interface in kind.interfaces):
                origin = cast("Any", self._composed.get_type_by_name(name)).origin
                found[name] = str(origin.table)
        return found

    @cached_property
    def row_types(self) -> Mapping[str, str]:
        return {**self.nodes, **ROW_TYPES}

    def is_of_plugin(self, type_name: str) -> bool:
        return type_name.startswith(self._prefixes)

    def is_plumbing(self, type_name: str) -> bool:
        if self.is_of_plugin(type_name):
            return False
        return type_name in ALSO_PLUMBING or type_name.endswith(tuple(PLUMBING))

    def connected(self, field: GraphQLField) -> str | None:
        """Return the type of the nodes of a connection, or None for any other field."""
        kind = get_named_type(field.type)
        if isinstance(kind, GraphQLObjectType) and kind.name.endswith("Connection"):
            return str(get_named_type(kind.fields["nodes"].type).name)
        return None

    def leads_to(self, field: GraphQLField) -> str | None:
        """Return the type of the rows that a field leads to, if it leads to any."""
        name = self.connected(field) or get_named_type(field.type).name
        return name if name in self.row_types else None

    def declared(self, type_name: str, field: str) -> DeclaredField | None:
        """Return how a plugin declared a field, or None for one of the core."""
        extensions = self.types[type_name].fields[field].extensions or {}
        metadata = getattr(extensions.get("strawberry-definition"), "metadata", None) or {}
        found = metadata.get(PLUGIN_FIELD)
        return found[1] if found else None

    def reads(self, granted: Granted, type_name: str, field: str, row: Row) -> bool:
        """Tell whether an actor reads a field of a row that they see."""
        declared = self.declared(type_name, field)
        if declared is not None:
            return in_audience(granted, declared, row)
        return granted.reads(self.row_types[type_name], to_snake_case(field), row)

    def unclassified(self) -> Iterator[str]:
        """Tell what nobody has classified yet."""
        for name, kind in self.types.items():
            known = PARTS | PUBLIC | ROOTS | self.row_types.keys()
            if name not in known and not self.is_plumbing(name) and not self.is_of_plugin(name):
                yield (
                    f"The type {name} is new: if it is made of rows, name their table in ROW_TYPES;"
                    " if it is a part of a row, add it to PARTS."
                )
            if name in self.row_types and self.row_types[name] not in ROWS:
                yield f"{name} shows rows of {self.row_types[name]}, of which ROWS says nothing."
            for field_name, field in kind.fields.items():
                yield from self._unclassified(f"{name}.{field_name}", name, field)
        for table, fields in FIELDS.items():
            shown = [name for name, own in self.row_types.items() if own == table]
            names = {to_snake_case(one) for name in shown for one in self.types[name].fields}
            for missing in fields.keys() - names:
                yield f"FIELDS restricts {table}.{missing}, which no type has."

    def _unclassified(self, place: str, type_name: str, field: GraphQLField) -> Iterator[str]:
        if type_name in {*ROOTS, *PUBLIC} or self.is_plumbing(type_name):
            return
        if self.is_of_plugin(type_name):
            if self.leads_to(field):
                yield f"{place} leads from a plugin to rows; nobody has said to which."
            return
        known = CHILDREN.keys() | PARENTS.keys() | STEPS_OF_ONBOARDING
        if self.leads_to(field) and place not in known:
            yield f"{place} leads to rows: say to which in CHILDREN or PARENTS."


def in_audience(granted: Granted, declared: DeclaredField, row: Row) -> bool:
    """Tell whether an actor belongs to the audience of a plugin's field on a row."""
    actor = granted.actor
    if declared.audience is Audience.PUBLIC or granted.everything:
        return True
    founders = actor.founder_of if declared.audience is Audience.PARTIES else frozenset()
    match declared.target:
        case "Incubator":
            return row["id"] in actor.staff_of
        case "Stay":
            staff = {row["home_id"], row["host_id"]} & actor.staff_of
            return bool(staff) or row["startup_id"] in founders
        case "Startup":
            applied = any(
                stay["startup_id"] == row["id"]
                and stay["host_id"] in actor.staff_of
                and stay["submitted_at"] is not None
                for stay in granted.world.all("stays")
            )
            return row["home_id"] in actor.staff_of or applied or row["id"] in founders
