"""Secrets and signatures by the Standard Webhooks specification, version 1.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, read on
2026-11-23: symmetric signatures, `v1`, HMAC with SHA-256 over id, timestamp and body.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """Return a new secret: 256 bits in base64, behind the prefix by which it is known."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(
    message_id: str, at: datetime, body: bytes, secrets_in_force: Iterable[str]
) -> dict[str, str]:
    """Return the headers of a message, signed with each secret, parted by spaces."""
    timestamp = str(int(at.timestamp()))
    told = f"{message_id}.{timestamp}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{_signature(one, told)}" for one in secrets_in_force),
    }


def _signature(secret: str, told: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
