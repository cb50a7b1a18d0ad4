"""The only call into a plugin's code at run time: contained, timed, logged.

Contained are exceptions (`SystemExit` too), slow awaits, wrong types and late results. A check
that fails in any of these ways answers `NEEDS_REVIEW`: a failure may delay a stay, it never
approves one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from pydantic import BaseModel

from softlanding.contract.context import CheckContext, PluginContext
from softlanding.contract.graphql import GraphQLField
from softlanding.contract.rules import RuleUnknown
from softlanding.contract.steps import Step
from softlanding.contract.verdicts import Record, Verdict
from softlanding.domain.snapshots import StaySnapshot
from softlanding.domain.vocabulary import Outcome
from softlanding.host.verdict_faults import verdict_fault
from softlanding.tasks import spawn

log = structlog.get_logger("softlanding.host")


class PluginFailed(Exception):  # noqa: N818 - told to a person, with the plugin's name
    """A plugin's function raised, hung or answered nonsense."""

    def __init__(self, plugin: str, reason: str) -> None:
        super().__init__(f"The plugin {plugin} failed: {reason}")
        self.plugin = plugin
        self.reason = reason


class _ExitError(Exception):
    """A plugin called `sys.exit`; raised as such, it would end the event loop."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A verdict, and what the core knows about it: the figures used, and until when they hold.

    `records` are those of the plugin's verdict; None when the plugin gave no verdict, so that
    what an earlier one left behind is kept.
    """

    verdict: Verdict
    records: tuple[Record, ...] | None = None
    rule_set_key: str | None = None
    rule_set_version: str | None = None
    valid_until: date | None = None


async def check(
    step: Step, answers: BaseModel | None, stay: StaySnapshot, ctx: CheckContext
) -> Checked:
    """Run a step's check; whatever goes wrong is a `NEEDS_REVIEW` that says so."""
    assert step.check is not None  # noqa: S101 - the caller asks for steps that have one
    try:
        verdict = await call(
            ctx.plugin, step.key, step.check, answers, stay, ctx, timeout=step.timeout
        )
        _require_verdict(ctx.plugin, verdict)
    except PluginFailed as failure:
        return Checked(verdict=_review("CHECK_FAILED", f"The check failed: {failure.reason}."))
    except RuleUnknown as unknown:
        return Checked(
            verdict=_review("RULE_UNKNOWN", f"A person must decide: {unknown}."),
            **_rules(step, ctx),
        )
    return Checked(verdict=verdict, records=tuple(verdict.records), **_rules(step, ctx))


def _rules(step: Step, ctx: CheckContext) -> dict[str, Any]:
    ends = [rules.valid_until for rules in ctx.rule_sets.values() if rules.valid_until]
    known = ctx.rules.rule_set if step.rule_set in ctx.rule_sets else None
    return {
        "rule_set_key": known and known.key,
        "rule_set_version": known and known.version,
        "valid_until": min(ends, default=None),
    }


def _review(code: str, sentence: str) -> Verdict:
    return Verdict(outcome=Outcome.NEEDS_REVIEW, code=code, message={"en": sentence})


def _require_verdict(plugin: str, verdict: object) -> None:
    if fault := verdict_fault(verdict):
        raise PluginFailed(plugin, fault)


async def load(
    field: GraphQLField, items: Sequence[object], ctx: PluginContext
) -> Sequence[object]:
    """Run a field's batch loader; raises `PluginFailed` unless it answers once per item."""
    what = f"{field.target} loader"
    values = await call(ctx.plugin, what, field.load, items, ctx, timeout=field.timeout)
    if not isinstance(values, list | tuple) or len(values) != len(items):
        raise PluginFailed(ctx.plugin, f"{what} must answer a list of {len(items)} values")
    for value in values:
        if value is not None and not isinstance(value, field.type):
            raise PluginFailed(
                ctx.plugin, f"{what} answered {type(value).__name__}, not {field.type.__name__}"
            )
    return values


async def call(
    plugin: str,
    what: str,
    function: Callable[..., Awaitable[Any]],
    *arguments: Any,
    timeout: float,  # noqa: ASYNC109 - the timeout of the plugin's function, not of this one
) -> Any:
    """Await a plugin's function for at most `timeout` seconds.

    A function that swallows its cancellation is left behind, not waited for. Raises
    `PluginFailed`, or `RuleUnknown` as it is.
    """

    async def contained() -> Any:
        try:
            return await function(*arguments)
        except SystemExit as error:
            raise _ExitError(f"it called sys.exit({error.code!r})") from error

    started = time.monotonic()
    task = spawn(contained(), name=f"plugin {plugin}: {what}")
    try:
        done, _ = await asyncio.wait({task}, timeout=timeout)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if not done:
        task.cancel()
        task.add_done_callback(lambda late: late.cancelled() or late.exception())
        reason = f"no answer within {timeout:g} s"
    elif task.cancelled():
        reason = "it cancelled itself"
    else:
        error = task.exception()
        if error is None:
            return task.result()
        if isinstance(error, RuleUnknown):
            raise error
        reason = _reason(error)
    log.warning(
        "plugin failed", plugin=plugin, what=what, reason=reason, seconds=time.monotonic() - started
    )
    raise PluginFailed(plugin, reason)


def answer(plugin: str, what: str, function: Callable[..., object], *arguments: Any) -> object:
    """Call a plugin's plain function; raises `PluginFailed` for what it raises."""
    try:
        return function(*arguments)
    except (Exception, SystemExit) as error:
        log.warning("plugin failed", plugin=plugin, what=what, reason=_reason(error))
        raise PluginFailed(plugin, _reason(error)) from None


def _reason(error: BaseException) -> str:
    text = (str(error).strip().splitlines() or [""])[0][:200]
    if isinstance(error, _ExitError):
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
