"""Connections to addresses that were checked when they were made."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpcore2

from softlanding.contract.outgoing import NotReached
from softlanding.services.outgoing_http import NOT_PUBLIC

MOST_BYTES = 64 * 1024
"""So much of an answer is read at most."""


async def exchange(
    address: str, body: bytes, headers: Mapping[str, str], may_be_asked: Callable[[str], bool]
) -> tuple[int, bytes]:
    """Post something to an address whose IP addresses may all be asked; raises `NotReached`.

    Returns the status and the beginning of the answer.
    """
    sent = {
        "host": urlsplit(address).netloc,
        "user-agent": "SoftLanding",
        "accept-encoding": "identity",
        "connection": "close",
        "content-length": str(len(body)),
        **headers,
    }
    try:
        async with (
            httpcore2.AsyncConnectionPool(
                ssl_context=_verified(), network_backend=_Guarded(may_be_asked), max_connections=1
            ) as pool,
            pool.stream(
                "POST",
                address,
                headers=[(name.encode(), value.encode()) for name, value in sent.items()],
                content=body,
            ) as response,
        ):
            read = bytearray()
            async for part in response.aiter_stream():
                read += part
                if len(read) >= MOST_BYTES:
                    break
            return response.status, bytes(read[:MOST_BYTES])
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as error:
        raise NotReached(_told(error)) from None


@cache
def _verified() -> ssl.SSLContext:
    return ssl.create_default_context()


def _told(error: Exception) -> str:
    """Return what went wrong in a line, without the address, which may be a secret."""
    reason = error.__cause__ or error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {reason.verify_message}"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror.lower()
    return f"{type(error).__name__}: {error}"[:200]


class _Guarded(httpcore2.AsyncNetworkBackend):
    """Connects to public addresses alone."""

    def __init__(self, may_be_asked: Callable[[str], bool]) -> None:
        self._may_be_asked = may_be_asked
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Resolve a name, and connect to an address of it that was checked."""
        found = await _addresses(host, port)
        if any(not self._may_be_asked(address) for address in found):
            raise NotReached(NOT_PUBLIC)
        for address in found[:-1]:
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except httpcore2.ConnectError:
                continue
        return await self._inner.connect_tcp(
            found[-1], port, timeout, local_address, socket_options
        )


async def _addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a host, in the order in which they are to be tried."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotReached("its host has no address") from None
    # A zone, as in fe80::1%eth0, is of this machine's networks.
    addresses = [str(info[4][0]).partition("%")[0] for info in found]
    return list(dict.fromkeys(addresses))
