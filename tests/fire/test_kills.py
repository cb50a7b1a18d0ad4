"""kill -9 under load: what was acknowledged is there, nothing is half, nothing twice."""

import asyncio
import random
from pathlib import Path

from tests.counts import count
from tests.fire.whole import faults
from tests.fire.writers import Promises, admin_token, clients
from tests.serving import Serving

from softlanding.host.registry import Registry
from softlanding.tasks import spawn
from tests.conftest import Templates


async def test_a_server_that_is_killed_keeps_what_it_promised(
    engine: str,
    templates: Templates,
    registry: Registry,
    tmp_path: Path,
) -> None:
    chance = random.Random(f"kills {engine}")
    url = templates.fresh(engine, seeded=True)
    token = await admin_token(url, registry)
    promises, seconds = Promises(), []
    serving = Serving(url, tmp_path)
    async with serving:
        everybody = await clients(serving.address, token, promises, "fire")
        for _ in range(count("kills under load")):
            stop = asyncio.Event()
            writing = [
                spawn(one.write(serving.address, until=stop), name="client") for one in everybody
            ]
            await promises.reach(chance.randint(4, 40))
            serving.kill()
            await asyncio.gather(*writing)
            seconds.append(serving.start())
        serving.kill()
        assert await faults(serving, promises, registry) == []
    print(f"{promises.count} promises kept; back in {max(seconds):.1f} s at most")
