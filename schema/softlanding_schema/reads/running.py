"""Answering operations by their plans."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias
from uuid import UUID

import orjson
import structlog
from graphql import FragmentDefinitionNode, GraphQLError, OperationDefinitionNode, OperationType
from graphql.execution.values import VariableValues
from graphql.pyutils import is_awaitable

from softlanding.domain.problems import Code, Refused
from softlanding.host.guard import PluginFailed
from softlanding.services.core import Core
from softlanding_schema.context import RequestContext
from softlanding_schema.documents import Document
from softlanding_schema.reads import global_ids
from softlanding_schema.reads.asking import (
    Asked,
    shape_of,
    shape_of_actor,
    symbolic,
    symbolic_actor,
)
from softlanding_schema.reads.catalogue import Catalogue
from softlanding_schema.reads.failures import Failures
from softlanding_schema.reads.holes import MARK, SEPARATOR, found_holes
from softlanding_schema.reads.languages import NotLocale
from softlanding_schema.reads.plan import (
    NO_PLAN,
    AnyRowPlan,
    HolePlan,
    Plan,
    Planner,
    ShapePlan,
    StatementPlan,
)
from softlanding_schema.reads.plugin_fields import PLUGIN_FIELD, values_of
from softlanding_schema.reads.shapes import NotAnswerable, Shaping, shape_into
from softlanding_schema.reads.slots import Slot
from softlanding_schema.reads.snapshots import Snapshots
from softlanding_schema.reads.variables import Variables

log = structlog.get_logger("softlanding.reads")
_MARK = MARK.encode()
_SEPARATOR = SEPARATOR.encode()
PluginHole: TypeAlias = tuple[int, HolePlan, bytes]


class Run:
    """One request answered by its plan."""

    def __init__(
        self,
        core: Core,
        snapshots: Snapshots,
        context: RequestContext,
        asked: Asked,
        variables: Any,
    ) -> None:
        self._core = core
        self._snapshots = snapshots
        self._context = context
        self._asked = asked
        self._shapings: list[Shaping] = []
        self._shaping = self._new_shaping(context, variables)
        self._failures = Failures()

    def _new_shaping(self, context: RequestContext, variables: Any) -> Shaping:
        shaping = Shaping(context, variables, self._row_text)
        self._shapings.append(shaping)
        return shaping

    def give_up(self) -> None:
        """Drop what is pending, when the plan has not come to its end."""
        for shaping in self._shapings:
            shaping.give_up()

    async def query(self, plan: Plan) -> tuple[bytes, list[GraphQLError]]:
        """Return the data of a query as JSON, and the errors of plugins."""
        shaped: dict[str, Any] = {}
        for key, root in plan.roots.items():
            if isinstance(root, ShapePlan):
                self._note_computed()
                value = root.resolve(None, self._shaping)
                shape_into(shaped, key, value, root.complete, self._shaping)
        found = await self._read(plan)
        await self._shaping.settle()
        # Answers are long: they are copied once.
        pieces = [b"{"]
        for key in plan.keys:
            pieces += (
                b'"' if len(pieces) == 1 else b',"',
                key.encode(),
                b'":',
                found.get(key) or orjson.dumps(shaped[key]),
            )
        return self._failures.told_in(b"".join((*pieces, b"}")))

    async def mutation(self, plan: Plan) -> tuple[bytes, list[GraphQLError]]:
        """Do what a mutation says, one field after the other, and return its data.

        What is done is kept in the context, so that graphql-core does not do it again when the
        rest of the answer must come from there.
        """
        shaped: dict[str, Any] = {}
        for key, root in plan.roots.items():
            assert isinstance(root, ShapePlan)  # noqa: S101 - what changes something is Python
            try:
                value = root.resolve(None, self._shaping)
                payload = await value if is_awaitable(value) else value
            except Exception as error:
                self._context.done[key] = error
                raise NotAnswerable from error
            self._context.done[key] = payload
            shape_into(shaped, key, payload, root.complete, self._shaping)
            await self._shaping.settle()
        return self._failures.told_in(orjson.dumps(shaped))

    async def _read(self, plan: Plan) -> dict[str, bytes]:
        """Return the texts of the root fields that are read by statements."""
        found: dict[str, bytes] = {}
        if plan.statement is not None:
            text = await self._text(plan.statement, self._asked)
            texts = text.split(_SEPARATOR) if len(plan.read) > 1 else [text]
            found = dict(zip(plan.read, texts, strict=True))
        for key, root in plan.roots.items():
            if isinstance(root, AnyRowPlan):
                found[key] = await self._any_row(root)
        return found

    async def _any_row(self, root: AnyRowPlan) -> bytes:
        given = root.global_id
        value = given.get(self._asked) if isinstance(given, Slot) else given
        type_name, _ = global_ids.decode(value)
        scope = self._context.actor.scope
        # The executor tells why.
        if type_name not in root.by_type or (scope and not scope.reads_type(type_name)):
            raise NotAnswerable
        return await self._text(root.by_type[type_name], self._asked)

    async def _row_text(self, plan: StatementPlan, key: UUID) -> orjson.Fragment:
        return orjson.Fragment(await self._text(plan, replace(self._asked, key=key)))

    async def _text(self, plan: StatementPlan, asked: Asked) -> bytes:
        for check in plan.checks:
            check.get(asked)
        parameters = [one.get(asked) if isinstance(one, Slot) else one for one in plan.parameters]
        text = await self._core.database.text(plan.sql, parameters)
        if (tags := self._context.tags) is not None:
            text = tags.take(text)
            tags.read(plan.listed, plan.asked)
        return await self._filled(text, plan.holes) if plan.holes else text

    async def _filled(self, text: bytes, holes: Sequence[HolePlan]) -> bytes:
        """Put the answers of holes in their places."""
        self._note_computed()
        pieces: list[Any] = text.split(_MARK)
        shaping = self._new_shaping(self._context, self._shaping.variables)
        of_plugins: defaultdict[tuple[str, str], list[PluginHole]] = defaultdict(list)
        for place, number, row in found_holes(pieces):
            hole = holes[number]
            if hole.loader is not None:
                of_plugins[hole.loader].append((place, hole, row))
            else:
                node = hole.hole.entity.node.of(hole.hole.row(row))
                shape_into(pieces, place, hole.resolve(node, shaping), hole.complete, shaping)
        if of_plugins:
            await asyncio.gather(
                *(self._plugin(pieces, places, shaping) for places in of_plugins.values())
            )
        await shaping.settle()
        for place in range(1, len(pieces), 2):
            pieces[place] = orjson.dumps(pieces[place])
        return b"".join(pieces)

    def _note_computed(self) -> None:
        if self._context.tags is not None:
            self._context.tags.computed = True

    async def _plugin(
        self, pieces: list[Any], places: Sequence[PluginHole], shaping: Shaping
    ) -> None:
        """Fill the holes of a plugin's field; where its loader fails, each is null and an error."""
        first = places[0][1].hole
        plugin, declared = first.field.strawberry.metadata[PLUGIN_FIELD]
        rows = [row for _, _, row in places]
        found = await self._snapshots.of(self._core.database.rows, first, rows)
        values = await values_of(self._context, plugin, declared, found)
        for (place, hole, _), value in zip(places, values, strict=True):
            if isinstance(value, PluginFailed):
                pieces[place] = self._failures.add(hole.hole.nodes, value)
            else:
                shape_into(pieces, place, value, hole.complete, shaping)


