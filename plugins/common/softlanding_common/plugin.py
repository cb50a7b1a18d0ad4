"""The plugin `common`: what it declares."""

from collections.abc import Iterable

from softlanding import Step, hookimpl
from softlanding_common.agreement import AGREEMENT
from softlanding_common.goals.step import GOALS

CONTRACT = 1


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the steps that apply to every stay."""
    return [AGREEMENT, GOALS]
