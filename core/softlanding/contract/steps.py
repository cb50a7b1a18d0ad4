"""The declaration of an onboarding step."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel

from softlanding.contract.context import CheckContext
from softlanding.contract.verdicts import Verdict
from softlanding.domain.conditions import ALWAYS, Condition
from softlanding.domain.onboarding import NO_LEAD, Lead
from softlanding.domain.snapshots import StaySnapshot
from softlanding.domain.texts import Text
from softlanding.domain.vocabulary import Party, Severity

Check: TypeAlias = Callable[[Any, StaySnapshot, CheckContext], Awaitable[Verdict]]
"""`async (answers, stay, ctx) -> Verdict`: no effects; `answers` is an instance of the form."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One onboarding step, as data.

    - `key` is `<plugin key>.<name>`; `title` and `help` are texts by language, English at least.
    - `filled_by` may answer; `signed_by` sign, in this order. Without a `check` there must be a
      signature: such a step is signed off by hand.
    - `applies` decides over `stay.arrival`, `startup.country`, `startup.nace`, `home.slug`,
      `host.slug`, `host.country`, … and `answers.<step key>.<field>`; unknown means it applies.
    - `due` counts days from the arrival, negative before it; `lead` is the time from acting on
      the step to its result, which must come before the arrival.
    - `after` names steps that must be settled first, `reads` steps whose answers the check is
      given in `ctx.answers`, both by full key, also of other plugins.
    - `rule_set` is the key of the figures that the check is given in `ctx.rules`, of this or
      another plugin.
    - `timeout` is in seconds.
    """

    key: str
    title: Text
    help: Text
    filled_by: frozenset[Party]
    due: int
    severity: Severity
    form: type[BaseModel] | None = None
    check: Check | None = None
    signed_by: tuple[Party, ...] = ()
    applies: Condition = ALWAYS
    after: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    lead: Lead = NO_LEAD
    rule_set: str | None = None
    timeout: float = 5.0
