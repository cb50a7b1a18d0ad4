"""The plugin `common`: what it declares."""

from collections.abc import Iterable

from softlanding import RuleSet, Step, hookimpl
from softlanding_common.agreement import AGREEMENT
from softlanding_common.goals.step import GOALS
from softlanding_common.rule_files import rule_sets

CONTRACT = 1


@hookimpl
def rules() -> Iterable[RuleSet]:
    """Declare the figures of the steps here, and those that partners share."""
    return rule_sets()


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the steps that apply to every stay."""
    return [AGREEMENT, GOALS]
