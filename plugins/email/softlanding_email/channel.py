"""The channel: people, at their e-mail address."""

from datetime import UTC, datetime

from aiosmtplib import (
    SMTP,
    SMTPConnectError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from softlanding import Addressee, Channel, Message, PluginContext
from softlanding_email.letter import letter
from softlanding_email.settings import EmailSettings


class NotSent(Exception):  # noqa: N818 - a sentence for whoever runs the product
    """The mail server did not take a letter; the message says why."""


def _settings(ctx: PluginContext) -> EmailSettings:
    assert isinstance(ctx.settings, EmailSettings)  # noqa: S101 - the plugin declares them
    return ctx.settings


def reaches(addressee: Addressee, ctx: PluginContext) -> bool:
    """Tell whether it is a person, and a mail server is named."""
    return addressee.kind == "PERSON" and bool(_settings(ctx).host)


async def send(message: Message, ctx: PluginContext) -> None:
    """Hand a letter to the mail server; raises `NotSent`."""
    settings = _settings(ctx)
    mail = letter(message, settings, datetime.now(UTC))
    server = SMTP(
        hostname=settings.host,
        port=settings.port_in_use,
        use_tls=settings.security == "TLS",
        start_tls=settings.security == "STARTTLS",
        username=settings.user or None,
        password=settings.password.get_secret_value() or None,
        timeout=settings.timeout,
    )
    try:
        async with server:
            await server.send_message(mail)
    except SMTPRecipientsRefused as refused:
        reason = "; ".join(f"{one.code} {one.message}" for one in refused.recipients)
        raise NotSent(f"the mail server refused the recipient: {reason}") from None
    except SMTPConnectError as error:
        raise NotSent(f"the mail server {settings.host} cannot be reached: {error}") from None
    except SMTPResponseException as refused:
        raise NotSent(
            f"the mail server refused the letter: {refused.code} {refused.message}"
        ) from None
    except (SMTPException, OSError) as error:
        raise NotSent(f"the letter could not be handed over: {error}") from None


CHANNEL = Channel(key="email", reaches=reaches, send=send)
