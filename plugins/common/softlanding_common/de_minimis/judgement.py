"""From the figures of a declaration to its outcome and its sentence."""

from dataclasses import dataclass
from decimal import Decimal

from softlanding import Country, Outcome, StaySnapshot, Text, Verdict, joined
from softlanding_common.de_minimis.form import (
    DeMinimisDeclaration,
    DeMinimisNoAid,
    DeMinimisRegime,
)
from softlanding_common.de_minimis.position import Position
from softlanding_common.de_minimis.undertaking import is_linked
from softlanding_common.euros import euros
from softlanding_common.texts import told


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A warning of a partner's own, told where the aid stays below its ceiling."""

    code: str
    message: Text


def judged(
    answers: DeMinimisDeclaration,
    stay: StaySnapshot,
    position: Position,
    majority: Decimal,
    reminder: Reminder | None = None,
) -> Verdict:
    """Return outcome, code and sentence; the ceiling first, then reviews, then warnings."""
    # A stay without value adds nothing to what was granted before.
    if position.stay_value and position.total > position.ceiling:
        return Verdict(outcome=Outcome.FAILED, code="CEILING_EXCEEDED", message=_exceeded(position))
    return _review(answers, stay, position, majority) or _below(position, reminder)


def _exceeded(position: Position) -> dict[str, str]:
    reached = told(
        "Aid from {state} would reach {total}, ceiling {ceiling} on {day}; {headroom} left.",
        state=Country(position.state),
        total=euros(position.total),
        ceiling=euros(position.ceiling),
        day=position.day,
        headroom=euros(position.headroom),
    )
    if position.first_date_below is None:
        return joined([reached, told("Reduce the value.")])
    return joined(
        [
            reached,
            told(
                "Reduce the value or wait until {day}.",
                day=position.first_date_below,
            ),
        ]
    )


def _review(
    answers: DeMinimisDeclaration, stay: StaySnapshot, position: Position, majority: Decimal
) -> Verdict | None:
    def needs(code: str, message: dict[str, str]) -> Verdict:
        return Verdict(outcome=Outcome.NEEDS_REVIEW, code=code, message=message)

    if stay.startup.nace is None:
        return needs(
            "NACE_MISSING",
            told(
                "The start-up has no NACE class: agriculture and fishery have other ceilings.",
            ),
        )
    undecided = [
        member.name for member in answers.group_members if is_linked(member, majority) is None
    ]
    if undecided:
        return needs(
            "GROUP_UNCERTAIN",
            told(
                "A person must decide whether {names} form one undertaking with the start-up:"
                " the link is through natural persons or a public body.",
                names=undecided,
            ),
        )
    if answers.stay_value.no_aid_because is DeMinimisNoAid.NO_SELECTIVE_ADVANTAGE:
        return needs(
            "NO_ADVANTAGE_CLAIMED",
            told(
                "A person must confirm that the stay gives no selective advantage.",
            ),
        )
    if key := _same_costs(answers):
        return needs(
            "CUMULATION",
            told(
                "State aid pays the same costs ({key}); a person must check its intensity.",
                key=key,
            ),
        )
    if position.later and position.total + position.later > position.ceiling:
        return needs(
            "LATER_AID",
            told(
                "Aid of {later} is dated after {day}, and with it the ceiling would be passed;"
                " a person must decide which came first.",
                later=euros(position.later),
                day=position.day,
            ),
        )
    return None


def _same_costs(answers: DeMinimisDeclaration) -> str | None:
    key = answers.stay_value.eligible_cost_key
    same = any(
        grant.regime is DeMinimisRegime.STATE_AID and grant.eligible_cost_key == key
        for grant in answers.grants
    )
    return key if key is not None and same else None


def _below(position: Position, reminder: Reminder | None) -> Verdict:
    sentences: list[Text] = [
        told(
            "Aid from {state} reaches {total} of {ceiling} on {day}.",
            state=Country(position.state),
            total=euros(position.total),
            ceiling=euros(position.ceiling),
            day=position.day,
        )
    ]
    outcome, code = Outcome.PASSED, "BELOW_CEILING"
    if reminder is not None:
        outcome, code = Outcome.WARNING, reminder.code
        sentences.append(reminder.message)
    if position.total >= position.warning_from:
        outcome, code = Outcome.WARNING, "NEAR_CEILING"
        sentences.append(
            told(
                "From {warning_from} on this deserves attention.",
                warning_from=euros(position.warning_from),
            )
        )
    return Verdict(outcome=outcome, code=code, message=joined(sentences))
