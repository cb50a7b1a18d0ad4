"""The lifecycle of a stay as one table, and what must hold for a stay at all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from softlanding.domain.problems import Code, Problem
from softlanding.domain.snapshots import Period
from softlanding.domain.vocabulary import StayState

MINIMUM_DAYS = 7
MAXIMUM_DAYS = 93
USUAL_DAYS = 30

# States in which a stay takes one desk of its host on each of its days.
HOLDS_A_DESK = frozenset(
    {
        StayState.ACCEPTED,
        StayState.CONFIRMED,
        StayState.ACTIVE,
        StayState.COMPLETED,
        StayState.CLOSED,
    }
)
# States in which another stay of the same start-up on the same days is refused.
OCCUPIES_THE_STARTUP = HOLDS_A_DESK | {StayState.SUBMITTED, StayState.IN_REVIEW}
# States in which dates, travellers and goals may still be changed.
EDITABLE = frozenset(
    {StayState.DRAFT, StayState.SUBMITTED, StayState.IN_REVIEW, StayState.ACCEPTED}
)
# States in which onboarding steps may be answered, signed and waived.
ONBOARDING = EDITABLE | {StayState.CONFIRMED, StayState.ACTIVE, StayState.COMPLETED}


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One way from state to state: what must hold. Who may take it stands in `access.ACTIONS`.

    `not_before` and `not_after` name a day of the stay, `arrival` or `departure`.
    """

    name: str
    sources: frozenset[StayState]
    target: StayState
    needs_travellers: bool = False
    needs_free_dates: bool = False
    needs_desk: bool = False
    needs_onboarding: bool = False
    not_before: Literal["arrival", "departure"] | None = None
    not_after: Literal["arrival", "departure"] | None = None

    @property
    def action(self) -> str:
        """The name of the action that takes it: closing a stay is handing its report in."""
        return "submit_report" if self.name == "close" else f"{self.name}_stay"


def _transition(
    name: str,
    sources: Iterable[StayState],
    target: StayState,
    *,
    needs_travellers: bool = False,
    needs_free_dates: bool = False,
    needs_desk: bool = False,
    needs_onboarding: bool = False,
    not_before: Literal["arrival", "departure"] | None = None,
    not_after: Literal["arrival", "departure"] | None = None,
) -> Transition:
    return Transition(
        name=name,
        sources=frozenset(sources),
        target=target,
        needs_travellers=needs_travellers,
        needs_free_dates=needs_free_dates,
        needs_desk=needs_desk,
        needs_onboarding=needs_onboarding,
        not_before=not_before,
        not_after=not_after,
    )


_S = StayState

TRANSITIONS: Mapping[str, Transition] = {
    transition.name: transition
    for transition in (
        _transition(
            "submit",
            {_S.DRAFT},
            _S.SUBMITTED,
            needs_travellers=True,
            needs_free_dates=True,
            not_after="arrival",
        ),
        _transition("review", {_S.SUBMITTED}, _S.IN_REVIEW),
        _transition(
            "accept",
            {_S.IN_REVIEW},
            _S.ACCEPTED,
            needs_travellers=True,
            needs_free_dates=True,
            needs_desk=True,
            not_after="arrival",
        ),
        _transition("decline", {_S.SUBMITTED, _S.IN_REVIEW}, _S.DECLINED),
        _transition(
            "withdraw",
            {_S.DRAFT, _S.SUBMITTED, _S.IN_REVIEW, _S.ACCEPTED},
            _S.WITHDRAWN,
        ),
        _transition(
            "confirm",
            {_S.ACCEPTED},
            _S.CONFIRMED,
            needs_travellers=True,
            needs_free_dates=True,
            needs_desk=True,
            needs_onboarding=True,
            not_after="departure",
        ),
        _transition(
            "cancel",
            {_S.ACCEPTED, _S.CONFIRMED, _S.ACTIVE},
            _S.CANCELLED,
        ),
        _transition(
            "start",
            {_S.CONFIRMED},
            _S.ACTIVE,
            needs_onboarding=True,
            not_before="arrival",
            not_after="departure",
        ),
        _transition("complete", {_S.ACTIVE}, _S.COMPLETED, not_before="departure"),
        _transition("close", {_S.COMPLETED}, _S.CLOSED),
    )
}


def words(items: Iterable[str]) -> str:
    """Join words for a sentence: `A`, `A or B`, `A, B or C`."""
    listed = sorted(items)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"


