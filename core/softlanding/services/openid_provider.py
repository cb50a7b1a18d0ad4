"""A provider of OpenID Connect, as the product meets it: where to send people, who came back.

Its discovery document and its keys are fetched when they are needed and kept for an hour; the
keys are fetched once more when a token names one that is not among them.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from softlanding.openid_settings import OpenIDSettings, is_loopback
from softlanding.services.bounded_http import SECONDS, BoundedTransport, Unusable, fetch_object
from softlanding.services.openid_tokens import UnknownKey, believed, keys_of

KEPT_SECONDS = 3600.0
DEADLINE_SECONDS = 10.0
"""How long discovery and keys are kept, and how long all calls of one step may take."""


class Discovery(BaseModel):
    """What is used of a discovery document."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    id_token_signing_alg_values_supported: frozenset[str] = frozenset({"RS256"})
    token_endpoint_auth_methods_supported: frozenset[str] = frozenset({"client_secret_basic"})
    authorization_response_iss_parameter_supported: bool = False


@dataclass(frozen=True)
class Identified:
    """Somebody whom the provider knows, with what its id token says of them."""

    subject: str
    claims: Mapping[str, Any]
    access_token: str


class OpenIDProvider:
    """One provider; it keeps what it fetched, and nothing about people."""

    def __init__(self, settings: OpenIDSettings, *, seconds: float = DEADLINE_SECONDS) -> None:
        self.settings = settings
        self._seconds = seconds
        self._discovery: tuple[float, Discovery] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def authorization_url(
        self, *, redirect_uri: str, state: str, nonce: str, code_verifier: str
    ) -> str:
        """Return where to send somebody; raises `Unusable` where the provider cannot tell."""
        async with self._deadline(), self._client(redirect_uri) as client:
            discovery = await self._discovered()
            url, _ = client.create_authorization_url(
                discovery.authorization_endpoint,
                state=state,
                code_verifier=code_verifier,
                nonce=nonce,
            )
            return str(url)

    async def check_origin(self, issuer: str | None) -> None:
        """Refuse an answer that another provider sent (RFC 9207); raises `Unusable`."""
        async with self._deadline():
            must = (await self._discovered()).authorization_response_iss_parameter_supported
        if issuer != self.settings.issuer and (must or issuer is not None):
            raise Unusable(f"the answer names the issuer {issuer!r}")

    async def identified(
        self, *, code: str, redirect_uri: str, nonce: str, code_verifier: str
    ) -> Identified:
        """Exchange a code and return who came back.

        Raises `Unusable` where the provider does not answer as it should, `NotBelieved` where
        its id token is not what it should be.
        """
        async with self._deadline():
            discovery = await self._discovered()
            tokens = await self._exchanged(discovery, code, redirect_uri, code_verifier)
            claims = await self._believed(discovery, tokens, nonce)
            return Identified(claims["sub"], claims, _text(tokens, "access_token"))

    async def verified_email(self, identified: Identified) -> str | None:
        """Return the e-mail address of somebody, if the provider has verified it.

        Some providers tell it in the id token, others only where user information is asked for.
        """
        claims = identified.claims
        if "email" not in claims and identified.access_token:
            async with self._deadline():
                endpoint = (await self._discovered()).userinfo_endpoint
                if endpoint is not None:
                    claims = await fetch_object(endpoint, bearer=identified.access_token)
            if claims.get("sub") != identified.subject:
                raise Unusable("the user information is about somebody else")
        email = claims.get("email")
        is_told = isinstance(email, str) and email.isprintable()
        return email if is_told and claims.get("email_verified") is True else None

    async def _discovered(self) -> Discovery:
        if self._discovery is None or time.monotonic() - self._discovery[0] > KEPT_SECONDS:
            issuer = self.settings.issuer
            address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
            self._discovery = (time.monotonic(), _read(issuer, await fetch_object(address)))
        return self._discovery[1]

    async def _key_set(self, discovery: Discovery, *, again: bool = False) -> KeySet:
        if again or self._keys is None or time.monotonic() - self._keys[0] > KEPT_SECONDS:
            self._keys = (time.monotonic(), keys_of(await fetch_object(discovery.jwks_uri)))
        return self._keys[1]

    async def _exchanged(
        self, discovery: Discovery, code: str, redirect_uri: str, code_verifier: str
    ) -> Mapping[str, Any]:
        try:
            async with self._client(redirect_uri) as client:
                tokens = await client.fetch_token(
                    discovery.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=redirect_uri,
                    code_verifier=code_verifier,
                    auth=self._proof(client, discovery),
                )
        except (AuthlibBaseError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Unusable(f"{discovery.token_endpoint}: {type(error).__name__} {error}") from None
        except (ValueError, TypeError, RecursionError):
            raise Unusable(f"{discovery.token_endpoint}: no tokens in JSON") from None
        return dict(tokens)

    async def _believed(
        self, discovery: Discovery, tokens: Mapping[str, Any], nonce: str
    ) -> dict[str, Any]:
        async def check(keys: KeySet) -> dict[str, Any]:
            return believed(
                tokens.get("id_token"),
                keys,
                algorithms=discovery.id_token_signing_alg_values_supported,
                issuer=self.settings.issuer,
                client_id=self.settings.client_id,
                nonce=nonce,
                access_token=_text(tokens, "access_token"),
                # Not the clock of the product: in the demonstration that stands still, and the
                # provider's does not.
                now=int(time.time()),
            )

        try:
            return await check(await self._key_set(discovery))
        except UnknownKey:
            return await check(await self._key_set(discovery, again=True))

    @asynccontextmanager
    async def _deadline(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._seconds):
                yield
        except TimeoutError:
            raise Unusable(f"no answer within {self._seconds:g} seconds") from None

    def _client(self, redirect_uri: str) -> Any:
        return AsyncOAuth2Client(
            client_id=self.settings.client_id,
            client_secret=self.settings.client_secret.get_secret_value(),
            redirect_uri=redirect_uri,
            scope="openid email",
            code_challenge_method="S256",
            transport=BoundedTransport(),
            timeout=SECONDS,
        )

    def _proof(self, client: Any, discovery: Discovery) -> Any:
        """Return how the product shows the provider that it is itself."""
        if "client_secret_basic" not in discovery.token_endpoint_auth_methods_supported:
            return client.client_auth("client_secret_post")
        # RFC 6749 has both encoded like a form, which the library leaves to us.
        secret = self.settings.client_secret.get_secret_value()
        return httpx2.BasicAuth(quote_plus(self.settings.client_id), quote_plus(secret))


def _read(issuer: str, document: Mapping[str, Any]) -> Discovery:
    """Return what a discovery document says, if the issuer is the one that was asked."""
    try:
        found = Discovery.model_validate(document)
    except ValidationError as error:
        places = ", ".join(str(one["loc"][0]) for one in error.errors())
        raise Unusable(f"the discovery document of {issuer} is not usable at {places}") from None
    if found.issuer != issuer:
        raise Unusable(f"the discovery document of {issuer} is one of {found.issuer!r}")
    for address in (
        found.authorization_endpoint,
        found.token_endpoint,
        found.jwks_uri,
        found.userinfo_endpoint or found.token_endpoint,
    ):
        if not _is_safe(address, on_trial=issuer.startswith("http:")):
            raise Unusable(f"the discovery document of {issuer} leads to {address!r}")
    return found


def _is_safe(address: str, *, on_trial: bool) -> bool:
    try:
        parts = urlsplit(address)
        on_this_machine = is_loopback(address)
    except ValueError:
        return False
    is_https = parts.scheme == "https" and bool(parts.netloc)
    return is_https or (on_trial and parts.scheme == "http" and on_this_machine)


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""
