"""What makes a declaration unusable; each fault is a FAILED verdict with the way out."""

from softlanding import Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.bilingual import told
from softlanding_common.de_minimis.form import DeMinimisDeclaration
from softlanding_common.de_minimis.grant import stay_amount
from softlanding_common.de_minimis.undertaking import unknown_beneficiary
from softlanding_common.euros import currency_fault, euro_fact


def declaration_fault(answers: DeMinimisDeclaration, stay: StaySnapshot) -> Verdict | None:
    """Return the first fault of a declaration, or None when it can be computed."""
    if fault := currency_fault(answers):
        return fault
    if not answers.declared_complete:
        return _failed(
            "DECLARATION_INCOMPLETE",
            told(
                en="The declaration is not complete. List all aid of the past 36 months and"
                " declare it complete.",
                fr="La déclaration n'est pas complète. Indiquez toutes les aides des 36 derniers"
                " mois et déclarez-la complète.",
            ),
        )
    if name := unknown_beneficiary(answers.grants, answers.group_members):
        return _failed(
            "UNKNOWN_BENEFICIARY",
            told(
                en="{name} received aid but is not among the group members. Add it there.",
                fr="{name} a reçu une aide mais ne figure pas parmi les membres du groupe."
                " Ajoutez-le.",
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
                en="{days} desk days are valued, but the stay has {stay_days}.",
                fr="{days} jours de bureau sont comptés, mais le séjour en a {stay_days}.",
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
                en="The stay has no value. Give the price of desk and mentoring, or say why the"
                " stay is no aid.",
                fr="Le séjour n'a pas de valeur. Indiquez le prix du bureau et du mentorat, ou"
                " dites pourquoi le séjour n'est pas une aide.",
            ),
        )
    if amount and value.no_aid_because is not None:
        return _failed(
            "VALUE_CONTRADICTS",
            told(
                en="The stay has a value and is said to be no aid. Keep one of the two.",
                fr="Le séjour a une valeur et est dit sans aide. Gardez l'un des deux.",
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
            en="The right to the aid arises with the stay at the latest, not on {day}.",
            fr="Le droit à l'aide naît au plus tard avec le séjour, pas le {day}.",
            day=answers.granted_on,
        ),
        Fact(name="granted_on", value=answers.granted_on),
        Fact(name="departure", value=stay.departure),
    )


def _failed(code: str, message: dict[str, str], *facts: Fact) -> Verdict:
    return Verdict(outcome=Outcome.FAILED, code=code, message=message, facts=facts)
