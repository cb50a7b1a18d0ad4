"""A provider of OpenID Connect that does what real ones never do: it answers as it is told."""

import asyncio
import base64
import hmac
import json
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import uvicorn
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.registry import HeaderParameter
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

CLIENT, SECRET = "the-product", "a-secret-of-the-product"

Answer = Callable[[Request], Response]


@cache
def rsa(kid: str) -> RSAKey:
    """Return an RSA key; there is one for each id."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@cache
def elliptic(kid: str) -> ECKey:
    """Return a key on the curve P-256."""
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


def encoded(value: bytes | dict[str, Any]) -> str:
    """Return a part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_hand(header: dict[str, Any], claims: dict[str, Any], secret: bytes | None) -> str:
    """Return a token with a symmetric signature, or with none."""
    signed = f"{encoded(header)}.{encoded(claims)}"
    mac = b"" if secret is None else hmac.digest(secret, signed.encode(), "sha256")
    return f"{signed}.{encoded(mac)}"


def signed(claims: dict[str, Any], key: RSAKey | ECKey, algorithm: str, **header: Any) -> str:
    """Return a token as a provider signs it."""
    told = {"alg": algorithm, "kid": key.kid, **header}
    told = {name: value for name, value in told.items() if value is not None}
    registry = JWSRegistry({"own": HeaderParameter("Of no standard", "int")}, [algorithm])
    return jws.serialize_compact(told, json.dumps(claims), key, registry=registry)


@dataclass(frozen=True)
class FromNow:
    """So many seconds from the moment in which a token is made."""

    seconds: int


@dataclass
class Liar:
    """The provider: what it publishes, what its token holds, how often it was asked for what."""

    issuer: str = ""
    keys: list[RSAKey | ECKey] = field(default_factory=lambda: [rsa("first")])
    discovery: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    forge: Callable[[dict[str, Any]], object] = lambda claims: signed(claims, rsa("first"), "RS256")
    user: dict[str, Any] = field(default_factory=dict)
    instead: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)
    nonce: str = ""
    silence: asyncio.Event = field(default_factory=asyncio.Event)

    def documents(self) -> dict[str, Callable[[], Any]]:
        """Return what it answers, by path."""
        return {
            "/.well-known/openid-configuration": self._discovery,
            "/jwks": lambda: {"keys": [key.as_dict(private=False) for key in self.keys]},
            "/token": self._tokens,
            "/userinfo": lambda: self.user,
        }

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "ES256", "HS256", "none"],
            **self.discovery,
        }

    def _tokens(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "fay",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "email": "fay.founder@example.org",
            "email_verified": True,
            **self.claims,
        }
        claims = {
            name: now + value.seconds if isinstance(value, FromNow) else value
            for name, value in claims.items()
            if value != "left out"
        }
        token = self.forge(claims)
        return {"access_token": "at", "token_type": "Bearer", "id_token": token}

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        path = request.url.path
        self.asked.append(path)
        self.bodies.append(await request.body())
        self.authorizations.append(request.headers.get("authorization", ""))
        if path in self.instead:
            told = self.instead[path](request)
            if told.status_code == 102:
                await self.silence.wait()
            return told
        # In ASCII, so that a document may hold what is no text.
        return Response(json.dumps(self.documents()[path]()), media_type="application/json")


@asynccontextmanager
async def lying() -> AsyncIterator[Liar]:
    """Serve such a provider on a free port of this machine."""
    liar = Liar()
    routes = [Route(path, liar.answer, methods=["GET", "POST"]) for path in liar.documents()]
    listener = socket.create_server(("127.0.0.1", 0))
    liar.issuer = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        Starlette(routes=routes), lifespan="off", log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield liar
    liar.silence.set()
    server.should_exit = True
    await serving
