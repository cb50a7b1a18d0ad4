"""What tests of the schema share."""

import pytest
from tests.schema.listed import Network

from softlanding.testing.house import House


@pytest.fixture
async def network(house: House) -> Network:
    """The small network, in an empty house."""
    made = Network()
    await made.write(house)
    return made
