"""The guarded way out over HTTP, for addresses that others chose.

A name is resolved once, every address that it has is checked, and the connection is made to an
address that was, so that nobody can point it elsewhere in between; TLS still verifies the name.
`bounded_http` asks the provider of OpenID Connect, whose address whoever runs the product chose.
"""

import asyncio
import time
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from softlanding.contract.outgoing import Answered, NotReached

NOT_PUBLIC = "its host is not on the public Internet"
_LONGEST_ADDRESS = 2000
_SPECIAL = tuple(
    ip_network(text)
    for text in (
        "::/96",  # IPv4-compatible (RFC 4291, 2.5.5.1)
        "64:ff9b::/96",  # NAT64 (RFC 6052): leads to any IPv4 address
        "64:ff9b:1::/48",  # NAT64 of a network of one's own (RFC 8215)
        "2001::/32",  # Teredo (RFC 4380)
        "2002::/16",  # 6to4 (RFC 3056)
        "fec0::/10",  # site-local (RFC 3879)
        "192.88.99.0/24",  # 6to4 relays (RFC 7526)
    )
)


def is_public(text: str) -> bool:
    """Tell whether an IP address is one of the public Internet."""
    address = ip_address(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    special = any(address.version == one.version and address in one for one in _SPECIAL)
    return address.is_global and not address.is_multicast and not special


def require_address(address: str, *, local: bool = False) -> SplitResult:
    """Return the parts of an address that may be asked; raises `NotReached` with what is wrong.

    `local` allows plain http, as for receivers on the same machine in development.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotReached("the address is no address") from None
    if len(address) > _LONGEST_ADDRESS or not address.isascii() or " " in address:
        raise NotReached("the address is longer than 2000 characters, or not plain ASCII")
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        raise NotReached("the address must begin with https://")
    if not parts.hostname or "%" in parts.hostname or port == 0:
        raise NotReached("the address names no host that can be asked")
    if not _may_be_named(parts.hostname, local=local):
        raise NotReached(NOT_PUBLIC)
    if parts.username is not None or parts.password is not None:
        raise NotReached("the address must carry no user and no password")
    return parts


def may_be_asked(address: str, *, local: bool) -> bool:
    """Tell whether an IP address may be asked: a public one or, where `local`, this machine's."""
    return is_public(address) or (local and ip_address(address).is_loopback)


def _may_be_named(host: str, *, local: bool) -> bool:
    # What is no plain IP address is a name, or a notation for one, that is looked up when asked.
    try:
        ip_address(host)
    except ValueError:
        return True
    return may_be_asked(host, local=local)


class OutgoingHTTP:
    """Posts to public addresses; where `local`, to those of this machine too."""

    def __init__(self, *, local: bool = False) -> None:
        self._local = local

    async def post(
        self, address: str, body: bytes, headers: Mapping[str, str], *, seconds: float = 10.0
    ) -> Answered:
        """Post something; returns any answer, redirects too; raises `NotReached`."""
        # The library takes long to load, and not everybody posts something.
        from softlanding.services.guarded_connections import exchange

        require_address(address, local=self._local)
        started = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                status, answer = await exchange(address, body, headers, self._may_be_asked)
        except TimeoutError:
            raise NotReached(f"no whole answer within {seconds:g} s") from None
        return Answered(status=status, body=answer, seconds=time.monotonic() - started)

    def _may_be_asked(self, address: str) -> bool:
        return may_be_asked(address, local=self._local)
