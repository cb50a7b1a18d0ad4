"""The plugin `common`: what it declares."""

from collections.abc import Iterable

from softlanding import RuleSet, Step, hookimpl
from softlanding_common.a1.step import A1
from softlanding_common.agreement import AGREEMENT
from softlanding_common.goals.step import GOALS
from softlanding_common.health_cover.step import HEALTH_COVER
from softlanding_common.mobility_9090.step import MOBILITY_9090
from softlanding_common.rule_files import rule_sets
from softlanding_common.travellers.step import TRAVELLERS

CONTRACT = 1


@hookimpl
def rules() -> Iterable[RuleSet]:
    """Declare the figures, one rule set per file."""
    return rule_sets()


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the steps that apply to every stay."""
    return [
        AGREEMENT,
        GOALS,
        TRAVELLERS,
        HEALTH_COVER,
        A1,
        MOBILITY_9090,
    ]
