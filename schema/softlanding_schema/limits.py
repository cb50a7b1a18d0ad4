"""Limits on documents, in one pass that looks at each fragment once.

The library's own limiters follow every spread of every fragment, which a few hundred bytes can
make exponential; here a fragment's sizes are computed once and added where it is spread.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

MAX_DEPTH = 20
MAX_ALIASES = 30
MAX_DIRECTIVES = 50
MAX_OPERATIONS = 10
MAX_ROOT_FIELDS = 50
MAX_ROOT_MUTATIONS = 5


@dataclass(frozen=True)
class Size:
    """The size of a selection, with its fragments spread."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0


class _Measure:
    """Measures the selections of one document.

    What is not valid, a fragment that is missing or spreads itself, measures nothing: validation
    tells it.
    """

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = {
            node.name.value: node
            for node in document.definitions
            if isinstance(node, FragmentDefinitionNode)
        }
        self._known: dict[str, Size] = {}

    def selection(self, node: SelectionSetNode | None) -> Size:
        """Return the size of a selection set; `fields` counts its own level."""
        depth = fields = aliases = directives = 0
        for part in node.selections if node else ():
            directives += len(part.directives or ())
            if isinstance(part, FieldNode):
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
        name = part.name.value
        if name not in self._known:
            self._known[name] = Size()
            if name in self._fragments:
                self._known[name] = self.selection(self._fragments[name].selection_set)
        return self._known[name]


def faults(document: DocumentNode) -> Iterator[str]:
    """Tell each limit that a document exceeds."""
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    if len(operations) > MAX_OPERATIONS:
        yield f"The document has {len(operations)} operations; at most {MAX_OPERATIONS}."
        return
    measure = _Measure(document)
    for operation in operations:
        try:
            size = measure.selection(operation.selection_set)
        except RecursionError:
            yield f"The operation is nested without measure; at most {MAX_DEPTH} levels."
            continue
        found = [
            ("levels", size.depth, MAX_DEPTH),
            ("aliases", size.aliases, MAX_ALIASES),
            ("directives", size.directives + len(operation.directives or ()), MAX_DIRECTIVES),
        ]
        if operation.operation is OperationType.MUTATION:
            found.append(("root mutations", size.fields, MAX_ROOT_MUTATIONS))
        else:
            found.append(("root fields", size.fields, MAX_ROOT_FIELDS))
        for what, count, limit in found:
            if count > limit:
                yield f"The operation has {count} {what}; at most {limit}."
