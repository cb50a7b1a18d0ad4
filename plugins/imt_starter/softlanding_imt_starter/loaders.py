"""The batch loaders of `Startup.imtStarter` and `Incubator.imtStarter`."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from softlanding import (
    IncubatorSnapshot,
    PluginContext,
    SavedRecord,
    StartupSnapshot,
    StaySnapshot,
)
from softlanding_common.de_minimis.grant import CALLED_OFF, KIND
from softlanding_common.euros import money
from softlanding_common.reading import Steps, latest_answers, stays_by_startup
from softlanding_imt_starter.house import SLUG
from softlanding_imt_starter.research_profile.form import ResearchProfile
from softlanding_imt_starter.settings import directory_of
from softlanding_imt_starter.sme_health.size import SmeClass
from softlanding_imt_starter.stay_loader import PROFILE, lab_type
from softlanding_imt_starter.types import (
    ImtStarterAidGrant,
    ImtStarterIncubator,
    ImtStarterResearchProfile,
    ImtStarterStartup,
)

SME_HEALTH = "imt_starter.sme_health"


async def load_incubators(
    incubators: Sequence[IncubatorSnapshot], ctx: PluginContext
) -> list[ImtStarterIncubator | None]:
    """Return the labs for IMT Starter, null for all others."""
    labs = [lab_type(lab) for _, lab in sorted(directory_of(ctx.settings).labs.items())]
    return [
        ImtStarterIncubator(labs=labs) if incubator.slug == SLUG else None
        for incubator in incubators
    ]


async def load_startups(
    startups: Sequence[StartupSnapshot], ctx: PluginContext
) -> list[ImtStarterStartup | None]:
    """Return one value per start-up, null for those without a stay here; three readings."""
    stays = await stays_by_startup(startups, ctx, lambda stay: stay.host.slug == SLUG)
    if not stays:
        return [None for _ in startups]
    every = [stay.id for of_one in stays.values() for stay in of_one]
    steps = await ctx.read.steps(every, [SME_HEALTH, PROFILE])
    records = await ctx.read.records(list(stays), KIND)
    return [
        _startup(stays[startup.id], steps, records) if startup.id in stays else None
        for startup in startups
    ]


def _startup(
    stays: Sequence[StaySnapshot],
    steps: Mapping[UUID, Steps],
    records: Sequence[SavedRecord],
) -> ImtStarterStartup:
    counted = {stay.id for stay in stays if stay.state not in CALLED_OFF}
    answered = [steps[stay.id] for stay in stays]
    return ImtStarterStartup(
        aid_grants=[_grant(record.data) for record in records if record.stay_id in counted],
        sme_class=_sme_class(answered),
        research_profile=_profile(answered),
    )


def _grant(data: Mapping[str, Any]) -> ImtStarterAidGrant:
    registered = data["registered_on"]
    return ImtStarterAidGrant(
        state=data["state"],
        source=data["source"],
        form=data["form"],
        grantor_name=data["grantor_name"],
        amount=money(Decimal(data["amount"]["amount"]), data["amount"]["currency"]),
        legal_basis=data["legal_basis"],
        beneficiary_name=data["beneficiary_name"],
        beneficiary_code=data["beneficiary_code"],
        granted_on=date.fromisoformat(data["granted_on"]),
        register_due_on=date.fromisoformat(data["register_due_on"]),
        registration_number=data["registration_number"],
        registered_on=None if registered is None else date.fromisoformat(registered),
        reserved=data["reserved"],
    )


def _sme_class(answered: Sequence[Steps]) -> SmeClass | None:
    """Return the class of the latest stay whose check found one."""
    for steps in answered:
        facts = steps[SME_HEALTH].facts if SME_HEALTH in steps else ()
        for fact in facts:
            if fact.name == "sme_class" and fact.value is not None:
                return SmeClass[str(fact.value)]
    return None


def _profile(answered: Sequence[Steps]) -> ImtStarterResearchProfile | None:
    """Return the profile of the latest stay that has one; a confidential one without words."""
    profile = latest_answers(answered, PROFILE, ResearchProfile)
    if profile is None:
        return None
    return ImtStarterResearchProfile(
        keywords=[] if profile.confidential else profile.keywords,
        topic_ids=[] if profile.confidential else profile.openalex_topic_ids,
        trl=profile.trl,
        need=profile.need,
        confidential=profile.confidential,
        lab=profile.lab,
    )
