"""Order, states and the critical path of onboarding: pure functions."""

from dataclasses import replace
from datetime import date
from graphlib import CycleError
from typing import Any

import pytest

from softlanding.domain.conditions import (
    ALWAYS,
    AllOf,
    AnyOf,
    Condition,
    Is,
    Not,
    from_data,
    to_data,
)
from softlanding.domain.onboarding import (
    Lead,
    StepProgress,
    StepTiming,
    add_months,
    blocking,
    feasibility,
    sort_steps,
    standings,
)
from softlanding.domain.texts import choose, fallback_chain
from softlanding.domain.vocabulary import Outcome, Party, Severity, StepState

TODAY = date(2026, 11, 22)


def step(key: str, **changes: object) -> StepProgress:
    values: dict[str, object] = {"key": key, "due": -30, "severity": Severity.BLOCK}
    return StepProgress(**{**values, **changes})  # type: ignore[arg-type] # the cases name their fields


def state_of(*steps: StepProgress) -> dict[str, tuple[StepState, str]]:
    found = standings(sort_steps(steps))
    return {key: (standing.state, standing.reason) for key, standing in found.items()}


def test_steps_are_sorted_by_dependency_then_due_day_then_key() -> None:
    ordered = sort_steps(
        [
            step("a.late", due=-7),
            step("a.first", due=-60, after=("a.late",)),
            step("b.early", due=-90),
            step("a.early", due=-90),
        ]
    )
    assert [one.key for one in ordered] == ["a.early", "b.early", "a.late", "a.first"]


def test_steps_that_wait_for_each_other_cannot_be_sorted() -> None:
    with pytest.raises(CycleError):
        sort_steps([step("a.one", after=("a.two",)), step("a.two", after=("a.one",))])


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, StepState.OPEN),
        ({"needs_answers": False, "needs_check": False}, StepState.DONE),
        ({"answered": True}, StepState.NEEDS_REVIEW),
        ({"answered": True, "outcome": Outcome.PASSED}, StepState.DONE),
        ({"answered": True, "outcome": Outcome.WARNING}, StepState.DONE),
        ({"answered": True, "outcome": Outcome.FAILED}, StepState.FAILED),
        ({"answered": True, "outcome": Outcome.NEEDS_REVIEW}, StepState.NEEDS_REVIEW),
        ({"answered": True, "outcome": Outcome.NOT_APPLICABLE}, StepState.NOT_APPLICABLE),
        ({"applies": False}, StepState.NOT_APPLICABLE),
        ({"waived": True}, StepState.WAIVED),
        (
            {"answered": True, "outcome": Outcome.PASSED, "signed_by": (Party.HOST,)},
            StepState.AWAITING_SIGNATURES,
        ),
        (
            {
                "answered": True,
                "outcome": Outcome.PASSED,
                "signed_by": (Party.HOST,),
                "signed": frozenset({Party.HOST}),
            },
            StepState.DONE,
        ),
    ],
)
def test_the_state_of_a_step_follows_from_its_answers_verdict_and_signatures(
    changes: dict[str, object], state: StepState
) -> None:
    assert state_of(step("a.one", **changes)) == {"a.one": (state, "")}


def test_a_step_waits_for_those_it_comes_after_and_names_them() -> None:
    assert state_of(step("a.one"), step("a.two", after=("a.one",)))["a.two"] == (
        StepState.BLOCKED,
        "It waits for a.one.",
    )


def test_a_failed_step_that_holds_nothing_up_lets_others_go_on() -> None:
    failed = step("a.one", severity=Severity.WARN, answered=True, outcome=Outcome.FAILED)
    assert state_of(failed, step("a.two", after=("a.one",)))["a.two"] == (StepState.OPEN, "")


def test_a_step_whose_dependency_is_missing_stays_and_says_why() -> None:
    assert state_of(step("a.one", after=("gone.step",))) == {
        "a.one": (
            StepState.BLOCKED,
            "It depends on gone.step, which no plugin in force provides;"
            " an administrator can waive the step.",
        )
    }


def test_a_step_whose_plugin_is_gone_stays_and_says_why() -> None:
    assert state_of(step("a.one", in_force=False)) == {
        "a.one": (
            StepState.BLOCKED,
            "The plugin of this step is not in force; an administrator can waive the step.",
        )
    }


def test_only_unsettled_steps_of_severity_block_keep_a_stay_from_being_confirmed() -> None:
    ordered = sort_steps(
        [
            step("a.done", answered=True, outcome=Outcome.PASSED),
            step("a.open"),
            step("a.warn", severity=Severity.WARN),
            step("a.waived", waived=True),
        ]
    )
    assert blocking(ordered, standings(ordered)) == ("a.open",)


def earliest(*steps: StepProgress) -> tuple[date, str | None]:
    ordered = sort_steps(steps)
    found = feasibility(ordered, standings(ordered), today=TODAY)
    return found.earliest_arrival, found.limited_by


def test_without_open_steps_one_may_arrive_today() -> None:
    assert earliest(step("a.one", answered=True, outcome=Outcome.PASSED)) == (TODAY, None)


def test_a_due_day_before_the_arrival_moves_the_arrival() -> None:
    assert earliest(step("a.one", due=-30)) == (date(2026, 12, 22), "a.one")