class PlannedReads:
    """Plans, and answers by them, for one core and one schema."""

    def __init__(self, core: Core, catalogue: Catalogue) -> None:
        self._core = core
        self._catalogue = catalogue
        self._snapshots = Snapshots()

    async def answer(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        given: Mapping[str, Any],
        context: RequestContext,
    ) -> tuple[bytes, list[GraphQLError]] | None:
        """Return data and errors, or None where graphql-core must answer."""
        name = operation.name.value if operation.name else ""
        declared: Variables | None = document.variables.get(name)
        if declared is None:
            declared = document.variables[name] = Variables(self._catalogue.graphql, operation)
        variables = declared.values(given)
        if variables is None:
            return None
        shape = (
            name,
            shape_of_actor(context.actor),
            context.tags is not None,
            tuple((name, shape_of(value)) for name, value in variables.coerced.items()),
        )
        plan: Plan | None = document.plans.get(shape)
        if plan is None:
            plan = self._plan(operation, document.fragments, variables, context)
            document.plans.put(shape, plan)
        if not plan.keys:
            return None
        asked = Asked(
            variables=variables.coerced,
            actor=context.actor,
            today=self._core.clock.today(),
            standing=self._core.standing,
        )
        run = Run(self._core, self._snapshots, context, asked, variables)
        try:
            if operation.operation is OperationType.MUTATION:
                return await run.mutation(plan)
            return await run.query(plan)
        except Refused as refused:
            # Whoever asks for what the database cannot do now is not helped by asking again.
            told = operation.operation is OperationType.QUERY and refused.problems[0].code
            if told is Code.UNAVAILABLE:
                raise
            return None
        except (NotAnswerable, NotLocale, PluginFailed, GraphQLError):
            return None
        except Exception as error:
            # A fault of a resolver happens again in graphql-core, which tells it; one of the
            # plan does not, and must not cost anybody an answer.
            log.warning("plan given up", operation=name, exc_info=error)
            document.plans.put(shape, NO_PLAN)
            return None
        finally:
            run.give_up()

    def _plan(
        self,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
        context: RequestContext,
    ) -> Plan:
        coerced = {name: symbolic(value, (name,)) for name, value in variables.coerced.items()}
        planner = Planner(
            self._catalogue,
            self._core.database.dialect,
            operation,
            fragments,
            VariableValues(variables.sources, coerced),
            symbolic_actor(context.actor),
            tagging=context.tags is not None,
        )
        try:
            return planner.plan()
        except NotAnswerable:
            return NO_PLAN
        except Exception as error:
            log.warning("plan given up", operation=operation.name, exc_info=error)
            return NO_PLAN
