"""From a selection to SQL: one expression that prints the JSON of all that was selected.

Names come from the catalogue only, values are parameters, limits are checked whole numbers. Each
list is a subquery of its own with its scope, order and limit; what cannot be written as SQL is a
hole, whose row is printed in its place (see `holes`).
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType, get_named_type, is_non_null_type

from softlanding.access import readers, rows
from softlanding.actors import Actor
from softlanding.domain.texts import DEFAULT_LOCALE
from softlanding.predicates import EVERYTHING, AllOf, Equals, Predicate, columns_of
from softlanding.storage.engines import Dialect
from softlanding.storage.scopes import Statement
from softlanding_schema.reads.asking import TODAY
from softlanding_schema.reads.catalogue import Catalogue, Entity, FieldReading, printed
from softlanding_schema.reads.connection_sql import ConnectionText
from softlanding_schema.reads.holes import SEPARATOR, Hole, printed_hole
from softlanding_schema.reads.json_text import (
    PRINTERS,
    Expression,
    Part,
    Text,
    concatenation,
    literal,
    quoted,
    separated,
)
from softlanding_schema.reads.languages import language_slots
from softlanding_schema.reads.onboarding_sql import OnboardingText
from softlanding_schema.reads.paging import list_part
from softlanding_schema.reads.readings import (
    Column,
    Localized,
    Steps,
    ToMany,
    ToOne,
    Written,
)
from softlanding_schema.reads.selections import Selections
from softlanding_schema.reads.slots import Slot
from softlanding_schema.reads.tags import printed_tag

WriteField: TypeAlias = Callable[[str, list[FieldNode], GraphQLNamedType], Text]


class Writer:
    """Writes one statement."""

    def __init__(
        self,
        catalogue: Catalogue,
        dialect: Dialect,
        actor: Actor,
        selections: Selections,
        *,
        tagging: bool,
    ) -> None:
        """Begin; `actor` is symbolic, and so are the variables of `selections`.

        Where it is `tagging`, each object tells which row it is (see `tags`).
        """
        self.statement = Statement(dialect)
        self.printer = PRINTERS[dialect]
        self.actor = actor
        self.selections = selections
        self.holes: list[Hole] = []
        self.checks: list[Slot] = []
        """Values that are refused where they are wrong, even if no statement reads them."""
        self.used: defaultdict[str, set[str]] = defaultdict(set)
        """The columns that are read of each alias."""
        self._joined: defaultdict[str, set[str]] = defaultdict(set)
        self._catalogue = catalogue
        self._tagging = tagging
        self.listed: set[str] = set()
        """The types of which lists are read."""
        self.asked: set[str] = set()
        """The types of which one object is asked for."""

    def row(self, type_name: str, nodes: Sequence[FieldNode], column: str, value: Any) -> str:
        """Return a statement that prints the one row whose column has a value."""
        self.asked.add(type_name)
        entity, alias = self._catalogue.entities[type_name], self.statement.alias()
        text = concatenation(self.object(entity, alias, nodes))
        wanted = AllOf((Equals(column, value), rows(entity.table, self.actor)))
        condition = self.statement.where(wanted, alias, entity.table)
        return f'SELECT {text} AS j FROM "{entity.table}" {alias} WHERE {condition}'  # noqa: S608 - see the module

    def root_list(self, reading: ToMany, found: FieldReading, nodes: Sequence[FieldNode]) -> str:
        """Return a statement that prints a connection of the root."""
        return f"SELECT {self._connection(reading, found, nodes, None)} AS j"

    def whole(self, answers: Sequence[str]) -> str:
        """Return one statement that prints what each of some statements prints."""
        sql = answers[0]
        if len(answers) > 1:
            texts = [[Expression(f"coalesce(({answer}), 'null')")] for answer in answers]
            sql = f"SELECT {concatenation(separated(texts, SEPARATOR))} AS j"
        if self.statement.dialect == "postgresql":
            return f"SELECT convert_to(j, 'UTF8') FROM ({sql}) whole"  # noqa: S608 - see the module
        return sql

    def column(self, alias: str, entity: Entity, name: str) -> str:
        """Return a column of a row, which is read then."""
        joined, _, own = name.rpartition(".")
        if joined:
            self._joined[alias].add(joined)
            return self.statement.column(f"{alias}_{joined}", entity.joins[joined], own)
        self.used[alias].add(name)
        return self.statement.column(alias, entity.table, name)

    def source(self, entity: Entity, alias: str) -> str:
        """Return the table of a row with the joins that its columns need."""
        text = f'"{entity.table}" {alias}'
        for name in sorted(self._joined[alias]):
            other = f"{alias}_{name}"
            text += f' JOIN "{entity.joins[name]}" {other} ON {other}."id" = {alias}."{name}_id"'
        return text

    def object_of(
        self, kind: GraphQLObjectType, nodes: Sequence[FieldNode], write: WriteField
    ) -> list[Part]:
        """Return the text of an object, whose fields `write` writes."""
        texts = []
        for key, same in self.selections.of(kind, nodes).items():
            name = same[0].name.value
            if name == "__typename":
                text: Text = literal(f'"{kind.name}"')
            else:
                text = write(name, same, get_named_type(kind.fields[name].type))
            texts.append([*literal(f'"{key}":'), *text])
        return [*literal("{"), *separated(texts), *literal("}")]

    def object(self, entity: Entity, alias: str, nodes: Sequence[FieldNode]) -> list[Part]:
        """Return the text of a row of an entity."""

        def write(name: str, same: list[FieldNode], kind: GraphQLNamedType) -> Text:
            return self._field(entity, alias, name, same)

        whole = self.object_of(entity.graphql, nodes, write)
        if not self._tagging:
            return whole
        tag = printed_tag(
            self.printer, entity.type_name, lambda name: self.column(alias, entity, name)
        )
        return [*tag, *whole]

    def _field(self, entity: Entity, alias: str, name: str, nodes: list[FieldNode]) -> Text:
        if name == "id":
            key = self.printer.global_id(entity.type_name, self.column(alias, entity, "id"))
            return [*literal('"'), Expression(key), *literal('"')]
        found = entity.fields[name]
        text = self._read(entity, alias, found, nodes)
        return self._for_readers(entity, alias, found, text)

    def _read(
        self, entity: Entity, alias: str, found: FieldReading, nodes: list[FieldNode]
    ) -> Text:
        match found.reading:
            case Column() as reading:
                stored = entity.column(reading.name)
                column = self.column(alias, entity, reading.name)
                return printed(self.printer, stored, column, found.graphql.type)
            case Written() as reading:
                return reading.write(
                    self.printer,
                    lambda column: self.column(alias, entity, column),
                    lambda: self.statement.bind(TODAY),
                )
            case Localized() as reading:
                return self._localized(entity, alias, found, reading, nodes)
            case ToOne() as reading:
                return self._to_one(entity, alias, found, reading, nodes)
            case ToMany() as reading:
                parent = self.column(alias, entity, "id")
                return [Expression(self._connection(reading, found, nodes, parent))]
            case Steps():
                return self._onboarding(entity, alias, found, nodes)
            case _:
                return self._hole(entity, alias, found, nodes)

    def _onboarding(
        self, entity: Entity, alias: str, found: FieldReading, nodes: list[FieldNode]
    ) -> Text:
        kind = _object_type(found)
        steps = self._catalogue.entities["OnboardingStep"]
        onboarding = OnboardingText(self, entity, steps, alias)
        judged = self._hole(entity, alias, found, nodes)
        stored = onboarding.is_stored(kind, nodes)
        return onboarding.written(kind, nodes, judged) if stored else judged

    def _hole(
        self, entity: Entity, alias: str, found: FieldReading, nodes: list[FieldNode]
    ) -> Text:
        hole = Hole(entity, found, nodes)
        self.holes.append(hole)
        for name in hole.columns:
            self.column(alias, entity, name)
        return printed_hole(self.printer, len(self.holes) - 1, hole, alias)

    def _for_readers(self, entity: Entity, alias: str, found: FieldReading, text: Text) -> Text:
        """Return the text of a field, or null for whoever may not read it."""
        allowed = readers(entity.table, found.access_name, self.actor)
        if allowed == EVERYTHING:
            return text
        condition = self.condition(allowed, alias, entity)
        return [Expression(f"CASE WHEN {condition} THEN {concatenation(text)} ELSE 'null' END")]

    def _to_one(
        self,
        entity: Entity,
        alias: str,
        found: FieldReading,
        reading: ToOne,
        nodes: list[FieldNode],
    ) -> Text:
        other, target = self._catalogue.entities[reading.type_name], self.statement.alias()
        key = self.column(alias, entity, reading.column)
        text = concatenation(self.object(other, target, nodes))
        sql = f'(SELECT {text} FROM "{other.table}" {target} WHERE {target}."id" = {key})'  # noqa: S608 - see the module
        null = not is_non_null_type(found.graphql.type)
        return [Expression(f"coalesce({sql}, 'null')" if null else sql)]

    def _localized(
        self,
        entity: Entity,
        alias: str,
        found: FieldReading,
        reading: Localized,
        nodes: list[FieldNode],
    ) -> Text:
        column = self.column(alias, entity, reading.column)
        asked = self.selections.arguments(found.graphql, nodes[0])["locale"]
        tried = language_slots(asked)
        # A tag is refused where it is wrong, even if nothing is written that depends on it.
        self.checks += [one for one in tried[:1] if isinstance(one, Slot)]
        english = quoted(DEFAULT_LOCALE)
        in_english = self.printer.member(column, english)

        def write(name: str, same: list[FieldNode], kind: GraphQLNamedType) -> Text:
            names = [self.statement.bind(one) for one in tried]
            if name == "value":
                found = [self.printer.member_in_any_case(column, name) for name in names]
                found.append(in_english)
            else:
                found = [self.printer.name_in_any_case(column, name) for name in names]
                found.append(english)
            text = f"coalesce({', '.join(found)})" if len(found) > 1 else found[0]
            return self.printer.text(text, null=False)

        whole = self.object_of(_object_type(found), nodes, write)
        if is_non_null_type(found.graphql.type):
            return whole
        sql = f"CASE WHEN {in_english} IS NULL THEN 'null' ELSE {concatenation(whole)} END"
        return [Expression(sql)]

    def _connection(
        self,
        reading: ToMany,
        found: FieldReading,
        nodes: Sequence[FieldNode],
        parent: str | None,
    ) -> str:
        given = self.selections.arguments(found.graphql, nodes[0])
        part = list_part(reading.rows, found, given, self._catalogue.schema, self.actor)
        self.listed.add(reading.type_name)
        entity = self._catalogue.entities[reading.type_name]
        connection = ConnectionText(self, entity, reading.rows, part, parent)
        return connection.written(_object_type(found), nodes)

    def condition(self, predicate: Predicate, alias: str, entity: Entity) -> str:
        """Return a condition on a row, whose columns are read then."""
        for name in columns_of(predicate):
            self.used[alias].add(name)
        return self.statement.where(predicate, alias, entity.table)


def _object_type(found: FieldReading) -> GraphQLObjectType:
    kind = get_named_type(found.graphql.type)
    if not isinstance(kind, GraphQLObjectType):
        raise TypeError(f"{kind} is not an object type")
    return kind
