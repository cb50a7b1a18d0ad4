"""The batch loader of `Startup.f6sNetwork`: two readings for all start-ups."""

from collections.abc import Sequence

from softlanding import AnsweredStep, PluginContext, StartupSnapshot
from softlanding_common.reading import Steps, latest_answers, stays_by_startup
from softlanding_f6s_network.f6s_profile.form import F6sProfile
from softlanding_f6s_network.house import COUNTRY, MFA, PROFILE
from softlanding_f6s_network.mfa.position import CURRENCY
from softlanding_f6s_network.stored import day_of, money_of, values_of
from softlanding_f6s_network.types import (
    F6sNetworkStartup,
    F6sNetworkSubsidyPosition,
    SubsidyRegime,
)


async def load_startups(
    startups: Sequence[StartupSnapshot], ctx: PluginContext
) -> list[F6sNetworkStartup | None]:
    """Return one value per start-up; null for those without a stay in the United Kingdom."""
    stays = await stays_by_startup(startups, ctx, lambda stay: stay.host.country == COUNTRY)
    if not stays:
        return [None for _ in startups]
    every = [stay.id for of_one in stays.values() for stay in of_one]
    steps = await ctx.read.steps(every, [PROFILE, MFA])
    return [
        _startup([steps[stay.id] for stay in stays[startup.id]]) if startup.id in stays else None
        for startup in startups
    ]


def _startup(answered: Sequence[Steps]) -> F6sNetworkStartup:
    """Return what the latest stays tell; `answered` begins with the latest."""
    profile = latest_answers(answered, PROFILE, F6sProfile)
    positions = (_position(steps.get(MFA)) for steps in answered)
    return F6sNetworkStartup(
        f6s_url=None if profile is None else profile.f6s_url,
        subsidy_position=next((one for one in positions if one is not None), None),
    )


def _position(step: AnsweredStep | None) -> F6sNetworkSubsidyPosition | None:
    values = values_of(step)
    used, ceiling, headroom = (
        money_of(values, name, CURRENCY) for name in ("used", "ceiling", "headroom")
    )
    start = day_of(values, "window_start")
    if used is None or ceiling is None or headroom is None or start is None:
        return None
    return F6sNetworkSubsidyPosition(
        regime=SubsidyRegime.UK_MFA,
        used=used,
        ceiling=ceiling,
        headroom=headroom,
        window_start=start,
    )
