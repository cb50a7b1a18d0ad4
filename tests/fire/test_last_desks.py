"""The last desks of a host are given once, by two servers on one database."""

import asyncio
from collections import Counter
from datetime import date
from pathlib import Path
from uuid import UUID

import httpx2
from tests.counts import count
from tests.serving import Serving

from softlanding.actors import operator
from softlanding.host.registry import Registry
from softlanding.predicates import AllOf, Equals
from softlanding.services import incubators, startups, stays
from softlanding.services.audit import verify
from softlanding.services.core import Core
from softlanding.services.tokens import create_token
from softlanding.testing.house import open_house
from softlanding_schema.reads.global_ids import encode
from tests.conftest import Templates

DESKS = 20
ADMIN = operator("Ada Admin")
ACCEPT = "mutation($id: ID!) { acceptStay(input: {id: $id}) { problems { code } } }"
ARRIVAL, DEPARTURE = date(2027, 3, 1), date(2027, 3, 30)


async def applications(core: Core, number: int) -> tuple[UUID, list[UUID]]:
    """Return a host with twenty desks, and stays of as many start-ups that it reviews."""
    new = incubators.NewIncubator(
        slug="twenty-desks", name="Twenty Desks", country="AT", stay_capacity=DESKS
    )
    host = await incubators.create_incubator(core, ADMIN, new)
    home = await core.database.rows.by_slug("incubators", "gtec")
    assert home is not None
    found = []
    for one in range(number):
        name = f"Applicant {one}"
        startup = await startups.create_startup(
            core,
            ADMIN,
            startups.NewStartup(slug=f"applicant-{one}", name=name, country="DE"),
            home_id=home["id"],
        )
        stay = await stays.apply_for_stay(
            core,
            ADMIN,
            stays.NewStay(
                arrival=ARRIVAL,
                departure=DEPARTURE,
                travellers=[stays.TravellerInput(name=name, nationalities=["DE"])],
                goals=["A desk"],
            ),
            startup_id=startup,
            host_id=host,
        )
        for transition in ("submit", "review"):
            await stays.move_stay(core, ADMIN, stay, transition)
        found.append(stay)
    return host, found


async def accept(http: httpx2.AsyncClient, token: str, stay: UUID) -> str:
    """Accept a stay until that is decided, and return what was told: the code, or ACCEPTED."""
    body = {"query": ACCEPT, "variables": {"id": encode("Stay", stay)}}
    while True:
        answer = await http.post(
            "/graphql", json=body, headers={"authorization": f"Bearer {token}"}
        )
        told = answer.json()
        codes = [problem["code"] for problem in told["data"]["acceptStay"]["problems"]]
        # Somebody else had the host, or the stay, in hand: nothing is decided yet.
        if codes and codes[0] in {"CONFLICT", "UNAVAILABLE"}:
            continue
        return codes[0] if codes else "ACCEPTED"


async def test_two_servers_give_twenty_desks_to_twenty_stays(
    templates: Templates, registry: Registry, tmp_path: Path
) -> None:
    url = templates.fresh("postgresql", seeded=True)
    asked = count("requests for the last desks")
    async with open_house(database_url=url, registry=registry, migrated=True) as house:
        token = await create_token(house.core, label="fire", email="office@example.org")
        host, applied = await applications(house.core, asked)
    folders = [tmp_path / name for name in ("first", "second")]
    for folder in folders:
        folder.mkdir()
    async with (
        Serving(url, folders[0]) as first,
        Serving(url, folders[1]) as second,
        httpx2.AsyncClient(base_url=first.address, timeout=120) as here,
        httpx2.AsyncClient(base_url=second.address, timeout=120) as there,
    ):
        told = await asyncio.gather(
            *(accept((here, there)[number % 2], token, stay) for number, stay in enumerate(applied))
        )
    assert Counter(told) == {"ACCEPTED": DESKS, "HOST_FULL": asked - DESKS}
    async with open_house(database_url=url, registry=registry, migrated=True) as house:
        accepted = AllOf((Equals("host_id", host), Equals("state", "ACCEPTED")))
        assert len(await house.core.database.rows.select("stays", accepted)) == DESKS
        assert (await verify(house.core)).faults == ()
