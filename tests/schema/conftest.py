"""What tests of the schema share."""

import asyncio

import pytest
from tests.schema.listed import Network
from tests.schema.walls.scene import Scenes

from softlanding.host.registry import Registry
from softlanding.testing.house import House
from tests.conftest import Templates


@pytest.fixture
async def network(house: House) -> Network:
    """The small network, in an empty house."""
    made = Network()
    await made.write(house)
    return made


@pytest.fixture(scope="session")
def scenes(templates: Templates, registry: Registry) -> Scenes:
    """The scene of the proofs of the walls, made once on each database."""
    return asyncio.run(Scenes.make(templates, registry))