def test_a_lead_time_of_two_months_moves_the_arrival_further_than_its_due_day() -> None:
    assert earliest(step("a.lab", due=-15, lead=Lead(months=2))) == (date(2027, 1, 22), "a.lab")


def test_lead_times_add_up_along_dependencies() -> None:
    first = step("a.one", due=-10, lead=Lead(days=40))
    second = step("a.two", due=-10, lead=Lead(days=20), after=("a.one",))
    assert earliest(first, second) == (date(2027, 1, 21), "a.two")


def test_the_critical_path_leads_to_the_step_that_limits_the_arrival() -> None:
    first = step("a.one", due=-10, lead=Lead(days=40))
    second = step("a.two", due=-10, lead=Lead(days=20), after=("a.one", "a.free"))
    free = step("a.free", due=-5)
    ordered = sort_steps([first, second, free])
    found = feasibility(ordered, standings(ordered), today=TODAY)
    assert found.critical_path == (
        StepTiming(
            key="a.one", acted_on=TODAY, usable_on=date(2027, 1, 1), arrival=date(2027, 1, 1)
        ),
        StepTiming(
            key="a.two",
            acted_on=date(2027, 1, 1),
            usable_on=date(2027, 1, 21),
            arrival=date(2027, 1, 21),
            after="a.one",
        ),
    )
    assert found.too_late_for(date(2027, 1, 1)) == ("a.two",)
    assert found.too_late_for(date(2026, 12, 1)) == ("a.one", "a.two")
    assert found.too_late_for(date(2027, 1, 21)) == ()


def test_a_result_that_is_dated_counts_with_its_date() -> None:
    pending = step(
        "a.lab",
        due=-90,
        answered=True,
        outcome=Outcome.NEEDS_REVIEW,
        usable_on=date(2027, 1, 20),
    )
    assert earliest(pending) == (date(2027, 1, 20), "a.lab")


@pytest.mark.parametrize("changes", [{"waived": True}, {"applies": False}])
def test_a_dated_result_is_not_waited_for_once_the_step_is_set_aside(
    changes: dict[str, Any],
) -> None:
    dated = step("a.lab", answered=True, outcome=Outcome.NEEDS_REVIEW, usable_on=date(2027, 1, 20))
    assert earliest(dated) == (date(2027, 1, 20), "a.lab")
    assert earliest(replace(dated, **changes)) == (TODAY, None)


def test_a_step_that_the_stay_does_not_have_holds_nothing_up_while_a_plugin_declares_it() -> None:
    waits = [step("a.two", after=("a.one",))]
    known = standings(waits, provided={"a.one", "a.two"})["a.two"]
    unknown = standings(waits, provided={"a.two"})["a.two"]
    assert (known.state, unknown.state) == (StepState.OPEN, StepState.BLOCKED)
    assert unknown.reason == (
        "It depends on a.one, which no plugin in force provides;"
        " an administrator can waive the step."
    )


@pytest.mark.parametrize(
    "condition",
    [ALWAYS, Is("a", 1), Not(Is("a", "x")), AllOf(Is("a", True), AnyOf(Is("b", 2), Not(ALWAYS)))],
)
def test_a_condition_is_stored_and_read_back(condition: Condition) -> None:
    assert from_data(to_data(condition)) == condition


def test_steps_that_hold_nothing_up_do_not_move_the_arrival() -> None:
    assert earliest(step("a.one", due=-90, severity=Severity.WARN)) == (TODAY, None)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 20), 2, date(2027, 1, 20)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2027, 3, 1), -36, date(2024, 3, 1)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


FACTS = {"host.slug": "imt-starter", "days": 30}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (ALWAYS, True),
        (Is("host.slug", "imt-starter"), True),
        (Is("host.slug", "gtec"), False),
        (Is("missing", 1), None),
        (Not(Is("missing", 1)), None),
        (Not(Is("days", 30)), False),
        (AllOf(Is("days", 30), Is("missing", 1)), None),
        (AllOf(Is("days", 31), Is("missing", 1)), False),
        (AnyOf(Is("days", 30), Is("missing", 1)), True),
        (AnyOf(Is("days", 31), Is("missing", 1)), None),
        (AnyOf(Is("days", 31)), False),
    ],
)
def test_conditions_know_true_false_and_unknown(
    condition: AllOf | AnyOf | Is | Not, holds: bool | None
) -> None:
    assert condition.holds(FACTS) is holds


def test_a_condition_says_itself_in_words() -> None:
    condition = AllOf(Is("host.slug", "gtec"), Not(AnyOf(Is("a", 1), Is("b", 2))))
    assert condition.describe() == "host.slug is gtec and not ((a is 1) or (b is 2))"


@pytest.mark.parametrize(
    ("locale", "chosen"),
    [
        ("fr", ("Oui", "fr")),
        ("fr-CA", ("Oui", "fr")),
        ("FR_be", ("Oui", "fr")),
        ("lt", ("Yes", "en")),
    ],
)
def test_a_reader_gets_their_language_or_the_nearest(locale: str, chosen: tuple[str, str]) -> None:
    assert choose({"en": "Yes", "fr": "Oui"}, locale) == chosen


def test_the_fallback_chain_ends_in_english() -> None:
    assert list(fallback_chain("de-AT")) == ["de-AT", "de", "en"]
