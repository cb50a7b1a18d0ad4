"""Doors of a French company: a doctoral student (CIFRE), an honour loan."""

from decimal import Decimal

from stdnum.fr import siren

from softlanding import Fact, MoneyInput, RulesInForce, Text
from softlanding_common.euros import euro_fact, euros
from softlanding_imt_starter.follow_up_funding.door import Door, DoorState
from softlanding_imt_starter.follow_up_funding.form import FollowUpFunding
from softlanding_imt_starter.texts import told

CIFRE: Text = told("CIFRE")
LOAN: Text = told("honour loan")


def no_entity(answers: FollowUpFunding) -> Text | None:
    """Return why there is no French company to speak of, or None."""
    if not answers.french_entity:
        return told("there is no French company")
    if answers.siren is None or not siren.is_valid(answers.siren):
        return told(
            "the SIREN is missing or its check digit is wrong",
        )
    return None


def cifre(answers: FollowUpFunding, rules: RulesInForce) -> Door:
    """Doctoral student in the company: a French company, and a salary that is high enough."""

    def door(state: DoorState, reason: Text, *facts: Fact) -> Door:
        return Door(key="cifre", name=CIFRE, state=state, reason=reason, facts=facts)

    if not answers.phd_planned:
        return door(
            DoorState.NOT_APPLICABLE,
            told("no thesis is planned"),
        )
    if reason := no_entity(answers):
        return door(DoorState.NOT_APPLICABLE, reason)
    salary = rules.decimal("cifre_salary")
    used = euro_fact("cifre_salary", salary)
    offer = answers.salary_offer
    if offer is None or offer.amount < salary:
        return door(
            DoorState.NOT_YET,
            told(
                "the salary offered is {offer}, at least {salary} a year are needed",
                offer=euros(offer.amount if offer is not None else Decimal(0)),
                salary=euros(salary),
            ),
            used,
        )
    grant = rules.decimal("cifre_grant") * rules.decimal("cifre_years")
    return door(
        DoorState.OPEN,
        told(
            "{grant} over {years} years",
            grant=euros(grant),
            years=rules.integer("cifre_years"),
        ),
        used,
        euro_fact("cifre_total", grant),
    )


def honour_loan(wanted: MoneyInput | None, rules: RulesInForce) -> Door:
    """Loan without interest: between two amounts, while its fund takes applications."""

    def door(state: DoorState, reason: Text, *facts: Fact) -> Door:
        return Door(key="honour_loan", name=LOAN, state=state, reason=reason, facts=facts)

    if wanted is None:
        return door(DoorState.NOT_APPLICABLE, told("no loan is wanted"))
    least, most = rules.decimal("loan_minimum"), rules.decimal("loan_maximum")
    used = (euro_fact("loan_minimum", least), euro_fact("loan_maximum", most))
    span = told(
        "loans are from {least} to {most}",
        least=euros(least),
        most=euros(most),
    )
    if not least <= wanted.amount <= most:
        return door(DoorState.NOT_YET, span, *used)
    if not rules.decimal("loan_fund_open"):
        return door(DoorState.NOT_YET, told("the fund is closed"), *used)
    return door(DoorState.OPEN, span, *used)
