"""The batch loaders of `Stay.crosspringLab` and `Startup.crosspringLab`."""

from collections.abc import Sequence

from softlanding import (
    PluginContext,
    RuleUnknown,
    StartupSnapshot,
    StaySnapshot,
    holiday_on,
)
from softlanding_common.reading import Steps, answers_of, latest_answers, stays_by_startup
from softlanding_crosspring_lab.facilitator_terms.criteria import terms_of
from softlanding_crosspring_lab.facilitator_terms.form import FacilitatorTerms
from softlanding_crosspring_lab.facilitator_terms.step import TERMS_KEY
from softlanding_crosspring_lab.house import SLUG
from softlanding_crosspring_lab.innovation_plan.document import plan_document
from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.innovation_plan.step import PLAN_KEY
from softlanding_crosspring_lab.lab_sprint.form import Experiment, LabSprint
from softlanding_crosspring_lab.lab_sprint.step import SPRINT_KEY
from softlanding_crosspring_lab.lab_sprint.weeks import week_of
from softlanding_crosspring_lab.types import (
    CrosspringLabExperiment,
    CrosspringLabFacilitation,
    CrosspringLabInnovationAspect,
    CrosspringLabRvoCriterion,
    CrosspringLabStartup,
    CrosspringLabStay,
)


async def load_stays(
    stays: Sequence[StaySnapshot], ctx: PluginContext
) -> list[CrosspringLabStay | None]:
    """Return one value per stay, null for stays at other hosts; one reading."""
    here = [stay.id for stay in stays if stay.host.slug == SLUG]
    found = await ctx.read.steps(here, [PLAN_KEY, TERMS_KEY, SPRINT_KEY]) if here else {}
    return [_stay(stay, found[stay.id], ctx) if stay.host.slug == SLUG else None for stay in stays]


async def load_startups(
    startups: Sequence[StartupSnapshot], ctx: PluginContext
) -> list[CrosspringLabStartup | None]:
    """Return one value per start-up, null for those without a stay here; two readings."""
    stays = await stays_by_startup(startups, ctx, lambda stay: stay.host.slug == SLUG)
    if not stays:
        return [None for _ in startups]
    every = [stay.id for of_one in stays.values() for stay in of_one]
    steps = await ctx.read.steps(every, [PLAN_KEY])
    return [
        CrosspringLabStartup(
            innovation_aspects=_aspects([steps[stay.id] for stay in stays[startup.id]])
        )
        if startup.id in stays
        else None
        for startup in startups
    ]


def _aspects(answered: Sequence[Steps]) -> list[CrosspringLabInnovationAspect] | None:
    """Return the aspects of the latest stay that has a plan."""
    plan = latest_answers(answered, PLAN_KEY, InnovationPlan)
    if plan is None:
        return None
    return [
        CrosspringLabInnovationAspect(aspect=one.aspect, argument=one.argument)
        for one in plan.aspects
    ]


def _stay(stay: StaySnapshot, steps: Steps, ctx: PluginContext) -> CrosspringLabStay:
    plan = answers_of(steps, PLAN_KEY, InnovationPlan)
    terms = answers_of(steps, TERMS_KEY, FacilitatorTerms)
    board = answers_of(steps, SPRINT_KEY, LabSprint)
    return CrosspringLabStay(
        facilitation=None if terms is None else _facilitation(terms, stay, ctx),
        experiments=None
        if board is None
        else [
            _experiment(one, stay, ctx)
            for one in sorted(board.experiments, key=lambda one: one.week)
        ],
        innovation_plan=None if plan is None else plan_document(plan),
    )


def _facilitation(
    answers: FacilitatorTerms, stay: StaySnapshot, ctx: PluginContext
) -> CrosspringLabFacilitation | None:
    if answers.facilitator is None or answers.agreement is None:
        return None
    return CrosspringLabFacilitation(
        facilitator=answers.facilitator.name,
        coaching_hours=answers.agreement.coaching_hours,
        fee_model=answers.agreement.fee_model,
        rvo_criteria=_criteria(answers, stay, ctx),
    )


def _criteria(
    answers: FacilitatorTerms, stay: StaySnapshot, ctx: PluginContext
) -> list[CrosspringLabRvoCriterion] | None:
    try:
        terms = terms_of(answers, stay.startup, ctx.rule_sets[TERMS_KEY])
    except RuleUnknown:
        return None
    if terms is None:
        return None
    return [CrosspringLabRvoCriterion(name=one.name, ok=one.ok) for one in terms.criteria]


def _experiment(one: Experiment, stay: StaySnapshot, ctx: PluginContext) -> CrosspringLabExperiment:
    try:
        result_days = ctx.rule_sets[SPRINT_KEY].integer("result_days")
    except RuleUnknown:
        week = None
    else:
        week = week_of(stay, one.week, result_days=result_days)
    return CrosspringLabExperiment(
        week=one.week,
        hypothesis=one.hypothesis,
        metric=one.metric,
        target=one.target,
        planned_on=one.planned_on,
        result=one.result.value if one.result else None,
        measured_on=one.result.measured_on if one.result else None,
        due_on=week.due_on if week else None,
        state=week.state(one, ctx.today) if week else None,
        holiday=None if one.planned_on is None else holiday_on(one.planned_on, stay.host.country),
    )