def transition_problems(
    *, transition: Transition, state: StayState, arrival: date, departure: date, today: date
) -> Iterator[Problem]:
    """Tell why `transition` cannot be taken from `state` on `today`, as far as dates say."""
    if state not in transition.sources:
        yield Problem(
            code=Code.WRONG_STATE,
            message=f"The stay is {state}; {transition.name} needs {words(transition.sources)}.",
            hint=_open_ways(state),
        )
        return
    days = {"arrival": arrival, "departure": departure}
    if transition.not_after and today > (last := days[transition.not_after]):
        yield Problem(
            code=Code.TOO_LATE,
            message=(
                f"Today is {today}; {transition.name} is possible up to the"
                f" {transition.not_after} day {last}."
            ),
            hint="Change the dates with updateStay while the stay allows it, or take it back.",
        )
    if transition.not_before:
        first = days[transition.not_before]
        if today < first:
            yield Problem(
                code=Code.TOO_EARLY,
                message=(
                    f"Today is {today}; {transition.name} is possible from the"
                    f" {transition.not_before} day {first} on."
                ),
                hint="Come back on that day, or change the dates while the stay allows it.",
            )


def _open_ways(state: StayState) -> str:
    ways = [way.name for way in TRANSITIONS.values() if state in way.sources]
    return f"From {state} you can: {', '.join(ways)}." if ways else f"{state} is an end state."


def shape_problems(
    *,
    home_id: UUID,
    host_id: UUID,
    home_country: str,
    host_country: str,
    arrival: date,
    departure: date,
    today: date,
) -> Iterator[Problem]:
    """Tell what is wrong with a stay by itself: its two incubators and its dates."""
    if home_id == host_id:
        yield Problem(
            code=Code.SAME_INCUBATOR,
            message="A stay leads to another incubator; home and host are the same.",
            path=("host",),
            hint="Choose a host other than the start-up's own incubator.",
        )
    elif home_country == host_country:
        yield Problem(
            code=Code.SAME_COUNTRY,
            message=f"Home and host are both in {home_country}; a stay crosses a border.",
            path=("host",),
            hint="Choose a host in another country.",
        )
    if departure < arrival:
        yield Problem(
            code=Code.BAD_DATES,
            message=f"The departure {departure} lies before the arrival {arrival}.",
            path=("departure",),
            hint="Give the departure as a day on or after the arrival.",
        )
        return
    days = (departure - arrival).days + 1
    if not MINIMUM_DAYS <= days <= MAXIMUM_DAYS:
        usual = arrival + timedelta(days=USUAL_DAYS - 1)
        yield Problem(
            code=Code.BAD_DATES,
            message=(
                f"The stay lasts {days} days, both ends included;"
                f" {MINIMUM_DAYS} to {MAXIMUM_DAYS} are possible."
            ),
            path=("departure",),
            hint=f"A usual stay lasts about one month: {arrival} to {usual}.",
        )
    if arrival < today:
        yield Problem(
            code=Code.BAD_DATES,
            message=f"The arrival {arrival} lies in the past; today is {today}.",
            path=("arrival",),
            hint="Choose an arrival from today on.",
        )


def overlap_problems(
    *, arrival: date, departure: date, others: Iterable[Period]
) -> Iterator[Problem]:
    """Refuse days on which the start-up already has another stay in `others`."""
    for other in others:
        if other.arrival <= departure and arrival <= other.departure:
            yield Problem(
                code=Code.OVERLAPPING_STAY,
                message=(
                    f"The start-up already has a stay from {other.arrival} to {other.departure}."
                ),
                path=("arrival",),
                hint=f"Choose an arrival after {other.departure}, or withdraw the other stay.",
            )
            return


def capacity_problems(
    *, arrival: date, departure: date, capacity: int | None, others: Iterable[Period]
) -> Iterator[Problem]:
    """Refuse when one day has no free desk; `others` are the stays that hold a desk.

    One stay takes one desk from arrival to departure. `capacity` is the host's number of
    desks a day; null means that it is not limited here.
    """
    if capacity is None:
        return
    taken = [other for other in others if other.arrival <= departure and arrival <= other.departure]
    # Occupation only rises on arrival days, so the fullest day is one of them.
    for day in sorted({arrival, *(max(other.arrival, arrival) for other in taken)}):
        count = sum(other.arrival <= day <= other.departure for other in taken)
        if count >= capacity:
            yield Problem(
                code=Code.HOST_FULL,
                message=f"The host is full on {day}: {count} of {capacity} desks are taken.",
                path=("arrival",),
                hint="Choose other dates or another host.",
            )
            return
