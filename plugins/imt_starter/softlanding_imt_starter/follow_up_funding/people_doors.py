"""Doors of people: residence of a founder (Talent), help of a researcher (loi Pacte)."""

from softlanding import Fact, RulesInForce, Text
from softlanding_common.bilingual import Euros, told
from softlanding_common.euros import euro_fact, percent_fact
from softlanding_imt_starter.follow_up_funding.door import Door, DoorState
from softlanding_imt_starter.follow_up_funding.form import (
    FollowUpFunding,
    FollowUpScientificHelp,
)

TALENT: Text = {"en": "Talent residence permit", "fr": "carte de séjour Talent"}
HELP: Text = {"en": "researcher's help", "fr": "concours scientifique"}

# The Union, the European Economic Area and Switzerland.
_COUNTRIES = (
    "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
)
FREE_TO_SETTLE = frozenset(_COUNTRIES.split())


def talent(answers: FollowUpFunding, rules: RulesInForce) -> Door:
    """Residence permit of a founder from elsewhere: enough means, and public recognition."""

    def door(state: DoorState, reason: Text, *facts: Fact) -> Door:
        return Door(key="talent", name=TALENT, state=state, reason=reason, facts=facts)

    if FREE_TO_SETTLE.intersection(answers.founder_nationalities):
        return door(
            DoorState.NOT_APPLICABLE,
            told(en="the founder is free to settle", fr="le fondateur peut s'installer librement"),
        )
    needed = rules.decimal("talent_means")
    used = euro_fact("talent_means", needed)
    means = answers.founder_means
    if means is None or means.amount < needed:
        return door(
            DoorState.NOT_YET,
            told(
                en="means of {needed} a year are needed",
                fr="il faut des moyens de {needed} par an",
                needed=Euros(needed),
            ),
            used,
        )
    return door(
        DoorState.OPEN,
        told(
            en="means suffice; public recognition of the project is needed too",
            fr="les moyens suffisent ; il faut aussi la reconnaissance publique du projet",
        ),
        used,
    )


def scientific_help(wanted: FollowUpScientificHelp | None, rules: RulesInForce) -> Door:
    """Help of a researcher: part of the time, part of the capital, results to exploit."""

    def door(state: DoorState, reason: Text, *facts: Fact) -> Door:
        return Door(key="scientific_help", name=HELP, state=state, reason=reason, facts=facts)

    if wanted is None:
        return door(
            DoorState.NOT_APPLICABLE, told(en="no help is wanted", fr="aucune aide n'est demandée")
        )
    time, capital = rules.decimal("help_time"), rules.decimal("help_capital")
    used = (percent_fact("help_time", time), percent_fact("help_capital", capital))
    limits = told(
        en="at most {time} % of working time, {capital} % of capital, and results to exploit",
        fr="au plus {time} % du temps de travail, {capital} % du capital, et des résultats à"
        " valoriser",
        time=time,
        capital=capital,
    )
    fits = (
        wanted.working_time_pct <= time
        and wanted.capital_pct <= capital
        and wanted.exploits_results
    )
    if not fits:
        return door(DoorState.NOT_YET, limits, *used)
    return door(
        DoorState.OPEN,
        told(
            en="the intent is noted; the employer's authorisation can take months",
            fr="l'intention est notée ; l'autorisation de l'employeur peut prendre des mois",
        ),
        *used,
    )
