"""Answering operations by their plans."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
import structlog
from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.values import VariableValues, get_variable_values

from softlanding.domain.problems import Refused
from softlanding.host.guard import PluginFailed
from softlanding.services.core import Core
from softlanding.slots import Slot
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
from softlanding_schema.reads.holes import MARK, found_holes
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
from softlanding_schema.reads.shapes import NotAnswerable, Shaping, shape_into

log = structlog.get_logger("softlanding.reads")
_MARK = MARK.encode()


class Run:
    """One request answered by its plan."""

    def __init__(self, core: Core, context: RequestContext, asked: Asked, variables: Any) -> None:
        self._core = core
        self._asked = asked
        self._shaping = Shaping(context, variables, self._row_text)
        self._nonce = ""
        self._failed: list[tuple[HolePlan, PluginFailed]] = []

    async def query(self, plan: Plan) -> tuple[bytes, list[GraphQLError]]:
        """Return the data of a query as JSON, and the errors of plugins."""
        shaped: dict[str, Any] = {}
        texts: dict[str, Any] = {}
        for key, root in plan.roots.items():
            if isinstance(root, ShapePlan):
                value = root.resolve(None, self._shaping)
                shape_into(shaped, key, value, root.complete, self._shaping)
            else:
                texts[key] = self._statement(root)
        found = dict(zip(texts, await asyncio.gather(*texts.values()), strict=True))
        await self._shaping.settle()
        data = b",".join(
            b'"%s":%s' % (key.encode(), found[key] if key in found else orjson.dumps(shaped[key]))
            for key in plan.roots
        )
        return self._with_errors(b"{%s}" % data)

    async def _statement(self, root: StatementPlan | AnyRowPlan) -> bytes:
        if isinstance(root, AnyRowPlan):
            given = root.global_id
            value = given.get(self._asked) if isinstance(given, Slot) else given
            type_name, _ = global_ids.decode(value)
            if type_name not in root.by_type:
                raise NotAnswerable
            root = root.by_type[type_name]
        return await self._text(root, self._asked)

    async def _row_text(self, plan: StatementPlan, key: UUID) -> orjson.Fragment:
        return orjson.Fragment(await self._text(plan, replace(self._asked, key=key)))

    async def _text(self, plan: StatementPlan, asked: Asked) -> bytes:
        parameters = [one.get(asked) if isinstance(one, Slot) else one for one in plan.parameters]
        text = await self._core.database.text(plan.sql, parameters)
        if not plan.holes:
            return text
        return await self._filled(text, plan.holes)

    async def _filled(self, text: bytes, holes: Sequence[HolePlan]) -> bytes:
        pieces: list[Any] = text.split(_MARK)
        if len(pieces) == 1:
            return text
        shaping = Shaping(self._shaping.context, self._shaping.variables, self._row_text)
        for place, hole, row in found_holes(pieces, [one.hole for one in holes]):
            plan = next(one for one in holes if one.hole is hole)
            value = plan.resolve(hole.entity.node.of(row), shaping)
            shape_into(pieces, place, value, plan.complete, shaping)
        await shaping.settle()
        for place in range(1, len(pieces), 2):
            pieces[place] = orjson.dumps(pieces[place])
        return b"".join(pieces)

    def _with_errors(self, data: bytes) -> tuple[bytes, list[GraphQLError]]:
        return data, []


class PlannedReads:
    """Plans, and answers by them, for one core and one schema."""

    def __init__(self, core: Core, catalogue: Catalogue) -> None:
        self._core = core
        self._catalogue = catalogue

    async def answer(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        given: Mapping[str, Any],
        context: RequestContext,
    ) -> tuple[bytes, list[GraphQLError]] | None:
        """Return data and errors, or None where graphql-core must answer."""
        if operation.operation is not OperationType.QUERY:
            return None
        variables = get_variable_values(
            self._catalogue.graphql, operation.variable_definitions or (), dict(given)
        )
        if isinstance(variables, list):
            return None
        shape = (
            operation.name.value if operation.name else "",
            shape_of_actor(context.actor),
            tuple((name, shape_of(value)) for name, value in variables.coerced.items()),
        )
        plan: Plan | None = document.plans.get(shape)
        if plan is None:
            plan = self._plan(operation, document.fragments, variables, context)
            document.plans.put(shape, plan)
        if not plan.roots:
            return None
        asked = Asked(
            variables=variables.coerced,
            actor=context.actor,
            today=self._core.clock.today(),
            standing=self._core.standing,
        )
        try:
            return await Run(self._core, context, asked, variables).query(plan)
        except (NotAnswerable, NotLocale, PluginFailed, Refused, GraphQLError):
            return None
        except Exception as error:
            # A fault of a resolver happens again in graphql-core, which tells it; one of the
            # plan does not, and must not cost anybody an answer.
            log.warning("plan given up", operation=shape[0], exc_info=error)
            return None

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
        )
        try:
            return planner.query()
        except NotAnswerable:
            return NO_PLAN
