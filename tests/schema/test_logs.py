"""What people send is in no line of the log: neither what they ask with nor how they are called."""

from typing import Any

import httpx2
import pytest
import structlog

from softlanding.domain.emails import known_as
from softlanding.testing.house import House
from softlanding_schema.compose import compose
from softlanding_schema.server.app import build_app
from softlanding_schema.server.cookies import Cookies

WORD = "xyzzycanary"
EMAIL = known_as(f"{WORD}@example.org")
BROKEN = f'{{ incubator(slug: "{WORD}") {{ {WORD} }} }}'
READ = "query($slug: String!) { startup(slug: $slug) { name } }"
FIND = f'{{ startups(where: {{ name: {{ contains: "{WORD}" }} }}) {{ nodes {{ name }} }} }}'


@pytest.fixture
def lines() -> list[str]:
    found: list[str] = []

    def keep(logger: object, method: str, event: structlog.typing.EventDict) -> Any:
        found.append(repr(event))
        raise structlog.DropEvent

    structlog.configure(processors=[structlog.processors.format_exc_info, keep])
    return found


async def test_what_people_send_is_in_no_line_of_the_log(seeded: House, lines: list[str]) -> None:
    app = build_app(
        seeded.core,
        compose(seeded.core.registry)[0],
        cookies=Cookies("http://house"),
        write_line=lambda values: lines.append(repr(values)),
    )
    transport = httpx2.ASGITransport(app=app)
    headers = {"user-agent": WORD, "origin": "http://house", "referer": f"http://house/{WORD}"}
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://house", headers=headers
    ) as client:
        signing_in = {"email": EMAIL, "password": f"a long {WORD}"}
        answers = [
            await client.post("/sign-in", data=signing_in),
            await client.post("/graphql", json={"query": BROKEN}),
            await client.post("/graphql", json={"query": READ, "variables": {"slug": WORD}}),
            await client.post("/graphql", json={"query": FIND}),
            await client.post("/graphql", content=f'{{"query": "{WORD}'),
            await client.post(
                "/graphql",
                json={"query": "{ __typename }"},
                headers={"authorization": f"Bearer {WORD}"},
            ),
        ]
    assert [one.status_code < 500 for one in answers] == [True] * len(answers)
    assert len(lines) >= len(answers)
    assert [line for line in lines if WORD in line.lower()] == []
