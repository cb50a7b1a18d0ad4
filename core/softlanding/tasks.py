"""The one way to start a task.

A task keeps the context of whoever starts it, so that the lines it logs carry the id of their
request; what it changes there, it changes for itself alone.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def spawn(work: Coroutine[Any, Any, Result], *, name: str) -> "asyncio.Task[Result]":
    """Start `work` as a task of its own."""
    return asyncio.create_task(work, name=name)
