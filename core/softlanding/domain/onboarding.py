"""Onboarding as pure functions: order, state, what blocks a stay, the earliest arrival."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter

from softlanding.domain.problems import Code, Problem
from softlanding.domain.vocabulary import Outcome, Party, Severity, StepState

FINISHED = frozenset({StepState.DONE, StepState.WAIVED, StepState.NOT_APPLICABLE})
_UNDECIDED = frozenset({StepState.FAILED, StepState.NEEDS_REVIEW})


@dataclass(frozen=True, kw_only=True)
class Lead:
    """Time that passes between acting on a step and its result, before the arrival."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """Return the day on which the result is usable when one acts on `day`.

        Months are calendar months; a missing day becomes the last day of its month.
        """
        return add_months(day, self.months) + timedelta(days=self.days)


def add_months(day: date, months: int) -> date:
    """Add calendar months; 31 January plus one month is the last day of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


NO_LEAD = Lead()


@dataclass(frozen=True, kw_only=True)
class StepProgress:
    """What the order and the state of one step depend on.

    `due` counts days from the arrival, negative before it. `outcome` is that of the check, if
    any, and `usable_on` the day from which its result can be used, if the check named one.
    """

    key: str
    due: int
    severity: Severity
    after: tuple[str, ...] = ()
    signed_by: tuple[Party, ...] = ()
    lead: Lead = NO_LEAD
    needs_answers: bool = True
    needs_check: bool = True
    in_force: bool = True
    applies: bool = True
    answered: bool = False
    outcome: Outcome | None = None
    signed: frozenset[Party] = frozenset()
    waived: bool = False
    usable_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class StepStanding:
    """Where a step stands: its state, and the reason when it cannot go on."""

    key: str
    state: StepState
    reason: str = ""


def sort_steps(steps: Iterable[StepProgress]) -> list[StepProgress]:
    """Sort by dependency, then due day, then key. Raises `graphlib.CycleError` on a cycle."""
    by_key = {step.key: step for step in steps}
    sorter: TopologicalSorter[str] = TopologicalSorter(
        {key: [other for other in step.after if other in by_key] for key, step in by_key.items()}
    )
    sorter.prepare()
    ordered: list[StepProgress] = []
    ready: list[StepProgress] = []
    while sorter.is_active():
        ready += [by_key[key] for key in sorter.get_ready()]
        ready.sort(key=lambda step: (step.due, step.key), reverse=True)
        step = ready.pop()
        ordered.append(step)
        sorter.done(step.key)
    return ordered


def standings(
    ordered: Sequence[StepProgress], *, provided: Collection[str] = ()
) -> dict[str, StepStanding]:
    """Return the standing of each step; `ordered` comes from `sort_steps`.

    `provided` are the keys of all steps that plugins in force declare. A step of those that
    the stay does not have, because it does not apply, holds nothing up.
    """
    found: dict[str, StepStanding] = {}
    settled = set(provided).difference(step.key for step in ordered)
    known = set(provided).union(step.key for step in ordered)
    for step in ordered:
        standing = _standing(step, settled, known)
        found[step.key] = standing
        undecided_but_harmless = (
            standing.state in _UNDECIDED and step.severity is not Severity.BLOCK
        )
        if standing.state in FINISHED or undecided_but_harmless:
            settled.add(step.key)
    return found


def _standing(step: StepProgress, settled: set[str], known: set[str]) -> StepStanding:
    def stands(state: StepState, reason: str = "") -> StepStanding:
        return StepStanding(key=step.key, state=state, reason=reason)

    if step.waived:
        return stands(StepState.WAIVED)
    if not step.applies or step.outcome is Outcome.NOT_APPLICABLE:
        return stands(StepState.NOT_APPLICABLE)
    if not step.in_force:
        return stands(
            StepState.BLOCKED,
            "The plugin of this step is not in force; an administrator can waive the step.",
        )
    if missing := [key for key in step.after if key not in known]:
        return stands(
            StepState.BLOCKED,
            f"It depends on {', '.join(missing)}, which no plugin in force provides;"
            " an administrator can waive the step.",
        )
    if waiting := [key for key in step.after if key not in settled]:
        return stands(StepState.BLOCKED, f"It waits for {', '.join(waiting)}.")
    if step.needs_answers and not step.answered:
        return stands(StepState.OPEN)
    if step.outcome is Outcome.FAILED:
        return stands(StepState.FAILED)
    if step.outcome is Outcome.NEEDS_REVIEW or (step.needs_check and step.outcome is None):
        return stands(StepState.NEEDS_REVIEW)
    if next_signer(step.signed_by, step.signed) is not None:
        return stands(StepState.AWAITING_SIGNATURES)
    return stands(StepState.DONE)


