"""Messages by e-mail, read from a mail server in a process of its own."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType
from typing import Protocol

import pytest
from pydantic import ValidationError

from softlanding import Addressee, Message, MessageItem, PluginContext
from softlanding.testing.conventions import faults
from softlanding.testing.house import House
from softlanding_email import plugin
from softlanding_email.channel import NotSent, reaches, send
from softlanding_email.settings import EmailSettings

Context = Callable[[EmailSettings], PluginContext]


OpenHouse = Callable[[Mapping[str, ModuleType]], AbstractAsyncContextManager[House]]


class MailServer(Protocol):
    """A mail server that runs, as the fixtures give it."""

    port: int

    @property
    def letters(self) -> Sequence[EmailMessage]: ...


MARA = Addressee(kind="PERSON", address="mara@example.org", name="Mara Müller", locale="de")
MESSAGE = Message(
    id="delivery-1",
    to=MARA,
    subject="Polderlens bei GTEC",
    paragraphs=("Es ist <b>so</b> weit & gut:", "https://softlanding.example.org/a?b=1"),
    items=(MessageItem(text="Ziele: zu beantworten.", detail="Fällig am 2027-03-01.", url=""),),
    closing=("https://softlanding.example.org",),
)


def settings(port: object, **more: object) -> EmailSettings:
    given = {"host": "localhost", "security": "NONE", "sender": "office@example.org", **more}
    return EmailSettings.model_validate({"port": port, **given})


def part(mail: EmailMessage, subtype: str) -> str:
    body = mail.get_body((subtype,))
    assert body is not None
    return str(body.get_content())


async def test_a_letter_says_the_same_in_plain_text_and_in_html(
    server: MailServer, context: Context
) -> None:
    await send(MESSAGE, context(settings(server.port)))
    (mail,) = server.letters
    named = ("From", "To", "Subject", "Content-Language", "Auto-Submitted")
    assert {name: str(mail[name]) for name in named} == {
        "From": "Soft Landing <office@example.org>",
        "To": "Mara Müller <mara@example.org>",
        "Subject": "Polderlens bei GTEC",
        "Content-Language": "de",
        "Auto-Submitted": "auto-generated",
    }
    assert part(mail, "plain").splitlines() == MESSAGE.text.splitlines()
    html = part(mail, "html")
    assert '<html lang="de">' in html
    assert "<p>Es ist &lt;b&gt;so&lt;/b&gt; weit &amp; gut:</p>" in html
    assert '<a href="https://softlanding.example.org/a?b=1"' in html
    assert re.search(r"Ziele: zu beantworten\.\s*<br><span[^>]*>Fällig am 2027-03-01\.", html)


async def test_a_repetition_carries_the_same_message_id(
    server: MailServer, context: Context
) -> None:
    again = settings(server.port)
    for _ in range(2):
        await send(MESSAGE, context(again))
    other = Message(id="delivery-2", to=MARA, subject="Other")
    await send(other, context(again))
    once = Message(to=MARA, subject="Once")
    await send(once, context(again))
    await send(once, context(again))
    ids = [str(mail["Message-ID"]) for mail in server.letters]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", one) for one in ids)


async def test_line_breaks_in_names_and_subjects_begin_no_header(
    server: MailServer, context: Context
) -> None:
    mean = "Mara\r\nBcc: others@example.org"
    message = Message(
        to=Addressee(kind="PERSON", address="mara@example.org", name=mean), subject=mean
    )
    await send(message, context(settings(server.port, sender_name=mean)))
    (mail,) = server.letters
    assert mail["Bcc"] is None
    assert str(mail["Subject"]) == "Mara Bcc: others@example.org"


@pytest.mark.parametrize(
    ("address", "sender", "told"),
    [
        (
            "refused@example.org",
            "office@example.org",
            "the mail server refused the recipient: 550 5.1.1 no such mailbox",
        ),
        (
            "busy@example.org",
            "office@example.org",
            "the mail server refused the recipient: 450 4.2.1 the mailbox is busy",
        ),
        (
            "mara@example.org",
            "refused@example.org",
            "the mail server refused the letter: 550 5.7.1 this sender may not send here",
        ),
    ],
)
async def test_what_the_server_refuses_is_told_in_a_sentence(
    server: MailServer, address: str, sender: str, told: str, context: Context
) -> None:
    message = Message(to=Addressee(kind="PERSON", address=address), subject="Hello")
    with pytest.raises(NotSent) as refused:
        await send(message, context(settings(server.port, sender=sender)))
    assert str(refused.value) == told
    assert server.letters == []


async def test_a_server_that_is_away_is_told_in_a_sentence(
    unused_tcp_port: int, context: Context
) -> None:
    with pytest.raises(NotSent, match=r"^the mail server localhost cannot be reached: "):
        await send(MESSAGE, context(settings(unused_tcp_port)))


async def test_the_certificate_of_the_server_is_verified(
    secure_server: MailServer, certificate: Path, monkeypatch: pytest.MonkeyPatch, context: Context
) -> None:
    secure = settings(secure_server.port, security="STARTTLS")
    with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        await send(MESSAGE, context(secure))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    await send(MESSAGE, context(secure))
    assert len(secure_server.letters) == 1


async def test_a_server_without_tls_is_refused_where_tls_is_asked_for(
    server: MailServer, context: Context
) -> None:
    with pytest.raises(NotSent, match="STARTTLS"):
        await send(MESSAGE, context(settings(server.port, security="STARTTLS")))
    assert server.letters == []


async def test_an_invitation_reaches_the_mailbox_with_its_link(
    server: MailServer, softlanding_house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PORT", server.port), ("HOST", "127.0.0.1"), ("SECURITY", "NONE")):
        monkeypatch.setenv(f"SOFTLANDING_EMAIL_{name}", str(value))
    monkeypatch.setenv("SOFTLANDING_EMAIL_SENDER", "office@example.org")
    async with softlanding_house({"email": plugin}) as house:
        token = await house.person("Ada Admin", admin=True)
        answer = await house.data(
            """mutation { inviteOfficer(input: {
              name: "Nina New", email: "nina@example.org", role: AUDITOR}) {
              problems { message } } }""",
            token=token,
        )
        assert answer == {"inviteOfficer": {"problems": []}}
    (mail,) = server.letters
    assert (str(mail["To"]), str(mail["Subject"])) == (
        "Nina New <nina@example.org>",
        "An invitation",
    )
    link = re.search(r"\S+/invitations/accept\?link=[\w-]{43}$", part(mail, "plain").strip())
    assert link is not None
    assert f'<a href="{link[0]}"' in part(mail, "html")


def test_people_are_reached_where_a_host_is_named(context: Context) -> None:
    incubator = Addressee(kind="INCUBATOR", address="gtec")
    assert reaches(MARA, context(settings(25))) is True
    assert reaches(incubator, context(settings(25))) is False
    assert reaches(MARA, context(EmailSettings())) is False


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"sender": ""}, "with a host, a sender is needed: SOFTLANDING_EMAIL_SENDER"),
        ({"sender": "office"}, "sender"),
        ({"user": "office"}, "a password is not sent without TLS: choose STARTTLS or TLS"),
        ({"security": "SSL"}, "security"),
        ({"port": 0}, "port"),
    ],
)
def test_settings_that_do_not_work_are_told(given: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(told)):
        settings(**{"port": 25, **given})


def test_the_password_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "password"
    file.write_text("correct horse\n")
    monkeypatch.setenv("SOFTLANDING_EMAIL_PASSWORD_FILE", str(file))
    found = settings(587, security="STARTTLS", user="office")
    assert found.password.get_secret_value() == "correct horse"
    assert "correct horse" not in repr(found)
    assert [
        EmailSettings.model_validate({"security": one}).port_in_use
        for one in ("STARTTLS", "TLS", "NONE")
    ] == [
        587,
        465,
        25,
    ]


def test_the_plugin_keeps_the_conventions() -> None:
    assert faults(plugin) == []
