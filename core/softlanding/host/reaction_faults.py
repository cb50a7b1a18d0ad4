"""What is wrong with a plugin's subscribers and channels, in sentences."""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any

from softlanding.contract.channels import Channel
from softlanding.contract.events import Subscriber
from softlanding.host.declarations import LONGEST_TIMEOUT


def subscriber_faults(plugin_key: str, declared: Iterable[object]) -> Iterator[str]:
    """Yield all that is wrong with what `subscribers()` gave."""
    for one in _of_kind(Subscriber, "subscribers", declared):
        if isinstance(one, str):
            yield one
            continue
        yield from (f"subscriber {one.key}: {fault}" for fault in _keyed(plugin_key, one))
        if not one.events:
            yield f"subscriber {one.key}: it names no events"
        for name in ("handle", "recipients"):
            function = getattr(one, name)
            if function is not None and not inspect.iscoroutinefunction(function):
                yield f"subscriber {one.key}: its {name} must be an async function"


def channel_faults(plugin_key: str, declared: Iterable[object]) -> Iterator[str]:
    """Yield all that is wrong with what `channels()` gave."""
    for one in _of_kind(Channel, "channels", declared):
        if isinstance(one, str):
            yield one
            continue
        yield from (f"channel {one.key}: {fault}" for fault in _keyed(plugin_key, one))
        if inspect.iscoroutinefunction(one.reaches):
            yield f"channel {one.key}: its reaches must be a plain function"
        if not inspect.iscoroutinefunction(one.send):
            yield f"channel {one.key}: its send must be an async function"


def _of_kind(kind: type[Any], hook: str, declared: Iterable[object]) -> Iterator[Any]:
    """Yield each declaration once, or the sentence that says what is wrong with it."""
    seen: set[str] = set()
    for one in declared:
        if not isinstance(one, kind):
            yield f"{hook}() gave {one!r}, which is not a {kind.__name__}"
        elif one.key in seen:
            yield f"{hook}() declares {one.key} twice"
        else:
            seen.add(one.key)
            yield one


def _keyed(plugin_key: str, one: Subscriber | Channel) -> Iterator[str]:
    if one.key != plugin_key and not one.key.startswith(f"{plugin_key}."):
        yield f"its key must be {plugin_key}, or begin with {plugin_key}."
    if not 0 < one.timeout <= LONGEST_TIMEOUT:
        yield f"its timeout must be above 0 and at most {LONGEST_TIMEOUT:.0f} seconds"
