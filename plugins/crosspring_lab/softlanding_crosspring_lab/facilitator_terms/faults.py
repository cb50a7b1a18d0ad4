"""What keeps a facilitator or its agreement from meeting a criterion of the RVO."""

from decimal import Decimal
from typing import TypeAlias

from softlanding import Money, Text
from softlanding_crosspring_lab.facilitator_terms.form import Facilitator, MentorAgreement
from softlanding_crosspring_lab.numbers import NumberFault, kvk_of
from softlanding_crosspring_lab.texts import told

Fault: TypeAlias = tuple[str, Text]
"""A code for programs, and a sentence for a person."""


def experience_fault(facilitator: Facilitator, minimum: Decimal) -> Fault | None:
    """Ask for so many years of experience."""
    if facilitator.years_experience >= minimum:
        return None
    return (
        "EXPERIENCE_TOO_SHORT",
        told(
            "Facilitator has {years} years of experience; {minimum} are needed.",
            years=facilitator.years_experience,
            minimum=minimum,
        ),
    )


def equity_fault(equity: Decimal | None, minimum: Decimal) -> Fault | None:
    """Ask for equity that is not below the minimum; None is an amount in another currency."""
    if equity is None:
        return (
            "CURRENCY_NOT_EUR",
            told("The rule is in euros; give assets and liabilities of the facilitator in EUR."),
        )
    if equity >= minimum:
        return None
    return (
        "EQUITY_NEGATIVE",
        told(
            "Facilitator's equity is {shortfall} below the {minimum} needed.",
            shortfall=Money(amount=minimum - equity),
            minimum=Money(amount=minimum),
        ),
    )


def solvency_fault(facilitator: Facilitator) -> Fault | None:
    """Ask that the facilitator is not insolvent."""
    if not facilitator.insolvent:
        return None
    return "FACILITATOR_INSOLVENT", told("Facilitator is insolvent.")


def share_fault(facilitator: Facilitator, maximum: Decimal) -> Fault | None:
    """Ask that its share is no majority."""
    if facilitator.share_pct <= maximum:
        return None
    return (
        "FACILITATOR_MAJORITY",
        told(
            "Facilitator holds {share} % \u2013 majority not allowed.", share=facilitator.share_pct
        ),
    )


def family_fault(facilitator: Facilitator, excluded: int) -> Fault | None:
    """Ask that it is no relative up to the degree that is excluded."""
    if facilitator.family_degree is None or facilitator.family_degree > excluded:
        return None
    return (
        "FACILITATOR_IS_FAMILY",
        told(
            "Facilitator and a founder are relatives; up to degree {degree} is not allowed.",
            degree=excluded,
        ),
    )


def signed_fault(agreement: MentorAgreement) -> Fault | None:
    """Ask that both have signed."""
    if agreement.signed_by_both:
        return None
    return "AGREEMENT_NOT_SIGNED", told("The agreement is not signed by both.")


def registered_fault(facilitator: Facilitator, startup_kvk: str | None) -> Fault | None:
    """Ask that both have a number of the trade register; the first fault found."""
    if isinstance(fault := kvk_of(facilitator.kvk), NumberFault):
        return (
            "FACILITATOR_NOT_REGISTERED",
            told("The number of the facilitator does not hold: {fault}", fault=fault.message),
        )
    if startup_kvk is None:
        return (
            "STARTUP_NOT_REGISTERED",
            told("The start-up is not in the Dutch trade register: its KvK number is missing."),
        )
    if isinstance(fault := kvk_of(startup_kvk), NumberFault):
        return (
            "STARTUP_NOT_REGISTERED",
            told("The number of the start-up does not hold: {fault}", fault=fault.message),
        )
    return None
