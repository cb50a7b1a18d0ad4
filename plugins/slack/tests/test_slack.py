"""Messages in Slack, posted to a receiver on this machine."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from softlanding import Addressee, Message, MessageItem, NotReached, PluginContext
from softlanding.testing.checks import plugin_context
from softlanding.testing.conventions import faults
from softlanding_slack import plugin
from softlanding_slack.blocks import body_of
from softlanding_slack.channel import NotPosted, reaches, send
from softlanding_slack.settings import SlackSettings

GTEC = Addressee(kind="INCUBATOR", address="gtec", name="GTEC", locale="de")
MESSAGE = Message(
    id="delivery-1",
    to=GTEC,
    subject="A & B bei <GTEC>",
    paragraphs=("Es ist <!channel> so weit & gut.",),
    items=(
        MessageItem(text="Ziele: zu beantworten.", detail="Fällig am 2027-03-01."),
        MessageItem(text="Mehr > weniger", url="https://softlanding.example.org/a"),
    ),
    closing=("https://softlanding.example.org",),
)


def context(webhook: str) -> PluginContext:
    settings = SlackSettings.model_validate({"webhooks": {"gtec": webhook}})
    return replace(plugin_context(plugin, today=date(2026, 11, 22)), settings=settings)


@asynccontextmanager
async def slack(status: str, said: bytes) -> AsyncIterator[tuple[str, list[Any]]]:
    """Answer like Slack; yields the address, and what is posted there."""
    posted: list[Any] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        posted.append(json.loads(await reader.readexactly(length)))
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(said)}\r\n\r\n".encode() + said)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/services/T/B/secret", posted


def texts(body: Any) -> list[str]:
    return [block["text"]["text"] for block in body["blocks"]]


async def test_a_message_is_posted_as_blocks_whose_texts_mark_nothing_up() -> None:
    async with slack("200 OK", b"ok") as (address, posted):
        await send(MESSAGE, context(address))
    (body,) = posted
    assert body["text"] == "A &amp; B bei &lt;GTEC&gt;"
    assert [(block["type"], block["text"]["type"]) for block in body["blocks"]] == [
        ("header", "plain_text"),
        *[("section", "mrkdwn")] * 4,
    ]
    assert texts(body) == [
        "A & B bei <GTEC>",
        "Es ist &lt;!channel&gt; so weit &amp; gut.",
        "• Ziele: zu beantworten.\nFällig am 2027-03-01.",
        "• <https://softlanding.example.org/a|Mehr &gt; weniger>",
        "https://softlanding.example.org",
    ]


def test_long_messages_are_cut_to_what_slack_takes() -> None:
    message = Message(
        to=GTEC,
        subject="s" * 200,
        paragraphs=("p" * 4000,),
        items=tuple(MessageItem(text=f"item {number}") for number in range(100)),
    )
    told = texts(json.loads(body_of(message)))
    assert (len(told), told[-1]) == (50, "… +53")
    assert (told[0], told[1]) == ("s" * 149 + "…", "p" * 2999 + "…")


@pytest.mark.parametrize(
    ("status", "said", "told"),
    [
        ("404 Not Found", b"no_service", "Slack answered 404: no_service"),
        ("410 Gone", b"channel_is_archived", "Slack answered 410: channel_is_archived"),
        ("429 Too Many Requests", b"", "Slack answered 429: "),
        ("302 Found", b"", "Slack answered 302: "),
        ("500 Internal Server Error", b"x" * 500, f"Slack answered 500: {'x' * 100}"),
    ],
)
async def test_what_slack_refuses_is_told_without_the_address(
    status: str, said: bytes, told: str
) -> None:
    async with slack(status, said) as (address, _):
        with pytest.raises(NotPosted) as refused:
            await send(MESSAGE, context(address))
    assert str(refused.value) == told


async def test_an_address_that_is_none_is_told_without_it() -> None:
    with pytest.raises(NotReached) as refused:
        await send(MESSAGE, context("hooks.slack.com/services/secret"))
    assert "secret" not in str(refused.value)


def test_incubators_are_reached_whose_slack_is_known() -> None:
    known = context("https://hooks.slack.com/services/T/B/secret")
    assert reaches(GTEC, known) is True
    assert reaches(replace(GTEC, address="imt-starter"), known) is False
    assert reaches(Addressee(kind="PERSON", address="gtec"), known) is False
    assert "secret" not in repr(known.settings)


def test_the_plugin_keeps_the_conventions() -> None:
    assert faults(plugin) == []
