"""Doors of people: residence of a founder (Talent), help of a researcher (loi Pacte)."""

from softlanding import Fact, RulesInForce, Text
from softlanding_common.euros import euro_fact, euros, percent_fact
from softlanding_imt_starter.follow_up_funding.door import Door, DoorState
from softlanding_imt_starter.follow_up_funding.form import (
    FollowUpFunding,
    FollowUpScientificHelp,
)
from softlanding_imt_starter.texts import told

TALENT: Text = told("Talent residence permit")
HELP: Text = told("researcher's help")

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
            told("the founder is free to settle"),
        )
    needed = rules.decimal("talent_means")
    used = euro_fact("talent_means", needed)
    means = answers.founder_means
    if means is None or means.amount < needed:
        return door(
            DoorState.NOT_YET,
            told(
                "means of {needed} a year are needed",
                needed=euros(needed),
            ),
            used,
        )
    return door(
        DoorState.OPEN,
        told(
            "means suffice; public recognition of the project is needed too",
        ),
        used,
    )


def scientific_help(wanted: FollowUpScientificHelp | None, rules: RulesInForce) -> Door:
    """Help of a researcher: part of the time, part of the capital, results to exploit."""

    def door(state: DoorState, reason: Text, *facts: Fact) -> Door:
        return Door(key="scientific_help", name=HELP, state=state, reason=reason, facts=facts)

    if wanted is None:
        return door(DoorState.NOT_APPLICABLE, told("no help is wanted"))
    time, capital = rules.decimal("help_time"), rules.decimal("help_capital")
    used = (percent_fact("help_time", time), percent_fact("help_capital", capital))
    limits = told(
        "at most {time} % of working time, {capital} % of capital, and results to exploit",
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
            "the intent is noted; the employer's authorisation can take months",
        ),
        *used,
    )
