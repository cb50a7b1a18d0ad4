"""The onboarding of a stay as SQL: its steps as they were worked out, while that holds.

The state of a step is stored when its stay is worked out. It holds under the definitions of that
time and until the first of its verdicts expires; afterwards, and for all else that is asked of an
onboarding, the rules are run in Python.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType

from softlanding_schema.reads.asking import STANDING, TODAY
from softlanding_schema.reads.catalogue import Entity
from softlanding_schema.reads.json_text import Expression, Text, concatenation, literal
from softlanding_schema.reads.readings import Computed

if TYPE_CHECKING:
    from softlanding_schema.reads.writing import Writer

_STEPS = "steps"


class OnboardingText:
    """Writes the onboarding of a row of `entity`, for `alias`."""

    def __init__(self, writer: "Writer", entity: Entity, steps: Entity, alias: str) -> None:
        self._writer = writer
        self._entity = entity
        self._steps = steps
        self._alias = alias

    def is_stored(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode]) -> bool:
        """Tell whether all that is selected is stored."""
        selections = self._writer.selections
        for same in selections.of(kind, nodes).values():
            if same[0].name.value == "__typename":
                continue
            if same[0].name.value != _STEPS:
                return False
            for step_field in selections.of(self._steps.graphql, same).values():
                name = step_field[0].name.value
                if name in {"__typename", "id"}:
                    continue
                if isinstance(self._steps.fields[name].reading, Computed | None):
                    return False
        return True

    def written(self, kind: GraphQLObjectType, nodes: Sequence[FieldNode], judged: Text) -> Text:
        """Return the text of what is stored while it holds, and `judged` otherwise."""
        stored = concatenation(self._writer.object_of(kind, nodes, self._field))
        under = self._writer.column(self._alias, self._entity, "standing_under")
        until = self._writer.column(self._alias, self._entity, "standing_until")
        bind = self._writer.statement.bind
        holds = f"{under} = {bind(STANDING)} AND ({until} IS NULL OR {until} >= {bind(TODAY)})"
        return [Expression(f"CASE WHEN {holds} THEN {stored} ELSE {concatenation(judged)} END")]

    def _field(self, name: str, nodes: Sequence[FieldNode], kind: GraphQLNamedType) -> Text:
        steps = self._writer.statement.alias()
        text = concatenation(self._writer.object(self._steps, steps, nodes))
        parent = self._writer.column(self._alias, self._entity, "id")
        items = self._writer.printer.array.format("j")
        table = self._writer.source(self._steps, steps)
        sql = (
            f"SELECT {items} FROM (SELECT {text} AS j FROM {table}"  # noqa: S608 - names from the catalogue, values are parameters
            f' WHERE {steps}."stay_id" = {parent} ORDER BY {steps}."position", {steps}."id") listed'
        )
        return [*literal("["), Expression(f"coalesce(({sql}), '')"), *literal("]")]
