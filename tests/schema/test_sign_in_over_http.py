"""Signing in over real HTTP: what the socket says counts, not what headers say."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from tests.conftest import Templates

HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def trusted_proxies() -> str:
    """Nobody says who asks."""
    return ""


@pytest.fixture
def server(
    templates: Templates, tmp_path: Path, trusted_proxies: str
) -> Iterator["subprocess.Popen[str]"]:
    """The product over its seeded database, on any port, without a public address."""
    settings = {
        "SOFTLANDING_TRUSTED_PROXIES": trusted_proxies,
        "SOFTLANDING_DATABASE_URL": templates.fresh("sqlite", seeded=True),
        "SOFTLANDING_ENVIRONMENT": "test",
        "SOFTLANDING_PORT": "0",
        "SOFTLANDING_LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("softlanding")), "serve"],
        cwd=tmp_path,
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.terminate()
    process.communicate(timeout=10)


def address_of(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    return server.stdout.readline().removeprefix("serving ").strip()


def tried(server: "subprocess.Popen[str]", forwarded_for: Callable[[int], str]) -> list[int]:
    """Return the statuses of 32 attempts to sign in."""
    with httpx2.Client(base_url=address_of(server), headers=HERE) as client:
        return [
            client.post(
                "/sign-in",
                data={"email": f"somebody{number}@example.org", "password": "wrong"},
                headers={"x-forwarded-for": forwarded_for(number)},
            ).status_code
            for number in range(32)
        ]


def test_whoever_says_to_come_from_many_addresses_is_counted_as_one(
    server: "subprocess.Popen[str]",
) -> None:
    assert tried(server, lambda number: f"203.0.113.{number}") == [401] * 30 + [429] * 2


@pytest.mark.parametrize("trusted_proxies", ["192.0.2.1, 127.0.0.0/8"])
def test_a_trusted_proxy_says_who_asks(server: "subprocess.Popen[str]") -> None:
    assert tried(server, lambda number: f"203.0.113.{number}") == [401] * 32


@pytest.mark.parametrize("trusted_proxies", ["127.0.0.1"])
def test_what_a_client_told_the_proxy_counts_for_nothing(server: "subprocess.Popen[str]") -> None:
    said = [401] * 30 + [429] * 2
    assert tried(server, lambda number: f"198.51.100.{number}, 203.0.113.1") == said


def test_a_link_leads_to_us_whatever_host_was_asked_for(server: "subprocess.Popen[str]") -> None:
    address = address_of(server)
    answer = httpx2.post(
        f"{address}/password/forgotten",
        data={"email": "office@example.org"},
        headers={**HERE, "host": "evil.example"},
    )
    assert answer.status_code == 200
    server.terminate()
    _, told = server.communicate(timeout=10)
    links = re.findall(r"http\S+(?=/password/new\?link=[\w-]{43})", told)
    assert links == [address]
