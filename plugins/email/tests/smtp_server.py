"""A mail server for tests: keeps each letter in a file, and refuses whom it is told to.

`python smtp_server.py FOLDER [CERTIFICATE KEY]` prints its port. An address that begins with
`refused` is refused, and so is a sender that does; one that begins with `busy` for now.
"""

import asyncio
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Takes letters."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("refused"):
            return "550 5.7.1 this sender may not send here"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("refused"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("busy"):
            return "450 4.2.1 the mailbox is busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        number = len(list(self._folder.iterdir()))
        content = envelope.content
        assert isinstance(content, bytes)
        part = self._folder / f"{number:03}.part"
        part.write_bytes(content)
        part.rename(part.with_suffix(".eml"))
        return "250 OK"


async def serve(folder: Path, context: ssl.SSLContext | None) -> None:
    """Serve until killed."""

    def session() -> SMTP:
        return SMTP(Mailbox(folder), tls_context=context, require_starttls=context is not None)

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - told to the test
    await server.serve_forever()


def main(folder: str, *certificate: str) -> None:
    """Serve with these arguments."""
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
    asyncio.run(serve(Path(folder), context))


if __name__ == "__main__":
    main(*sys.argv[1:])
