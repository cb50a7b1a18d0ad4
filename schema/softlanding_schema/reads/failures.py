"""Failures of plugins while a plan runs: null in the answer, and an error with the path.

While the answer is put together, a name that nobody can know stands where a value failed; the
places are found when all is there.
"""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any

import orjson
from graphql import FieldNode, GraphQLError

from softlanding.host.guard import PluginFailed


class Failures:
    """The failures of one request."""

    def __init__(self) -> None:
        self._name = ""
        self._failed: list[tuple[Sequence[FieldNode], PluginFailed]] = []

    def add(self, nodes: Sequence[FieldNode], failure: PluginFailed) -> str:
        """Keep a failure and return what stands in its place."""
        self._name = self._name or token_hex(16)
        self._failed.append((nodes, failure))
        return f"{self._name}{len(self._failed) - 1}"

    def told_in(self, data: bytes) -> tuple[bytes, list[GraphQLError]]:
        """Return the data with null where something failed, and the errors with their paths."""
        if not self._failed:
            return data, []
        errors: list[GraphQLError] = []
        answer = self._without(orjson.loads(data), (), errors)
        return orjson.dumps(answer), errors

    def _without(self, value: Any, path: tuple[Any, ...], errors: list[GraphQLError]) -> Any:
        if isinstance(value, dict):
            return {key: self._without(item, (*path, key), errors) for key, item in value.items()}
        if isinstance(value, list):
            return [self._without(item, (*path, place), errors) for place, item in enumerate(value)]
        if isinstance(value, str) and value.startswith(self._name):
            nodes, failure = self._failed[int(value[len(self._name) :])]
            errors.append(
                GraphQLError(str(failure), list(nodes), path=path, original_error=failure)
            )
            return None
        return value
