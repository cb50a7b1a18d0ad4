"""A mail server in a process of its own, and the letters that it took."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from softlanding import PluginContext
from softlanding.testing.checks import plugin_context
from softlanding_email import plugin
from softlanding_email.settings import EmailSettings


class MailServer:
    """A mail server that runs, and its folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self.port = port

    @property
    def letters(self) -> list[EmailMessage]:
        """The letters that it took, first one first."""
        return [
            message_from_bytes(file.read_bytes(), policy=default)
            for file in sorted(self._folder.glob("*.eml"))
        ]


def _served(folder: Path, *more: str) -> Iterator[MailServer]:
    folder.mkdir()
    server = Path(__file__).with_name("smtp_server.py")
    process = subprocess.Popen(  # noqa: S603 - our own server
        [sys.executable, str(server), str(folder), *more], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        yield MailServer(folder, int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server without TLS."""
    yield from _served(tmp_path / "letters")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that nobody knows, with its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    file.with_name("key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


@pytest.fixture
def secure_server(tmp_path: Path, certificate: Path) -> Iterator[MailServer]:
    """A mail server that takes letters over TLS alone."""
    key = certificate.with_name("key.pem")
    yield from _served(tmp_path / "secure", str(certificate), str(key))


@pytest.fixture
def context() -> Callable[[EmailSettings], PluginContext]:
    """Return what the channel is given, with some settings."""

    def with_settings(settings: EmailSettings) -> PluginContext:
        return replace(plugin_context(plugin, today=date(2026, 11, 22)), settings=settings)

    return with_settings
