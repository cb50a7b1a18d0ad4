"""The pytest fixtures for plugin authors; loaded by pytest wherever softlanding is installed.

async def test_my_step(softlanding_house):
async with softlanding_house({"example": my_plugin_module}) as house:
answer = await house.data("{ incubators { nodes { name } } }")
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from softlanding.testing.house import House


@pytest.fixture
def softlanding_house(
    tmp_path: Path,
) -> "Callable[[Mapping[str, ModuleType]], AbstractAsyncContextManager[House]]":
    """Return a function that opens the product with the given plugins over an empty SQLite."""

    def open_with(
        plugins: Mapping[str, ModuleType],
    ) -> "AbstractAsyncContextManager[House]":
        # Imported here: pytest loads this module in every project that has softlanding.
        from softlanding.testing.house import open_house, registry_of

        return open_house(
            database_url=f"sqlite://{tmp_path / 'house.db'}", registry=registry_of(plugins)
        )

    return open_with
