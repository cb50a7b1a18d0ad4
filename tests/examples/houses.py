"""A house of its own: a partner with awkward names, stays both ways, and more than a page."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from softlanding.actors import operator
from softlanding.services import incubators, startups, stays
from softlanding.services.clock import FrozenClock
from softlanding.services.core import Core
from softlanding.testing.house import TODAY, open_house, registry_of

OFFICE = operator("office")
SCRIPT = "</script><b>Bold & Söhne</b>"
TEMPLATE = "$label_home ${root} {partner}"
MORE_THAN_A_PAGE = 101


async def furnish(database_url: str) -> None:
    """Make `here` with awkward names, `crowd` with long lists, `there`, and stays between them."""
    async with open_house(
        database_url=database_url, registry=registry_of({}), migrated=True
    ) as house:
        core = house.core
        here = await _incubator(core, slug="here", name="Here \"<i>'", country="FR", city="<Paris>")
        there = await _incubator(core, slug="there", name="There <!--<script>", country="DE")
        awkward = await _startup(
            core,
            here,
            slug="awkward",
            name=SCRIPT,
            country="FR",
            website='https://example.org/"onmouseover="alert(1)',
            summary=[{"locale": "en", "value": f"{SCRIPT} <img src=x onerror=alert(1)>"}],
        )
        template = await _startup(core, here, slug="template", name=TEMPLATE, country="FR")
        guest = await _startup(
            core, there, slug="guest", name="Guest", country="DE", website="https://example.org/"
        )
        await _stay(core, awkward, there, date(2027, 2, 1), date(2027, 2, 28))
        await _stay(core, template, there, date(2026, 6, 1), date(2026, 6, 30))
        await _stay(core, template, there, date(2026, 11, 1), TODAY)
        await _stay(core, guest, here, date(2027, 1, 4), date(2027, 1, 31))
        crowd = await _incubator(core, slug="crowd", name="Crowd", country="NL")
        await _stay(core, guest, crowd, date(2027, 3, 1), date(2027, 3, 31))
        for number in range(MORE_THAN_A_PAGE):
            name = f"S {number:03}"
            slug = name.lower().replace(" ", "-")
            one = await _startup(core, crowd, slug=slug, name=name, country="NL")
            await _stay(core, one, there, date(2027, 4, 1), date(2027, 4, 30))


@contextmanager
def served(database_url: str) -> Iterator[str]:
    """Serve a database by `softlanding serve`, and give the address of its API."""
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("softlanding")), "serve"],
        env={
            **os.environ,
            "SOFTLANDING_DATABASE_URL": database_url,
            "SOFTLANDING_ENVIRONMENT": "test",
            "SOFTLANDING_TODAY": TODAY.isoformat(),
            "SOFTLANDING_PLUGINS": "",
            "SOFTLANDING_PORT": "0",
            "SOFTLANDING_LOG_LEVEL": "ERROR",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("serving "), line
    yield f"{line.split()[1].rstrip('/')}/graphql"
    process.terminate()
    process.wait(timeout=10)
    process.stdout.close()


async def _incubator(core: Core, **values: Any) -> UUID:
    new = incubators.NewIncubator.model_validate(values)
    key = await incubators.create_incubator(core, OFFICE, new)
    await incubators.publish_incubator(core, OFFICE, key, published=True)
    return key


async def _startup(core: Core, home: UUID, **values: Any) -> UUID:
    new = startups.NewStartup.model_validate(values)
    key = await startups.create_startup(core, OFFICE, new, home_id=home)
    await startups.publish_startup(core, OFFICE, key, published=True)
    return key


async def _stay(core: Core, startup: UUID, host: UUID, arrival: date, departure: date) -> None:
    then = replace(core, clock=FrozenClock(date(2026, 5, 1)))
    new = stays.NewStay.model_validate(
        {
            "arrival": arrival,
            "departure": departure,
            "travellers": [{"name": "Somebody", "nationalities": ["FR"]}],
        }
    )
    key = await stays.apply_for_stay(then, OFFICE, new, startup_id=startup, host_id=host)
    for act in ("submit", "review", "accept", "confirm"):
        await stays.move_stay(then, OFFICE, key, act)
