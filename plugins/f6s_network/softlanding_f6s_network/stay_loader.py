"""The batch loader of `Stay.f6sNetwork`: one reading for all stays."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from softlanding import AnsweredStep, Money, Outcome, PluginContext, RuleUnknown, StaySnapshot
from softlanding_common.euros import cents
from softlanding_common.reading import Steps, answers_of
from softlanding_f6s_network.border.entry import Way, eta_valid_to, way_of
from softlanding_f6s_network.border.form import Border, BorderTraveller
from softlanding_f6s_network.cascade.call import CURRENCY
from softlanding_f6s_network.cascade.form import CascadeReadiness
from softlanding_f6s_network.data_transfer.basis import TransferBasis
from softlanding_f6s_network.data_transfer.form import DataTransfer
from softlanding_f6s_network.house import (
    BORDER,
    CASCADE,
    COUNTRY,
    DATA_TRANSFER,
    VISITOR_ACTIVITIES,
)
from softlanding_f6s_network.stored import day_of, money_of, values_of
from softlanding_f6s_network.types import (
    AuthorisationKind,
    F6sNetworkCascadeCall,
    F6sNetworkDataTransfer,
    F6sNetworkPlannedActivity,
    F6sNetworkStay,
    F6sNetworkTravelAuthorisation,
    F6sNetworkTraveller,
)
from softlanding_f6s_network.visitor_activities.form import VisitorActivities
from softlanding_f6s_network.visitor_activities.permission import reason, refusal

_KEYS = (BORDER, VISITOR_ACTIVITIES, DATA_TRANSFER, CASCADE)
_READY = frozenset({Outcome.PASSED, Outcome.WARNING})


async def load_stays(
    stays: Sequence[StaySnapshot], ctx: PluginContext
) -> list[F6sNetworkStay | None]:
    """Return one value per stay; null for stays outside the United Kingdom."""
    here = [stay.id for stay in stays if stay.host.country == COUNTRY]
    found = await ctx.read.steps(here, _KEYS) if here else {}
    years = _eta_years(ctx)
    return [
        _stay(found[stay.id], years, ctx.today) if stay.host.country == COUNTRY else None
        for stay in stays
    ]


def _eta_years(ctx: PluginContext) -> int | None:
    try:
        return ctx.rule_sets[BORDER].integer("eta_valid_years")
    except RuleUnknown:
        return None


def _stay(steps: Steps, years: int | None, today: date) -> F6sNetworkStay:
    border = answers_of(steps, BORDER, Border)
    planned = answers_of(steps, VISITOR_ACTIVITIES, VisitorActivities)
    return F6sNetworkStay(
        travellers=None
        if border is None
        else [_traveller(one, years, today) for one in border.travellers],
        planned_activities=None if planned is None else _activities(planned),
        data_transfers=None
        if answers_of(steps, DATA_TRANSFER, DataTransfer) is None
        else [_transfer(steps[DATA_TRANSFER])],
        cascade_call=_call(steps.get(CASCADE)),
    )


def _traveller(one: BorderTraveller, years: int | None, today: date) -> F6sNetworkTraveller:
    way, in_hand = way_of(one), []
    if way is Way.FREE:
        in_hand.append(
            F6sNetworkTravelAuthorisation(kind=AuthorisationKind.NOT_NEEDED, valid_to=None)
        )
    elif way is Way.ETA and one.eta_granted_on is not None and one.eta_granted_on <= today:
        valid_to = (
            None
            if years is None or one.passport_expiry is None
            else eta_valid_to(one.eta_granted_on, one.passport_expiry, years)
        )
        in_hand.append(F6sNetworkTravelAuthorisation(kind=AuthorisationKind.ETA, valid_to=valid_to))
    return F6sNetworkTraveller(name=one.name, travel_authorisations=in_hand)


def _activities(planned: VisitorActivities) -> list[F6sNetworkPlannedActivity]:
    return [
        F6sNetworkPlannedActivity(
            code=one.code, allowed=refusal(one) is None, reason=reason(one)["en"]
        )
        for one in planned.activities
    ]


def _transfer(step: AnsweredStep) -> F6sNetworkDataTransfer:
    values = values_of(step)
    refused = step.outcome is not Outcome.PASSED or "basis" not in values
    return F6sNetworkDataTransfer(
        basis=None if refused else TransferBasis(values["basis"]),
        valid_until=None if refused else day_of(values, "basis_valid_until"),
    )


def _call(step: AnsweredStep | None) -> F6sNetworkCascadeCall | None:
    if step is None or not isinstance(step.answers, CascadeReadiness):
        return None
    answers, values = step.answers, values_of(step)
    return F6sNetworkCascadeCall(
        call_id=answers.call_id,
        requested=_money(answers.requested),
        maximum=money_of(values, "call_maximum", CURRENCY),
        total_maximum=money_of(values, "call_total_maximum", CURRENCY),
        prior_from_same_project=_money(answers.prior_from_same_project),
        ready=step.outcome in _READY,
        records_until=day_of(values, "records_until"),
    )


def _money(given: Money | None) -> Money:
    # What a form holds is of the type of inputs, with as many decimals as were written.
    if given is None:
        return Money(amount=cents(Decimal(0)), currency=CURRENCY)
    return Money(amount=cents(given.amount), currency=given.currency)
