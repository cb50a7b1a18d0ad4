"""What commands have in common: settings, and the open core."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import ValidationError

from softlanding.services.boot import load_plugins, open_core
from softlanding.services.core import Core
from softlanding.settings import Settings, read_settings
from softlanding.storage.record import Acting
from softlanding_schema.compose import compose
from softlanding_schema.server.logs import configure_logs

Result = TypeVar("Result")


def settings_with_logs() -> Settings:
    """Return the settings, with the log they ask for."""
    settings = read_settings()
    configure_logs(settings.log_level)
    return settings


def fault_of(error: ValidationError) -> str:
    """Return the first fault of what was given, with its name, in a line."""
    first = error.errors()[0]
    return f"{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}"


def with_core(command: str, work: Callable[[Core], Awaitable[Result]]) -> Result:
    """Do something with the open core, and return what it returns; `command` is recorded."""
    settings = settings_with_logs()
    acting = Acting(kind="COMMAND", action=command)

    async def work_with_core() -> Result:
        _, registry = compose(load_plugins(settings))
        async with open_core(settings, registry) as core:
            return await work(core.acting(acting))

    return asyncio.run(work_with_core())
