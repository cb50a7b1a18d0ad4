"""A message as an e-mail: plain text and HTML, which say the same."""

import hashlib
import secrets
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from jinja2 import Environment, PackageLoader, StrictUndefined

from softlanding import Message
from softlanding_email.settings import EmailSettings

_TEMPLATE = Environment(
    loader=PackageLoader("softlanding_email"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
).get_template("message.html")


def letter(message: Message, settings: EmailSettings, now: datetime) -> EmailMessage:
    """Return the e-mail of a message.

    Its `Message-ID` is the same at each attempt, so that a mailbox recognises a repetition.
    """
    mail = EmailMessage(policy=SMTP)
    mail["From"] = formataddr((_line(settings.sender_name), settings.sender))
    mail["To"] = formataddr((_line(message.to.name), message.to.address))
    mail["Subject"] = _line(message.subject)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = _message_id(message, settings)
    # Nobody's absence is to be answered to.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{message.text}\n")
    mail.add_alternative(_TEMPLATE.render(message=message), subtype="html")
    # Last, because headers about the content move into its first part.
    mail["Content-Language"] = message.to.locale
    return mail


def _line(text: str) -> str:
    """Return a text without line breaks, which would begin another header."""
    return " ".join(text.split())


def _message_id(message: Message, settings: EmailSettings) -> str:
    known = f"{message.id} {message.to.address}" if message.id else secrets.token_hex(16)
    name = hashlib.sha256(known.encode()).hexdigest()[:32]
    return f"<{name}@{settings.sender.rpartition('@')[2]}>"
