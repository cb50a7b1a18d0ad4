"""What makes a declaration unusable; each fault is a FAILED verdict with the way out."""

from softlanding import Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.de_minimis.form import DeMinimisDeclaration
from softlanding_common.de_minimis.grant import stay_amount
from softlanding_common.de_minimis.undertaking import unknown_beneficiary
from softlanding_common.euros import currency_fault, euro_fact
from softlanding_common.texts import told


def declaration_fault(answers: DeMinimisDeclaration, stay: StaySnapshot) -> Verdict | None:
    """Return the first fault of a declaration, or None when it can be computed."""
    if fault := currency_fault(answers):
        return fault
    if not answers.declared_complete:
        return _failed(
            "DECLARATION_INCOMPLETE",
            told(
                "The declaration is not complete. List all aid of the past 36 months and"
                " declare it complete.",
            ),
        )
    if name := unknown_beneficiary(answers.grants, answers.group_members):
        return _failed(
            "UNKNOWN_BENEFICIARY",
            told(
                "{name} received aid but is not among the group members. Add it there.",
                name=name,
            ),
        )
    return _value_fault(answers, stay) or _day_fault(answers, stay)


def _value_fault(answers: DeMinimisDeclaration, stay: StaySnapshot) -> Verdict | None:
    value = answers.stay_value
    amount = stay_amount(value)
    if value.days > stay.days:
        return _failed(
            "DAYS_EXCEED_STAY",
            told(
                "{days} desk days are valued, but the stay has {stay_days}.",
                days=value.days,
                stay_days=stay.days,
            ),
            Fact(name="desk_days", value=value.days, unit="days"),
            Fact(name="stay_days", value=stay.days, unit="days"),
        )
    if not amount and value.no_aid_because is None:
        return _failed(
            "VALUE_MISSING",
            told(
                "The stay has no value. Give the price of desk and mentoring, or say why the"
                " stay is no aid.",
            ),
        )
    if amount and value.no_aid_because is not None:
        return _failed(
            "VALUE_CONTRADICTS",
            told(
                "The stay has a value and is said to be no aid. Keep one of the two.",
            ),
            euro_fact("stay_value", amount),
        )
    return None


def _day_fault(answers: DeMinimisDeclaration, stay: StaySnapshot) -> Verdict | None:
    if answers.granted_on is None or answers.granted_on <= stay.departure:
        return None
    return _failed(
        "GRANTED_AFTER_STAY",
        told(
            "The right to the aid arises with the stay at the latest, not on {day}.",
            day=answers.granted_on,
        ),
        Fact(name="granted_on", value=answers.granted_on),
        Fact(name="departure", value=stay.departure),
    )


def _failed(code: str, message: dict[str, str], *facts: Fact) -> Verdict:
    return Verdict(outcome=Outcome.FAILED, code=code, message=message, facts=facts)
