"""A message as Slack's Block Kit.

Texts are marked up by Slack: `&`, `<` and `>` are escaped, and asterisks, underscores and the like
can make a word bold, and no more. Limits: https://docs.slack.dev/reference/block-kit/blocks,
checked on 2026-11-23.
"""

import json
from typing import Any

from softlanding import Message, MessageItem

_HEADER = 150
_SECTION = 3000
_BLOCKS = 50


def body_of(message: Message) -> bytes:
    """Return what is posted to an incoming webhook: a text for notifications, and blocks."""
    sections = [
        *(_escaped(paragraph) for paragraph in message.paragraphs),
        *(_listed(item) for item in message.items),
        *(_escaped(paragraph) for paragraph in message.closing),
    ]
    blocks = [_header(message.subject), *(_section(text) for text in sections)]
    if len(blocks) > _BLOCKS:
        left_out = len(blocks) - _BLOCKS + 1
        blocks = [*blocks[: _BLOCKS - 1], _section(f"… +{left_out}")]
    return json.dumps(
        {"text": _cut(_escaped(message.subject), _SECTION), "blocks": blocks}
    ).encode()


def _header(text: str) -> dict[str, Any]:
    plain = {"type": "plain_text", "text": _cut(text, _HEADER), "emoji": False}
    return {"type": "header", "text": plain}


def _section(text: str) -> dict[str, Any]:
    marked = {"type": "mrkdwn", "text": _cut(text, _SECTION), "verbatim": False}
    return {"type": "section", "text": marked}


def _listed(item: MessageItem) -> str:
    text = f"<{item.url}|{_escaped(item.text)}>" if item.url else _escaped(item.text)
    return f"• {text}\n{_escaped(item.detail)}" if item.detail else f"• {text}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
