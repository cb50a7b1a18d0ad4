"""Where the mail server is, and who the mail is from."""

from typing import Literal, Self

from email_validator import EmailNotValidError, validate_email
from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from softlanding import PluginSettings

_USUAL_PORTS = {"STARTTLS": 587, "TLS": 465, "NONE": 25}


class EmailSettings(PluginSettings):
    """Settings of the plugin; without a host nothing is sent by e-mail.

    `security` is STARTTLS (587), TLS from the first byte (465) or NONE (25), for a server on the
    same machine.
    """

    model_config = SettingsConfigDict(env_prefix="SOFTLANDING_EMAIL_")

    host: str = ""
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["STARTTLS", "TLS", "NONE"] = "STARTTLS"
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str = ""
    sender_name: str = "Soft Landing"
    timeout: float = Field(default=10.0, gt=0, le=15)

    @field_validator("sender")
    @classmethod
    def _an_address(cls, sender: str) -> str:
        if sender:
            try:
                return validate_email(sender, check_deliverability=False).normalized
            except EmailNotValidError as error:
                raise ValueError(str(error)) from None
        return sender

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.host and not self.sender:
            raise ValueError("with a host, a sender is needed: SOFTLANDING_EMAIL_SENDER")
        if self.user and self.security == "NONE":
            raise ValueError("a password is not sent without TLS: choose STARTTLS or TLS")
        return self

    @property
    def port_in_use(self) -> int:
        """The port: the usual one of the security where none is named."""
        return self.port or _USUAL_PORTS[self.security]
