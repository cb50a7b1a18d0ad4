"""The demonstration: one command that makes a database, fills it and serves it."""

import os
from datetime import date
from pathlib import Path

from softlanding.predicates import Equals
from softlanding.services.boot import load_plugins, open_core
from softlanding.services.core import Core
from softlanding.services.password_resets import reset_link
from softlanding.services.seed import ADMIN_EMAIL, seed
from softlanding.services.tokens import create_token, revoke_tokens
from softlanding.settings import Environment, Settings, read_settings
from softlanding.storage import migrate
from softlanding_schema.compose import compose
from softlanding_schema.server.logs import configure_logs
from softlanding_schema.server.run import DEMO_LABEL, run, serve

DEMO_DATABASE = Path("demo.db")
DEMO_TODAY = date(2026, 11, 22)
_QUERY = "{ incubators { nodes { name country startups { nodes { name } } } } }"


def demo_settings() -> Settings:
    """Return the settings of the demonstration; the environment may change the port."""
    given: dict[str, object] = {
        "environment": Environment.DEMO,
        "database_url": f"sqlite://{DEMO_DATABASE}",
        "today": DEMO_TODAY,
    }
    if "SOFTLANDING_LOG_LEVEL" not in os.environ:
        given["log_level"] = "WARNING"
    if "PORT" in os.environ:
        given["port"] = os.environ["PORT"]
    return read_settings(**given)


def demo() -> None:
    """Prepare the demonstration database and serve it."""
    settings = demo_settings()
    configure_logs(settings.log_level)
    if not DEMO_DATABASE.exists():
        print(f"making the database {DEMO_DATABASE}", flush=True)
    run(_demo(settings))


async def _demo(settings: Settings) -> None:
    await migrate.apply(settings.database_url)
    _, registry = compose(load_plugins(settings))
    async with open_core(settings, registry) as core:
        for line in await seed(core):
            print(line, flush=True)
    await serve(settings, started=_told)


async def _told(address: str, core: Core) -> None:
    await revoke_tokens(core, label=DEMO_LABEL)
    token = await create_token(core, label=DEMO_LABEL, email=ADMIN_EMAIL)
    (administrator,) = await core.database.rows.select("persons", Equals("email", ADMIN_EMAIL))
    link = await reset_link(core, administrator["id"])
    print(
        f"""
Soft Landing is at {address}/graphql, its editor GraphiQL at {address}/graphiql
today is {core.clock.today()}, until the mutation setToday moves it

token: {token}

A first query, as everybody may ask it:
  curl -s {address}/graphql -H 'Content-Type: application/json' -d '{{"query": "{_QUERY}"}}'
Add  -H 'Authorization: Bearer <token>'  to ask as the network's administrator.
To sign in with a browser as {ADMIN_EMAIL}, choose a password within an hour:
  {address}/password/new?link={link}

Stop it with Ctrl-C; `make demo-reset` starts afresh.
""",
        flush=True,
    )
