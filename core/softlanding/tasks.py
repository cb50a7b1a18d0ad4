"""The one way to start a task.

A task started with the caller's context would inherit its transaction: a write acknowledged
later could vanish with somebody else's rollback. So every task starts with an empty context.
"""

import asyncio
import contextvars
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


def spawn(work: Coroutine[Any, Any, Result], *, name: str) -> "asyncio.Task[Result]":
    """Start `work` as a task of its own, with an empty context."""
    loop = asyncio.get_running_loop()
    return loop.create_task(work, name=name, context=contextvars.Context())
