"""What is not served in production."""

import pytest

from softlanding.host.registry import Registry
from softlanding.services.seed import ADMIN_EMAIL
from softlanding.services.tokens import create_token, revoke_tokens
from softlanding.settings import Environment, read_settings
from softlanding.testing.house import open_house
from softlanding_schema.server.run import DEMO_LABEL, CannotServe, open_app
from tests.conftest import PLUGINS, Templates


async def test_a_demonstration_is_not_served_in_production_while_its_token_is_in_force(
    templates: Templates, registry: Registry, engine: str
) -> None:
    url = templates.fresh(engine, seeded=True)
    settings = read_settings(
        environment=Environment.PRODUCTION, database_url=url, plugins=list(PLUGINS)
    )
    async with open_house(database_url=url, registry=registry, migrated=True) as house:
        await create_token(house.core, label=DEMO_LABEL, email=ADMIN_EMAIL)
    with pytest.raises(CannotServe, match=r"^The database is that of a demonstration"):
        async with open_app(settings):
            pass
    async with open_house(database_url=url, registry=registry, migrated=True) as house:
        await revoke_tokens(house.core, label=DEMO_LABEL)
    async with open_app(settings) as (_, core):
        assert core.database.url == url