def next_signer(signed_by: Iterable[Party], signed: Iterable[Party]) -> Party | None:
    """Return the party whose signature comes next, or None when all have signed."""
    done = set(signed)
    return next((party for party in signed_by if party not in done), None)


def blocking(
    ordered: Iterable[StepProgress], standing: Mapping[str, StepStanding]
) -> tuple[str, ...]:
    """Return the keys of the steps that keep the stay from being confirmed, in order."""
    return tuple(
        step.key
        for step in ordered
        if step.severity is Severity.BLOCK and standing[step.key].state not in FINISHED
    )


@dataclass(frozen=True, kw_only=True)
class StepTiming:
    """When a step can be acted on at the earliest, and when its result can be used.

    `arrival` is the earliest arrival that the step leaves feasible; `after` the step whose
    result it waits for longest, if any.
    """

    key: str
    acted_on: date
    usable_on: date
    arrival: date
    after: str | None = None


@dataclass(frozen=True, kw_only=True)
class Feasibility:
    """The earliest arrival still feasible, and how long each blocking step takes.

    `critical_path` leads to the step that limits the arrival, first step first; it is empty
    when no step does.
    """

    earliest_arrival: date
    critical_path: tuple[StepTiming, ...]
    timings: Mapping[str, StepTiming]

    @property
    def limited_by(self) -> str | None:
        """The key of the step that limits the arrival, or None."""
        return self.critical_path[-1].key if self.critical_path else None

    def too_late_for(self, arrival: date) -> tuple[str, ...]:
        """Return the keys of the steps that cannot be done in time for this arrival."""
        return tuple(key for key, timing in self.timings.items() if timing.arrival > arrival)


def feasibility(
    ordered: Iterable[StepProgress], standing: Mapping[str, StepStanding], *, today: date
) -> Feasibility:
    """Return the earliest arrival still feasible, by the critical path.

    An unfinished step is acted on today at the earliest, after the steps it depends on; its
    result comes `lead` later. Each blocking step asks for an arrival such that acting on it is
    not later than its due day, and its result not later than the arrival. Results that a check
    has dated (`usable_on`) count with that date. What is due after the arrival asks for nothing.
    """
    known: dict[str, StepTiming] = {}
    timings: dict[str, StepTiming] = {}
    for step in ordered:
        timing = known[step.key] = _timing(step, standing[step.key].state, known, today)
        if step.severity is Severity.BLOCK and step.due <= 0:
            timings[step.key] = timing
    limiting = max(timings.values(), key=lambda timing: timing.arrival, default=None)
    if limiting is None or limiting.arrival <= today:
        return Feasibility(earliest_arrival=today, critical_path=(), timings=timings)
    path = [limiting]
    while (before := path[0].after) is not None:
        path.insert(0, known[before])
    return Feasibility(
        earliest_arrival=limiting.arrival, critical_path=tuple(path), timings=timings
    )


def _timing(
    step: StepProgress, state: StepState, known: Mapping[str, StepTiming], today: date
) -> StepTiming:
    waits = [known[key] for key in step.after if key in known]
    last = max(waits, key=lambda timing: timing.usable_on, default=None)
    acted = max(today, last.usable_on) if last else today
    finished = state in FINISHED
    # What is set aside, or does not apply, gives no result that one would wait for.
    dated = step.usable_on if not finished or state is StepState.DONE else None
    usable = dated or (today if finished else step.lead.after(acted))
    arrival = usable
    if not finished and not (step.answered and dated):
        arrival = max(usable, acted - timedelta(days=step.due))
    waited_for = last.key if last and last.usable_on > today and not finished else None
    return StepTiming(
        key=step.key, acted_on=acted, usable_on=usable, arrival=arrival, after=waited_for
    )


def notice_problems(found: Feasibility, *, arrival: date) -> Iterator[Problem]:
    """Tell which steps cannot be done in time for an arrival, and which arrival works."""
    if late := found.too_late_for(arrival):
        yield Problem(
            code=Code.SHORT_NOTICE,
            message=(
                f"With the arrival on {arrival} these steps cannot be done in time:"
                f" {', '.join(late)}."
            ),
            path=("arrival",),
            hint=f"The earliest arrival that works is {found.earliest_arrival}.",
        )
