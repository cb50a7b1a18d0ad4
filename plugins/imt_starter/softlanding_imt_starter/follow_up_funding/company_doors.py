"""Doors of a French company: a doctoral student (CIFRE), an honour loan."""

from decimal import Decimal

from stdnum.fr import siren

from softlanding import Fact, MoneyInput, RulesInForce, Text
from softlanding_common.bilingual import Euros, told
from softlanding_common.euros import euro_fact
from softlanding_imt_starter.follow_up_funding.door import Door, DoorState
from softlanding_imt_starter.follow_up_funding.form import FollowUpFunding

CIFRE: Text = {"en": "CIFRE", "fr": "CIFRE"}
LOAN: Text = {"en": "honour loan", "fr": "prêt d'honneur"}


def no_entity(answers: FollowUpFunding) -> Text | None:
    """Return why there is no French company to speak of, or None."""
    if not answers.french_entity:
        return told(en="there is no French company", fr="il n'y a pas de société française")
    if answers.siren is None or not siren.is_valid(answers.siren):
        return told(
            en="the SIREN is missing or its check digit is wrong",
            fr="le SIREN manque ou sa clé est fausse",
        )
    return None


def cifre(answers: FollowUpFunding, rules: RulesInForce) -> Door:
    """Doctoral student in the company: a French company, and a salary that is high enough."""

    def door(state: DoorState, reason: Text, *facts: Fact) -> Door:
        return Door(key="cifre", name=CIFRE, state=state, reason=reason, facts=facts)

    if not answers.phd_planned:
        return door(
            DoorState.NOT_APPLICABLE,
            told(en="no thesis is planned", fr="aucune thèse n'est prévue"),
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
                en="the salary offered is {offer}, at least {salary} a year are needed",
                fr="le salaire proposé est de {offer}, il faut au moins {salary} par an",
                offer=Euros(offer.amount if offer is not None else Decimal(0)),
                salary=Euros(salary),
            ),
            used,
        )
    grant = rules.decimal("cifre_grant") * rules.decimal("cifre_years")
    return door(
        DoorState.OPEN,
        told(
            en="{grant} over {years} years",
            fr="{grant} sur {years} ans",
            grant=Euros(grant),
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
        return door(
            DoorState.NOT_APPLICABLE, told(en="no loan is wanted", fr="aucun prêt n'est demandé")
        )
    least, most = rules.decimal("loan_minimum"), rules.decimal("loan_maximum")
    used = (euro_fact("loan_minimum", least), euro_fact("loan_maximum", most))
    span = told(
        en="loans are from {least} to {most}",
        fr="les prêts vont de {least} à {most}",
        least=Euros(least),
        most=Euros(most),
    )
    if not least <= wanted.amount <= most:
        return door(DoorState.NOT_YET, span, *used)
    if not rules.decimal("loan_fund_open"):
        return door(
            DoorState.NOT_YET, told(en="the fund is closed", fr="le fonds est fermé"), *used
        )
    return door(DoorState.OPEN, span, *used)
