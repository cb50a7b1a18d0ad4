"""The settings of a provider of OpenID Connect: all of them, or none."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from pydantic import SecretStr

_ISSUER = "SOFTLANDING_OPENID_ISSUER"
_CLIENT_ID = "SOFTLANDING_OPENID_CLIENT_ID"
_SECRET = "SOFTLANDING_OPENID_CLIENT_SECRET"  # noqa: S105 - the name of a setting
_NAME = "SOFTLANDING_OPENID_NAME"


@dataclass(frozen=True, kw_only=True)
class OpenIDSettings:
    """A provider of OpenID Connect, what it calls the product, and what people call it."""

    issuer: str
    client_id: str
    client_secret: SecretStr
    name: str


def openid_settings(
    *,
    issuer: str,
    client_id: str,
    client_secret: SecretStr,
    name: str,
    public_url: str,
    on_trial: bool,
) -> OpenIDSettings | None:
    """Return the provider, None where nothing is set; raises `ValueError` with one line.

    `on_trial` is whether the product runs as demo or test, where the provider may be on this
    machine without https.
    """
    given = {
        _ISSUER: issuer,
        _CLIENT_ID: client_id,
        _SECRET: client_secret.get_secret_value(),
        _NAME: name,
    }
    missing = [setting for setting, value in given.items() if not value]
    if len(missing) == len(given):
        return None
    if missing:
        raise ValueError(
            f"{missing[0]} is missing; to sign in with OpenID Connect set {_ISSUER}, {_CLIENT_ID},"
            f" {_SECRET} (or {_SECRET}_FILE) and {_NAME}, or none of them"
        )
    if not public_url:
        raise ValueError(
            "SOFTLANDING_PUBLIC_URL is missing; the provider of OpenID Connect sends people back"
            " there"
        )
    if reason := _bad_issuer(issuer, on_trial=on_trial):
        raise ValueError(f"{_ISSUER} {reason}")
    return OpenIDSettings(
        issuer=issuer, client_id=client_id, client_secret=client_secret, name=name
    )


def is_loopback(address: str) -> bool:
    """Tell whether an address leads to this machine only."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _bad_issuer(issuer: str, *, on_trial: bool) -> str:
    """Return what is wrong with an issuer, or nothing."""
    try:
        parts = urlsplit(issuer)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is no address"
    if not host or "@" in parts.netloc or parts.query or parts.fragment:
        return "must be an address such as https://accounts.example.org, nothing behind its path"
    if parts.scheme == "https" or (parts.scheme == "http" and on_trial and is_loopback(issuer)):
        return ""
    return "must begin with https://"
