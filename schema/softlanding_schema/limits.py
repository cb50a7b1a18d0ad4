"""Limits on documents and on what comes with them, all checked before anything is validated."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    OperationType,
)

from softlanding.actors import Actor, ActorKind
from softlanding_schema.sizes import Measure

MAX_ERRORS = 5
MAX_COMMENTS = 1_000
MAX_TOKENS = 5_000
MAX_TOKENS_OF_WEBSITE = 2_000
MAX_TOKENS_OF_ANONYMOUS = 1_000

MAX_DEPTH = 20
MAX_ALIASES = 30
MAX_DIRECTIVES = 50
MAX_OPERATIONS = 10
MAX_FRAGMENTS = 100
MAX_ROOT_FIELDS = 50
MAX_ROOT_MUTATIONS = 5
MAX_VARIABLES = 100
MAX_WRITTEN_FIELDS = 1_000
MAX_WRITTEN_VALUES = 500
MAX_DIGITS = 100


@dataclass(frozen=True)
class MostGiven:
    """How much the variables of a request may hold."""

    values: int
    objects: int


GIVEN = MostGiven(values=1_000, objects=300)
GIVEN_IN_FORMS = MostGiven(values=5_000, objects=1_000)
# Fragments that spread each other have sizes of hundreds of digits; nobody needs to read those.
_COUNTED = 1_000_000


def max_tokens(actor: Actor) -> int:
    """Return how many tokens a document of an actor may have."""
    if actor.kind is ActorKind.ANONYMOUS:
        return MAX_TOKENS_OF_ANONYMOUS
    return MAX_TOKENS_OF_WEBSITE if actor.kind is ActorKind.WEBSITE else MAX_TOKENS


def most_given(actor: Actor, operation: OperationDefinitionNode) -> MostGiven:
    """Return how much the variables may hold: forms of persons are longer than anything else."""
    is_mutation = operation.operation is OperationType.MUTATION
    return GIVEN_IN_FORMS if is_mutation and actor.kind is ActorKind.PERSON else GIVEN


def fault_of_variables(variables: Mapping[str, Any], most: MostGiven) -> str | None:
    """Tell that variables hold more than may be sent, without counting it all.

    Telling what is wrong with many values, or writing them into a statement, is quadratic. Objects
    are dear: each is looked at for all that it could hold.
    """
    values = objects = 0
    pending: list[Any] = [variables]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            objects += 1
            value = value.values()
        values += len(value)
        if values > most.values:
            return f"The variables hold more than {most.values} values."
        # The variables themselves are one, too.
        if objects > most.objects + 1:
            return f"The variables hold more than {most.objects} objects."
        pending += [item for item in value if isinstance(item, dict | list)]
    return None


def faults(document: DocumentNode) -> list[str]:
    """Tell which limits a document exceeds, the first five."""
    return list(islice(_faults(document), MAX_ERRORS))


def _faults(document: DocumentNode) -> Iterator[str]:
    operations = [
        node for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    fragments = sum(isinstance(node, FragmentDefinitionNode) for node in document.definitions)
    definitions = [
        ("operations", len(operations), MAX_OPERATIONS),
        ("fragments", fragments, MAX_FRAGMENTS),
    ]
    # Each of them is measured, so what is above the limit is not.
    if too_many := list(_above("document", definitions)):
        yield from too_many
        return
    measure = Measure(document)
    for operation in operations:
        try:
            yield from _faults_of(operation, measure)
        except RecursionError:
            yield f"The operation is nested without measure; at most {MAX_DEPTH} levels."
    try:
        measure.all_fragments()
    except RecursionError:
        yield f"A fragment is nested without measure; at most {MAX_DEPTH} levels."
    if measure.written_fields > MAX_WRITTEN_FIELDS:
        yield (
            f"The document asks for {measure.written_fields} fields; at most {MAX_WRITTEN_FIELDS}."
        )
    if measure.written_values > MAX_WRITTEN_VALUES:
        yield (
            f"The document holds {measure.written_values} values; at most {MAX_WRITTEN_VALUES}."
            " Send them as variables."
        )
    if measure.digits > MAX_DIGITS:
        yield f"The document holds a number of {measure.digits} digits; at most {MAX_DIGITS}."


def _faults_of(operation: OperationDefinitionNode, measure: Measure) -> Iterator[str]:
    variables = operation.variable_definitions or ()
    directives = measure.directives(operation.directives)
    for variable in variables:
        directives += measure.directives(variable.directives)
        if variable.default_value is not None:
            measure.value(variable.default_value)
    size = measure.selection(operation.selection_set)
    found = [
        ("levels", size.depth, MAX_DEPTH),
        ("aliases", size.aliases, MAX_ALIASES),
        ("directives", size.directives + directives, MAX_DIRECTIVES),
        ("variables", len(variables), MAX_VARIABLES),
    ]
    if operation.operation is OperationType.MUTATION:
        found.append(("root mutations", size.fields, MAX_ROOT_MUTATIONS))
    else:
        found.append(("root fields", size.fields, MAX_ROOT_FIELDS))
    yield from _above("operation", found)


def _above(whose: str, found: list[tuple[str, int, int]]) -> Iterator[str]:
    for what, count, limit in found:
        if count > limit:
            told = count if count <= _COUNTED else f"more than {_COUNTED}"
            yield f"The {whose} has {told} {what}; at most {limit}."
