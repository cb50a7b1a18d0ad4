"""Who reads each field and sends each mutation, written into the schema from the access table."""

from collections.abc import Iterable

from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema
from strawberry.utils.str_converters import to_snake_case

from softlanding.access import ACTIONS, FIELDS, ROWS, Action
from softlanding.roles import Role
from softlanding.services.api_keys import KEY_FIELDS, KEY_TYPES
from softlanding_schema.reads.plugin_fields import PLUGIN_FIELD

_PAYLOAD = "Read by the sender."
_VALUE = "Read with its object."
_STAFF = "Read by staff of incubators, administrators and auditors."


def tell_audiences(schema: GraphQLSchema) -> None:
    """End each description with a sentence that says for whom it is."""
    for kind in schema.type_map.values():
        if kind.name.startswith("__") or not isinstance(
            kind, GraphQLObjectType | GraphQLInterfaceType
        ):
            continue
        if kind.name in KEY_TYPES:
            kind.description = _ended(kind.description, _seen(KEY_TYPES[kind.name]))
        for name, field in kind.fields.items():
            declared = (field.extensions or {}).get("strawberry-definition")
            if PLUGIN_FIELD in (getattr(declared, "metadata", None) or {}):
                continue  # its own declaration says so
            field.description = _ended(field.description, _audience(schema, kind.name, name))


def _ended(description: str | None, sentence: str) -> str:
    return f"{description or ''} {sentence}".strip()


def _audience(schema: GraphQLSchema, type_name: str, field: str) -> str:
    if schema.mutation_type and type_name == schema.mutation_type.name:
        return _for(ACTIONS[to_snake_case(field)])
    if f"{type_name}.{field}" in KEY_FIELDS:
        return _STAFF
    if type_name in KEY_TYPES:
        return _readers(FIELDS.get(KEY_TYPES[type_name], {}).get(to_snake_case(field)))
    if type_name in {one.name for one in (schema.query_type, schema.subscription_type) if one}:
        return "Read by everybody, as far as they see it."
    return _PAYLOAD if type_name.endswith("Payload") else _VALUE


def _readers(roles: Iterable[Role] | None) -> str:
    if roles is None:
        return "Read by whoever sees it."
    return f"Read by {_listed([*roles, Role.ADMIN, Role.AUDITOR])}; null for others."


def _for(action: Action) -> str:
    keys = ", no keys" if action.people else ""
    return f"For {_listed([*action.by, Role.ADMIN])}{keys}."


def _seen(table: str) -> str:
    lines = [f"{grant.to.told}: {grant.told}" for grant in ROWS[table]]
    return f"Seen by {'; '.join(lines)}; administrators and auditors: all."


def _listed(roles: Iterable[Role]) -> str:
    *first, last = [role.told for role in roles]
    return f"{', '.join(first)} and {last}" if first else last
