"""The account of what a proof has tried, so that nothing of the schema is forgotten."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    get_nullable_type,
    parse,
    type_from_ast,
    value_from_ast_untyped,
    visit,
)
from tests.schema.walls.classified import PUBLIC, Classified

from softlanding.contract.graphql import Audience

Asked = frozenset[str]


class Account:
    """What was asked for, what came back, and what was kept from somebody.

    Everything has a coordinate: `Stay.goals`, `Stay.summary(locale:)`, `StayWhere.state`,
    `StayOrderField.ARRIVAL`.
    """

    def __init__(self, classified: Classified) -> None:
        self._classified = classified
        self.tried: set[str] = set()
        self.read: set[str] = set()
        self.hidden: set[str] = set()
        self._asked_by = cache(self._look)

    def sent(self, document: str, variables: Mapping[str, Any]) -> None:
        """Note what a document asks for, and what its variables hold."""
        asked, kinds = self._asked_by(document)
        self.tried |= asked
        for name, value in variables.items():
            self.tried.update(_held(kinds[name], value))

    def _look(self, document: str) -> tuple[Asked, Mapping[str, GraphQLInputType]]:
        node = parse(document)
        looking = _Looking(TypeInfo(self._classified.schema))
        visit(node, TypeInfoVisitor(looking.info, looking))
        kinds = {
            variable.variable.name.value: type_from_ast(self._classified.schema, variable.type)
            for definition in node.definitions
            for variable in getattr(definition, "variable_definitions", None) or ()
        }
        return frozenset(looking.found), kinds

    def hides(self, type_name: str, told: Any) -> None:
        """Note that an object, or a list of such, was kept from somebody."""
        if isinstance(told, list):
            for one in told:
                self.hides(type_name, one)
        elif isinstance(told, dict) and type_name in self._classified.types:
            kind = self._classified.types[type_name]
            for name, value in told.items():
                if name != "__typename":
                    self.hides_field(type_name, name, value)
                    self.hides(get_named_type(kind.fields[name].type).name, value)

    def hides_field(self, type_name: str, field: str, told: Any) -> None:
        """Note that a field was kept from somebody; what is empty tells nothing."""
        if told not in (None, []):
            self.hidden.add(f"{type_name}.{field}")

    def never_tried(self) -> list[str]:
        """Return what of the schema was never asked for: fields, arguments, filters, orders."""
        return sorted(set(self._everything()) - self.tried)

    def never_read(self) -> list[str]:
        """Return what nobody was ever told.

        What lies below the field of a plugin is told together with it.
        """
        return sorted(self._of_rows() - self.read)

    def never_hidden(self) -> list[str]:
        """Return what was never kept from anybody, although it is not for everybody."""
        public = {
            f"{name}.{field}"
            for name, field in self._fields()
            if name in PUBLIC
            or name == "Viewer"
            or (
                (declared := self._classified.declared(name, field))
                and declared.audience is Audience.PUBLIC
            )
        }
        return sorted(self._of_rows() - public - self.hidden)

    def _of_rows(self) -> set[str]:
        return {
            f"{name}.{field}"
            for name, field in self._fields()
            if name not in {"Mutation", "Query"}
            and not self._classified.is_plumbing(name)
            and not self._classified.is_of_plugin(name)
        }

    def _fields(self) -> Iterator[tuple[str, str]]:
        for name, kind in self._classified.types.items():
            for field in kind.fields:
                yield name, field

    def _everything(self) -> Iterator[str]:
        waiting: list[GraphQLInputType] = []
        for name, kind in self._classified.types.items():
            for field_name, field in kind.fields.items():
                yield f"{name}.{field_name}"
                for argument_name, argument in field.args.items():
                    yield f"{name}.{field_name}({argument_name}:)"
                    waiting.append(argument.type)
        seen: set[str] = set()
        while waiting:
            kind_of_input = get_named_type(waiting.pop())
            if kind_of_input.name in seen:
                continue
            seen.add(kind_of_input.name)
            if isinstance(kind_of_input, GraphQLInputObjectType):
                # What a form asks for is read by whoever may send it; that is proved of the form.
                if self._classified.is_of_plugin(kind_of_input.name):
                    continue
                for field_name, input_field in kind_of_input.fields.items():
                    yield f"{kind_of_input.name}.{field_name}"
                    waiting.append(input_field.type)
            elif isinstance(kind_of_input, GraphQLEnumType) and "Order" in kind_of_input.name:
                # By each value rows are compared in another way; other values are only stored.
                yield from (f"{kind_of_input.name}.{value}" for value in kind_of_input.values)


class _Looking(Visitor):
    """Collects the coordinates of a document."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.found: set[str] = set()

    def enter_field(self, node: Any, *others: Any) -> None:
        parent = self.info.get_parent_type()
        if parent is not None and not node.name.value.startswith("__"):
            self.found.add(f"{parent.name}.{node.name.value}")

    def enter_argument(self, node: Any, *others: Any) -> None:
        parent, field = self.info.get_parent_type(), self.info.get_field_def()
        argument = self.info.get_argument()
        if parent is None or field is None or argument is None or field.ast_node is not None:
            return
        name = next(name for name, one in parent.fields.items() if one is field)  # type: ignore[union-attr] # a parent of fields
        self.found.add(f"{parent.name}.{name}({node.name.value}:)")
        if node.value.kind != "variable":
            self.found.update(_held(argument.type, value_from_ast_untyped(node.value)))


def _held(kind: GraphQLInputType, value: Any) -> Iterator[str]:
    """Return the coordinates of what a value holds."""
    kind = get_nullable_type(kind)  # type: ignore[assignment] # an input type stays one
    if isinstance(kind, GraphQLList):
        for one in value if isinstance(value, list) else [value]:
            yield from _held(kind.of_type, one)
    elif isinstance(kind, GraphQLInputObjectType) and isinstance(value, Mapping):
        for name, inner in value.items():
            yield f"{kind.name}.{name}"
            if name in kind.fields:
                yield from _held(kind.fields[name].type, inner)
    elif isinstance(kind, GraphQLEnumType) and isinstance(value, str):
        yield f"{kind.name}.{value}"
