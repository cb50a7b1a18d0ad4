"""Settings, read from the environment with the prefix `SOFTLANDING_`."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from ipaddress import ip_network
from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from pydantic import (
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import NoDecode, SettingsConfigDict, SettingsError

from softlanding.openid_settings import OpenIDSettings, openid_settings
from softlanding.settings_from_files import SettingsFromFiles

CACHE_SECONDS = 60
_DRAIN_SECONDS = 3.0
_DEFAULT_PASSWORDS = {"changeme", "password", "postgres", "secret", "softlanding"}
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class Environment(StrEnum):
    """Where the product runs."""

    DEMO = "demo"
    TEST = "test"
    PRODUCTION = "production"


class BadSettings(Exception):  # noqa: N818 - a sentence for the person who starts the product
    """A setting cannot be used; the message is one line that names it."""


class Settings(SettingsFromFiles):
    """All settings of the core and the server. Each plugin has its own class."""

    model_config = SettingsConfigDict(env_prefix="SOFTLANDING_", extra="ignore")

    environment: Environment = Field(
        default=Environment.PRODUCTION, description="demo, test or production."
    )
    database_url: str = Field(
        default="sqlite://softlanding.db",
        description="sqlite://<file> or postgresql://user:password@host:5432/name.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0: any free.")
    today: date | None = Field(
        default=None, description="Freezes the date, for the demo and for tests."
    )
    plugins: Annotated[list[str] | None, NoDecode] = Field(
        default=None, description="Keys of the plugins to load, by commas; unset: all installed."
    )
    required_plugins: Annotated[list[str], NoDecode] = Field(
        default=[], description="Keys of plugins without which the product does not start."
    )
    log_level: str = Field(
        default="INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="Least level logged."
    )
    planned_reads: bool = Field(
        default=True, description="false: graphql-core answers all, without plans compiled to SQL."
    )

    outgoing_local: bool = Field(
        default=False,
        description="Whether what is posted to others may go to this machine, without https; for"
        " development and tests.",
    )
    public_url: str = Field(
        default="",
        description="Address under which people reach the product, such as"
        " https://api.example.org; links in messages begin with it. Cookies are for https, unless"
        " it is http, which only the demo, tests and localhost may use.",
    )
    documents: str = Field(
        default="",
        description="A file of registered documents: a JSON object of texts by their SHA-256, as"
        " GraphQL Code Generator writes it.",
    )
    cache_seconds: int = Field(
        default=CACHE_SECONDS,
        ge=0,
        le=86_400,
        description="How long caches may keep what everybody reads; 0: caches keep nothing.",
    )
    trusted_proxies: Annotated[list[str], NoDecode] = Field(
        default=[],
        description="Addresses and networks, by commas, of proxies whose X-Forwarded-For says who"
        " asks, such as 10.0.0.0/8; unset: nobody's.",
    )
    drain_seconds: float | None = Field(
        default=None,
        ge=0,
        le=300,
        description="How long the product goes on serving after it was told to stop, not ready, so"
        " that balancers look elsewhere; unset: 3 in production, else 0.",
    )
    cors_origins: Annotated[list[str], NoDecode] = Field(
        default=["*"],
        description="Origins, by commas, whose pages may read the API in a browser, such as"
        " https://website.example; `*`: all. Never with the cookie of a session.",
    )
    openid_issuer: str = Field(
        default="",
        description="Issuer of a provider of OpenID Connect to sign in with, such as"
        " https://accounts.example.org; its client id, secret and name are given with it.",
    )
    openid_client_id: str = Field(
        default="", max_length=500, description="What the provider calls the product."
    )
    openid_client_secret: SecretStr = Field(
        default=SecretStr(""), description="The secret that the provider gave the product."
    )
    openid_name: str = Field(
        default="", max_length=80, description="What people call the provider; on the button."
    )

    _openid: OpenIDSettings | None = PrivateAttr(default=None)

    open_introspection: bool | None = Field(
        default=None,
        description="Whether everybody may ask for the schema, or only staff and keys with that"
        " scope; unset: everybody in demo and test.",
    )

    @property
    def shows_schema_to_all(self) -> bool:
        """Whether everybody may ask for the schema and open the editor."""
        if self.open_introspection is None:
            return self.environment is not Environment.PRODUCTION
        return self.open_introspection

    @property
    def drains_for(self) -> float:
        """How many seconds the product goes on serving after it was told to stop."""
        if self.drain_seconds is None:
            return _DRAIN_SECONDS if self.environment is Environment.PRODUCTION else 0
        return self.drain_seconds

    @property
    def openid(self) -> OpenIDSettings | None:
        """The provider of OpenID Connect, where there is one."""
        return self._openid

    @field_validator(
        "plugins", "required_plugins", "cors_origins", "trusted_proxies", mode="before"
    )
    @classmethod
    def _by_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        if not value.startswith(("sqlite://", "postgresql://")):
            raise ValueError("it must begin with sqlite:// or postgresql://")
        parts = urlsplit(value)
        try:
            _ = parts.port
        except ValueError:
            raise ValueError("its port is not a number up to 65535") from None
        if parts.scheme == "postgresql" and not parts.path.strip("/"):
            raise ValueError("it names no database after the host")
        if not parse_qs(parts.query).get("busy_timeout", ["0"])[-1].isdecimal():
            raise ValueError("busy_timeout is not a number of milliseconds")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: list[str]) -> list[str]:
        for network in value:
            try:
                ip_network(network)
            except ValueError:
                raise ValueError(f"{network} is no address and no network") from None
        return value

    @field_validator("cors_origins")
    @classmethod
    def _origins(cls, value: list[str]) -> list[str]:
        for origin in value:
            parts = urlsplit(origin)
            if origin != "*" and origin != f"{parts.scheme}://{parts.netloc}".lower():
                raise ValueError(f"{origin} is no origin: scheme, host and port, without a slash")
        return value

    @field_validator("public_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc):
            raise ValueError("it must begin with https:// and name a host")
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError("it names the host only, nothing behind it")
        return value.rstrip("/")

    @model_validator(mode="after")
    def _safe_in_production(self) -> "Settings":
        if self.environment is Environment.PRODUCTION and (lines := list(self._unsafe())):
            raise ValueError("\n".join(lines))
        return self

    def _unsafe(self) -> Iterator[str]:
        """Yield what is not for production, a line each."""
        is_here = urlsplit(self.public_url).hostname in _THIS_MACHINE
        if self.public_url.startswith("http:") and not is_here:
            yield (
                "SOFTLANDING_PUBLIC_URL must begin with https:// in production, except for"
                " localhost; people sign in there"
            )
        if self.today:
            yield (
                "SOFTLANDING_TODAY is for the demo and tests; unset it or set"
                " SOFTLANDING_ENVIRONMENT=demo"
            )
        if self.outgoing_local:
            yield (
                "SOFTLANDING_OUTGOING_LOCAL is for development: whoever makes a webhook would"
                " reach this machine; unset it"
            )
        if self.log_level == "DEBUG":
            yield "SOFTLANDING_LOG_LEVEL=DEBUG is for development; set INFO"
        if any(ip_network(one).prefixlen == 0 for one in self.trusted_proxies):
            yield (
                "SOFTLANDING_TRUSTED_PROXIES trusts everybody, so nobody's attempts to sign in"
                " would be counted; name your proxies"
            )
        parts = urlsplit(self.database_url)
        if parts.password and parts.password in {*_DEFAULT_PASSWORDS, parts.username}:
            yield "SOFTLANDING_DATABASE_URL holds a password that everybody tries; choose another"

    @model_validator(mode="after")
    def _openid_in_full(self) -> "Settings":
        self._openid = openid_settings(
            issuer=self.openid_issuer,
            client_id=self.openid_client_id,
            client_secret=self.openid_client_secret,
            name=self.openid_name,
            public_url=self.public_url,
            on_trial=self.environment is not Environment.PRODUCTION,
        )
        return self

    @property
    def has_https(self) -> bool:
        """Whether people reach the product by https, so that cookies are for https only."""
        if self.public_url:
            return self.public_url.startswith("https:")
        return self.environment is Environment.PRODUCTION


def read_settings(**overrides: object) -> Settings:
    """Read the settings; raises `BadSettings` with one clear line."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type] # pydantic checks the values
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(["SOFTLANDING", *(str(part).upper() for part in first["loc"])])
        text = first["msg"].removeprefix("Value error, ")
        prefix = f"{name}: " if first["loc"] else ""
        is_told = first["loc"] and "URL" not in name and "SECRET" not in name
        shown = f" (it is {first['input']!r})" if is_told else ""
        raise BadSettings(f"{prefix}{text}{shown}") from None
    except SettingsError as error:
        raise BadSettings(str(error)) from None
