"""The cookies of the product, and where requests that carry it may come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from softlanding.services.authentication import SESSION_LONGEST

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Cookies:
    """How the product is reached, as browsers see it.

    `public_url` is empty where nobody said so; then the header Host tells. `called` and `holds`
    are the name of the cookie and how long a browser keeps it.
    """

    public_url: str = ""
    https: bool = False
    called: str = "softlanding"
    holds: timedelta = SESSION_LONGEST

    @property
    def name(self) -> str:
        """The name of the cookie; its prefix has browsers keep it to this host and to https."""
        return f"__Host-{self.called}" if self.https else self.called

    def secret_in(self, headers: Mapping[bytes, bytes]) -> str | None:
        """Return the secret of the session that a request carries."""
        for part in headers.get(b"cookie", b"").decode("latin-1").split(";"):
            name, _, value = part.strip().partition("=")
            if name == self.name and value:
                return value
        return None

    def holding(self, secret: str) -> str:
        """Return the header Set-Cookie for a session."""
        return self._set(secret, int(self.holds.total_seconds()))

    def forgetting(self) -> str:
        """Return the header Set-Cookie that ends a session in the browser."""
        return self._set("", 0)

    def _set(self, value: str, seconds: int) -> str:
        secure = "; Secure" if self.https else ""
        return f"{self.name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"

    def address(self, headers: Mapping[bytes, bytes]) -> str:
        """Return the address of the product, without a path."""
        if self.public_url:
            return self.public_url
        scheme = "https" if self.https else "http"
        return f"{scheme}://{headers.get(b'host', b'localhost').decode('latin-1')}"

    def is_from_here(self, headers: Mapping[bytes, bytes]) -> bool:
        """Tell whether one of our own pages sent a request, as the browser says.

        `Sec-Fetch-Site` cannot be written by pages; older browsers send `Origin` with what
        changes something. Without either nobody knows, and that is no.
        """
        site = headers.get(b"sec-fetch-site")
        if site is not None:
            return site == b"same-origin"
        origin = headers.get(b"origin")
        if origin is None:
            return False
        own = _origin(self.address(headers))
        return own is not None and _origin(origin.decode("latin-1")) == own


def _origin(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port, or None for what is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.hostname is None or parts.scheme not in _PORTS:
        return None
    return parts.scheme, parts.hostname, _PORTS[parts.scheme] if port is None else port


def own_path(path: str | None, *, otherwise: str = "/") -> str:
    """Return a path of our own to go on to, or another where it leads elsewhere."""
    if not path or not path.startswith("/") or path[1:2] in {"/", "\\"}:
        return otherwise
    if any(one in path for one in "\\\r\n\t") or not path.isascii():
        return otherwise
    parts = urlsplit(path)
    return path if not parts.scheme and not parts.netloc else otherwise
