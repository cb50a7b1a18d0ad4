"""Shaping Python values into answers: what graphql-core's executor does, compiled once.

For what is not read as SQL: values of plugins, computed fields, payloads of mutations. A selection
becomes functions that turn a value into plain data. Resolvers run as they are; those that must be
awaited are gathered level by level, so that batches stay batches. Whatever is not as it should
be, an error or a null where none may be, is `NotAnswerable`: graphql-core answers then, and tells
errors as the specification says.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from types import GeneratorType
from typing import Any, NamedTuple, TypeAlias

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    get_nullable_type,
    is_abstract_type,
    is_leaf_type,
    is_non_null_type,
)
from graphql.execution.values import get_argument_values
from graphql.pyutils import is_awaitable

from softlanding_schema.reads.catalogue import Catalogue
from softlanding_schema.reads.selections import Selections


class NotAnswerable(Exception):  # noqa: N818 - not an error: graphql-core answers instead
    """A plan cannot answer this operation, or this request."""


@dataclass
class Shaping:
    """The shaping of one request: its context, and what is still awaited."""

    context: Any
    variables: Any
    """Variables as resolvers get them."""
    row_text: Callable[[Any, Any], Awaitable[Any]]
    """Answers a row by its plan and its key."""
    pending: list["Pending"] = field(default_factory=list)

    async def settle(self) -> None:
        """Await all that is pending, and what that leads to, level by level."""
        while self.pending:
            waiting, self.pending = self.pending, []
            values = await asyncio.gather(*(one.value for one in waiting), return_exceptions=True)
            for one, value in zip(waiting, values, strict=True):
                if isinstance(value, BaseException):
                    raise NotAnswerable from value
                shape_done(one.place, one.key, one.complete(value, self), self)

    def give_up(self) -> None:
        """Drop what is pending."""
        for one in self.pending:
            if inspect.iscoroutine(one.value):
                one.value.close()
        self.pending = []


Read: TypeAlias = Callable[[Any], Any]
Resolve: TypeAlias = Callable[[Any, Shaping], Any]
Complete: TypeAlias = Callable[[Any, Shaping], Any]


class Pending(NamedTuple):
    """A value that is awaited, and the place in a list or an object that it is for."""

    value: Awaitable[Any]
    complete: Complete
    place: Any
    key: Any


class Shapes:
    """Compiles the selections of one operation."""

    def __init__(
        self, catalogue: Catalogue, selections: Selections, operation: Any, row_plan: Any
    ) -> None:
        """`row_plan` writes the statement that answers a row of a type by its key."""
        self._catalogue = catalogue
        self._selections = selections
        self._operation = operation
        self._row_plan = row_plan

    def resolver(
        self, kind: GraphQLObjectType, found: GraphQLField, nodes: Sequence[FieldNode]
    ) -> Resolve:
        """Return the function that gives the value of a field of an object."""
        declared = (found.extensions or {}).get("strawberry-definition")
        resolve: Any = found.resolve
        if getattr(resolve, "_is_default", False) and declared is not None:
            read = attrgetter(declared.python_name)
            return lambda source, shaping: read(source)
        arguments = self._arguments(found, nodes[0])

        def resolved(source: Any, shaping: Shaping) -> Any:
            info = self._info(kind, found, nodes, shaping)
            return resolve(source, info, **arguments(shaping))

        return resolved

    def _arguments(self, found: GraphQLField, node: FieldNode) -> Callable[[Shaping], Any]:
        if not found.args:
            return lambda shaping: {}
        return lambda shaping: get_argument_values(found, node, shaping.variables)

    def _info(
        self,
        kind: GraphQLObjectType,
        found: GraphQLField,
        nodes: Sequence[FieldNode],
        shaping: Shaping,
    ) -> GraphQLResolveInfo[Any]:
        return GraphQLResolveInfo(
            field_name=nodes[0].name.value,
            field_nodes=list(nodes),
            return_type=found.type,
            parent_type=kind,
            path=None,  # type: ignore[arg-type] # no resolver of ours looks at it
            schema=self._selections.schema,
            fragments=dict(self._selections.fragments),
            root_value=None,
            operation=self._operation,
            variable_values=shaping.variables.coerced,
            context=shaping.context,
            is_awaitable=is_awaitable,
            abort_signal=None,
            async_helpers=None,  # type: ignore[arg-type] # for executors only
        )

    def complete(
        self, kind: GraphQLOutputType, nodes: Sequence[FieldNode], *, one: bool = True
    ) -> Complete:
        """Return the function that completes values of a type; `one` is false inside lists."""
        if isinstance(kind, GraphQLNonNull):
            inner = self.complete(kind.of_type, nodes, one=one)

            def not_null(value: Any, shaping: Shaping) -> Any:
                if value is None:
                    raise NotAnswerable
                return inner(value, shaping)

            return not_null
        bare = self._complete(kind, nodes, one=one)
        return lambda value, shaping: None if value is None else bare(value, shaping)

    def _complete(self, kind: Any, nodes: Sequence[FieldNode], *, one: bool) -> Complete:
        if isinstance(kind, GraphQLList):
            item = self.complete(kind.of_type, nodes, one=False)

            def listed(values: Any, shaping: Shaping) -> Any:
                if not isinstance(values, list | tuple):
                    raise NotAnswerable
                return [item(value, shaping) for value in values]

            return listed
        if is_leaf_type(kind):
            coerce = kind.coerce_output_value
            return lambda value, shaping: coerce(value)
        if is_abstract_type(kind):
            raise NotAnswerable
        entity = self._catalogue.entities.get(kind.name)
        if one and entity is not None and entity.stands_alone:
            plan = self._row_plan(kind.name, nodes)
            return lambda value, shaping: shaping.row_text(plan, value.key)
        return self._object(kind, nodes)

    def _object(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> Complete:
        fields: list[tuple[str, Read | None, Resolve, Complete]] = []
        for key, same in self._selections.of(kind, nodes).items():
            name = same[0].name.value
            if name == "__typename":
                fields.append((key, lambda source: kind.name, _as_it_is, _as_it_is))
                continue
            found = kind.fields[name]
            resolve = self.resolver(kind, found, same)
            fields.append((key, _leaf(found), resolve, self.complete(found.type, same)))

        def shaped(source: Any, shaping: Shaping) -> Any:
            data: dict[str, Any] = {}
            for key, read, resolve, complete in fields:
                if read is not None:
                    data[key] = read(source)
                else:
                    shape_into(data, key, resolve(source, shaping), complete, shaping)
            return data

        return shaped


def _leaf(found: GraphQLField) -> Read | None:
    """Return how a plain field is read whose value needs nothing else, such as a text."""
    declared = (found.extensions or {}).get("strawberry-definition")
    kind = get_nullable_type(found.type)
    if not getattr(found.resolve, "_is_default", False) or declared is None:
        return None
    if not is_leaf_type(kind):
        return None
    attribute, coerce = attrgetter(declared.python_name), kind.coerce_output_value
    null = not is_non_null_type(found.type)

    def read(source: Any) -> Any:
        value = attribute(source)
        if value is not None:
            return coerce(value)
        if null:
            return None
        raise NotAnswerable

    return read


def _as_it_is(value: Any, shaping: Shaping) -> Any:
    return value


def shape_into(place: Any, key: Any, value: Any, complete: Complete, shaping: Shaping) -> None:
    """Complete a value into its place, now or once it has been awaited."""
    if _is_awaited(value):
        place[key] = None
        shaping.pending.append(Pending(value, complete, place, key))
        return
    shape_done(place, key, complete(value, shaping), shaping)


def shape_done(place: Any, key: Any, data: Any, shaping: Shaping) -> None:
    """Put completed data in its place; a row that a plan answers is awaited first."""
    if _is_awaited(data):
        place[key] = None
        shaping.pending.append(Pending(data, _as_it_is, place, key))
    else:
        place[key] = data


def _is_awaited(value: Any) -> bool:
    """Tell whether a value must be awaited; asked for every value, and answered by its type."""
    kind = type(value)
    known = _AWAITED.get(kind)
    if known is None:
        known = is_awaitable(value)
        # Of generators, some are coroutines.
        if kind is not GeneratorType:
            _AWAITED[kind] = known
    return known


_AWAITED: dict[type[Any], bool] = {}
