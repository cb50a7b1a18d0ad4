"""What the tests of the examples share: two APIs over HTTP, and the pages built from them."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.examples.houses import furnish, served
from tests.examples.website_build import build, files

from tests.conftest import Served, Templates


@pytest.fixture(scope="session")
def served_api(served_demo: Served) -> str:
    """Address of the API of the served demonstration."""
    return f"{served_demo.address.rstrip('/')}/graphql"


@pytest.fixture(scope="session")
def own_house(templates: Templates) -> Iterator[str]:
    """Address of the API of a house with awkward names and stays both ways."""
    database_url = templates.fresh("sqlite", seeded=False)
    asyncio.run(furnish(database_url))
    with served(database_url) as address:
        yield address


@pytest.fixture(scope="session")
def french_folder(served_api: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of IMT Starter from the demonstration, in French."""
    folder = tmp_path_factory.mktemp("french") / "out"
    build(folder, api=served_api, language="fr")
    return folder


@pytest.fixture(scope="session")
def awkward_folder(own_house: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the incubator with awkward names."""
    folder = tmp_path_factory.mktemp("awkward") / "out"
    build(folder, api=own_house, partner="here")
    return folder


@pytest.fixture(scope="session")
def french(french_folder: Path) -> dict[str, str]:
    """The text of the French pages by path."""
    return files(french_folder)


@pytest.fixture(scope="session")
def awkward(awkward_folder: Path) -> dict[str, str]:
    """The text of the awkward pages by path."""
    return files(awkward_folder)
