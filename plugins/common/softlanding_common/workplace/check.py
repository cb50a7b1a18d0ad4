"""The check of `common.workplace`."""

from collections.abc import Iterator
from datetime import date

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Text, Verdict
from softlanding_common.findings import Finding, failed, judged, warning
from softlanding_common.texts import told
from softlanding_common.workplace.form import Workplace


async def check_workplace(answers: Workplace, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for a desk on all days, and for the rest on the day of arrival at the latest."""
    good = Verdict(
        outcome=Outcome.PASSED,
        code="WORKPLACE_READY",
        message=told(
            "Desk from {arrival} to {departure}; badge, safety, house rules and secrecy are"
            " settled by the arrival.",
            arrival=stay.arrival,
            departure=stay.departure,
        ),
        facts=(
            Fact(name="desk_from", value=answers.desk_from),
            Fact(name="desk_to", value=answers.desk_to),
            Fact(name="badge_on", value=answers.badge_on),
            Fact(name="safety_on", value=answers.safety_on),
            Fact(name="house_rules_on", value=answers.house_rules_on),
            Fact(name="non_disclosure_needed", value=answers.non_disclosure_needed),
            Fact(name="non_disclosure_on", value=answers.non_disclosure_on),
        ),
        evidence=(
            Evidence.of_answers(kind="workplace", label="Workplace as noted", answers=answers),
        ),
    )
    return judged([*_desk(answers, stay), *_first_day(answers, stay)], good)


def _desk(answers: Workplace, stay: StaySnapshot) -> Iterator[Finding]:
    if answers.desk is None or answers.desk_from is None or answers.desk_to is None:
        yield failed("DESK_MISSING", told("No desk is set aside yet, or not for which days."))
    elif answers.desk_from > stay.arrival or answers.desk_to < stay.departure:
        yield failed(
            "DESK_NOT_FREE",
            told(
                "The desk is free from {first} to {last}; the stay is from {arrival} to"
                " {departure}.",
                first=answers.desk_from,
                last=answers.desk_to,
                arrival=stay.arrival,
                departure=stay.departure,
            ),
        )


def _first_day(answers: Workplace, stay: StaySnapshot) -> Iterator[Finding]:
    items: list[tuple[Text, date | None]] = [
        (told("badge"), answers.badge_on),
        (told("safety briefing"), answers.safety_on),
        (told("house rules"), answers.house_rules_on),
    ]
    if answers.non_disclosure_needed:
        items.append((told("non-disclosure agreement"), answers.non_disclosure_on))
    if missing := [item for item, day in items if day is None]:
        yield warning(
            "FIRST_DAY_OPEN",
            told(
                "No day yet, needed by the arrival {arrival}: {items}.",
                arrival=stay.arrival,
                items=missing,
            ),
        )
    if late := [item for item, day in items if day is not None and day > stay.arrival]:
        yield warning(
            "FIRST_DAY_LATE",
            told("Later than the arrival {arrival}: {items}.", arrival=stay.arrival, items=late),
        )
