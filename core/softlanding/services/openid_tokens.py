"""The id token of a provider of OpenID Connect: what must hold before it is believed."""

from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, KeySet
from joserfc.jws import JWSRegistry

ALGORITHMS = frozenset(
    {
        *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
        *("ES256", "ES384", "ES512", "Ed25519"),
    }
)
"""Signatures that only the provider can make: `none` and shared secrets are not among them."""
LEEWAY_SECONDS = 60
_LONGEST_SUBJECT = 255


class NotBelieved(Exception):  # noqa: N818 - a token that is refused, told in one line
    """An id token is not what the provider made for this sign-in."""


class UnknownKey(NotBelieved):
    """It is signed with a key that is not among those known."""


def keys_of(published: Mapping[str, Any]) -> KeySet:
    """Return the keys with which a provider signs; those that cannot be used are left out.

    Symmetric ones too: what is published is known to everybody.
    """
    found = published.get("keys")
    keys = []
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and one.get("kty") != "oct" and one.get("use", "sig") == "sig":
            try:
                keys.append(JWKRegistry.import_key(one))
            except (JoseError, ValueError, TypeError, KeyError, AttributeError):
                continue
    return KeySet(keys)


def believed(
    token: object,
    keys: KeySet,
    *,
    algorithms: frozenset[str],
    issuer: str,
    client_id: str,
    nonce: str,
    access_token: str,
    now: int,
) -> dict[str, Any]:
    """Return the claims of an id token; raises `NotBelieved` with the reason.

    Checked are the signature, issuer, audience, authorized party, times, nonce, and the hash of
    the access token where there is one.
    """
    if not isinstance(token, str):
        raise NotBelieved("there is no id token")
    allowed = sorted(ALGORITHMS & algorithms)
    if not allowed:  # the library would take its own choice for none
        raise NotBelieved("the provider names no algorithm that is taken")
    # Headers of their own are the provider's affair; what is critical is still refused.
    registry = JWSRegistry(algorithms=allowed, strict_check_header=False)
    try:
        decoded = jwt.decode(token, keys, algorithms=allowed, registry=registry)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"essential": True, "value": issuer},
                "aud": {"essential": True, "value": client_id},
                "sub": {"essential": True},
                "nonce": {"essential": True},
            },
            params={"client_id": client_id, "nonce": nonce, "access_token": access_token},
        )
        claims.validate(now=now, leeway=LEEWAY_SECONDS)
    except InvalidKeyIdError as error:
        raise UnknownKey(str(error)) from None
    except (JoseError, ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        raise NotBelieved(f"{type(error).__name__}: {error}") from None
    if not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT or not claims["sub"].isprintable():
        raise NotBelieved("the subject is empty or too long")
    return dict(claims)
