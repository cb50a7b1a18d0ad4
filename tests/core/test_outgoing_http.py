"""The guarded way out: public addresses only, pinned, no redirects, bounded in time and size."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from softlanding import NotReached
from softlanding.services.guarded_connections import MOST_BYTES
from softlanding.services.outgoing_http import OutgoingHTTP, is_public, require_address

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]
PRIVATE = (
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.7",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
)
NOTATIONS = (
    "https://127.0.0.1/",
    "https://localhost/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://127.1/",
    "https://0/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:ffff:7f00:1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1:8443/",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_of_the_public_internet_are_refused(address: str) -> None:
    assert is_public(address) is False


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "192.0.0.9", "93.184.216.34", "2606:2800:220:1::1", "2a00:1450::1"]
)
def test_addresses_of_the_public_internet_are_asked(address: str) -> None:
    assert is_public(address) is True


@pytest.mark.parametrize("address", NOTATIONS)
async def test_a_private_address_is_refused_however_it_is_written(address: str) -> None:
    with pytest.raises(NotReached, match=r"^its host is not on the public Internet$"):
        await OutgoingHTTP().post(address, b"", {})


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://example.org/", "the address must begin with https://"),
        ("ftp://example.org/", "the address must begin with https://"),
        ("//example.org/", "the address must begin with https://"),
        ("https:///path", "the address names no host that can be asked"),
        ("https://[fe80::1%25eth0]/", "the address names no host that can be asked"),
        ("https://example.org:0/", "the address names no host that can be asked"),
        ("https://example.org:99999/", "the address is no address"),
        ("https://[::1/", "the address is no address"),
        ("https://ann:secret@example.org/", "the address must carry no user and no password"),
        (
            "https://exämple.org/",
            "the address is longer than 2000 characters, or not plain ASCII",
        ),
        (
            f"https://example.org/{'a' * 2000}",
            "the address is longer than 2000 characters, or not plain ASCII",
        ),
        ("https://nothing.invalid/", "its host has no address"),
    ],
)
async def test_what_is_no_address_to_post_to_is_told_in_a_sentence(address: str, told: str) -> None:
    with pytest.raises(NotReached) as refused:
        await OutgoingHTTP().post(address, b"", {})
    assert str(refused.value) == told


def test_plain_http_is_for_this_machine_where_a_setting_says_so() -> None:
    assert require_address("http://127.0.0.1:8000/hook", local=True).port == 8000


class Receiver:
    """Somebody who listens on this machine, and what was sent to them."""

    def __init__(self) -> None:
        self.address = ""
        self.requests: list[bytes] = []


@asynccontextmanager
async def receiving(answer: Answer) -> AsyncIterator[Receiver]:
    receiver = Receiver()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        receiver.requests.append(await reader.readuntil(b"\r\n\r\n"))
        try:
            await answer(writer)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    receiver.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook?a=1"
    async with server:
        yield receiver
        server.close()


def saying(text: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(text)
        await writer.drain()

    return answer


async def test_what_is_posted_arrives_and_the_answer_is_told() -> None:
    said = b"HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\ndone"
    async with receiving(saying(said)) as receiver:
        answered = await OutgoingHTTP(local=True).post(
            receiver.address, b"{}", {"content-type": "application/json"}
        )
    assert (answered.status, answered.body) == (201, b"done")
    (request,) = receiver.requests
    line, *headers = request.decode().rstrip().split("\r\n")
    assert line == "POST /hook?a=1 HTTP/1.1"
    assert {"content-type: application/json", "content-length: 2"} <= set(headers)


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    said = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    async with receiving(saying(said)) as receiver:
        answered = await OutgoingHTTP(local=True).post(receiver.address, b"", {})
    assert answered.status == 302
    assert len(receiver.requests) == 1


async def test_an_answer_is_read_up_to_a_size() -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n" + b"x" * (MOST_BYTES + 5000)
    async with receiving(saying(said)) as receiver:
        answered = await OutgoingHTTP(local=True).post(receiver.address, b"", {})
    assert answered.body == b"x" * MOST_BYTES


async def test_whoever_never_answers_or_drips_is_given_up() -> None:
    async def never(writer: asyncio.StreamWriter) -> None:
        await gone.wait()

    async def drips(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not gone.is_set():
            writer.write(b".")
            await writer.drain()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(gone.wait(), 0.01)

    for answer in (never, drips):
        gone = asyncio.Event()
        async with receiving(answer) as receiver:
            with pytest.raises(NotReached, match=r"^no whole answer within 0\.2 s$"):
                await OutgoingHTTP(local=True).post(receiver.address, b"", {}, seconds=0.2)
            gone.set()


@pytest.mark.parametrize("said", [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Le"])
async def test_what_is_no_http_is_told_in_a_sentence(said: bytes) -> None:
    async with receiving(saying(said)) as receiver:
        with pytest.raises(NotReached, match="Error: "):
            await OutgoingHTTP(local=True).post(receiver.address, b"", {})


async def test_nobody_there_is_told_in_a_sentence(unused_tcp_port: int) -> None:
    with pytest.raises(NotReached) as refused:
        await OutgoingHTTP(local=True).post(f"http://127.0.0.1:{unused_tcp_port}/secret", b"", {})
    assert "secret" not in str(refused.value)
