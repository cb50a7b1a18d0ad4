"""How large a document is, measured in one pass that looks at each fragment once.

What is written in a document bounds what validating it costs; what an operation has with its
fragments spread bounds what executing it costs. Following every spread of every fragment would
take exponential time on a few hundred bytes; here a fragment's sizes are worked out once and
added where it is spread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    SelectionSetNode,
    ValueNode,
)


@dataclass(frozen=True)
class Size:
    """The size of a selection, with its fragments spread."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0


class Measure:
    """Measures the selections of one document.

    What is not valid, a fragment that is missing or spreads itself, measures nothing: validation
    tells it. `written_fields`, `written_values` and `digits` (of the longest number) are what is
    written in all that was measured, each fragment once.
    """

    def __init__(self, document: DocumentNode) -> None:
        """Measure nothing yet."""
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._known: dict[str, Size] = {}
        self.written_fields = 0
        self.written_values = 0
        self.digits = 0

    def all_fragments(self) -> None:
        """Measure every fragment, also those that nobody spreads."""
        for name in self._fragments:
            self._fragment(name)

    def directives(self, nodes: Sequence[DirectiveNode] | None) -> int:
        """Return how many directives there are, and measure their arguments."""
        for node in nodes or ():
            self._arguments(node.arguments)
        return len(nodes or ())

    def value(self, node: ValueNode) -> None:
        """Measure a value that is written in the document."""
        self.written_values += 1
        if isinstance(node, ListValueNode):
            for item in node.values:
                self.value(item)
        elif isinstance(node, ObjectValueNode):
            for field in node.fields:
                self.value(field.value)
        elif isinstance(node, IntValueNode | FloatValueNode):
            self.digits = max(self.digits, len(node.value))

    def _arguments(self, nodes: Sequence[ArgumentNode] | None) -> None:
        for node in nodes or ():
            self.value(node.value)

    def selection(self, node: SelectionSetNode | None) -> Size:
        """Return the size of a selection set; `fields` counts its own level."""
        depth = fields = aliases = directives = 0
        for part in node.selections if node else ():
            directives += self.directives(part.directives)
            if isinstance(part, FieldNode):
                self.written_fields += 1
                self._arguments(part.arguments)
                inner = self.selection(part.selection_set)
                depth = max(depth, 1 + inner.depth)
                fields += 1
                aliases += inner.aliases + (part.alias is not None)
            else:
                inner = self._spread(part)
                depth = max(depth, inner.depth)
                fields += inner.fields
                aliases += inner.aliases
            directives += inner.directives
        return Size(depth, fields, aliases, directives)

    def _spread(self, part: object) -> Size:
        if isinstance(part, InlineFragmentNode):
            return self.selection(part.selection_set)
        assert isinstance(part, FragmentSpreadNode)  # noqa: S101 - there is no fourth kind
        return self._fragment(part.name.value)

    def _fragment(self, name: str) -> Size:
        if name not in self._known:
            self._known[name] = Size()
            if name in self._fragments:
                node = self._fragments[name]
                own = self.directives(node.directives)
                size = self.selection(node.selection_set)
                self._known[name] = replace(size, directives=size.directives + own)
        return self._known[name]
