"""Doors of young innovative companies: JEI and JEII, by age, size and share of research."""

from datetime import date
from decimal import Decimal

from softlanding import Fact, RulesInForce, Text, add_months, joined
from softlanding_common.euros import euro_fact, euros, percent_fact
from softlanding_imt_starter.follow_up_funding.company_doors import no_entity
from softlanding_imt_starter.follow_up_funding.door import Door, DoorState
from softlanding_imt_starter.follow_up_funding.form import FollowUpFunding
from softlanding_imt_starter.texts import told

JEI: Text = told("JEI")
JEII: Text = told("JEII")
_CONFIRM = told(
    "a person still confirms shareholding and new activity",
)


def rd_share(answers: FollowUpFunding) -> Decimal | None:
    """Return research spending in percent of the deductible charges; None without charges."""
    charges = answers.deductible_charges.amount
    return answers.rd_spend.amount * 100 / charges if charges else None


def jei(answers: FollowUpFunding, rules: RulesInForce, today: date) -> Door:
    """Young innovative company: SME, young, small, and enough research."""
    least = rules.decimal("jei_rd_share")
    missing, facts = _young_company(answers, rules, today)
    missing += _too_little_research(answers, least)
    return _innovative("jei", JEI, missing, (*facts, percent_fact("jei_rd_share", least)))


def jeii(answers: FollowUpFunding, rules: RulesInForce, today: date) -> Door:
    """Young innovative company with impact: less research, but ESUS or social economy."""
    least = rules.decimal("jeii_rd_share")
    missing, _ = _young_company(answers, rules, today)
    missing += _too_little_research(answers, least)
    if not answers.esus:
        missing.append(
            told(
                "it is neither ESUS approved nor of the social economy",
            )
        )
    return _innovative("jeii", JEII, missing, (percent_fact("jeii_rd_share", least),))


def _young_company(
    answers: FollowUpFunding, rules: RulesInForce, today: date
) -> tuple[list[Text], tuple[Fact, ...]]:
    years, headcount = rules.integer("jei_years"), rules.decimal("jei_headcount")
    turnover = rules.decimal("jei_turnover")
    missing: list[Text] = []
    if reason := no_entity(answers):
        missing.append(reason)
    if not answers.is_sme:
        missing.append(told("it is no SME"))
    if today >= add_months(answers.founded_on, years * 12):
        missing.append(
            told(
                "it is {years} years old or more",
                years=years,
            )
        )
    if answers.headcount >= headcount:
        missing.append(
            told(
                "it has {count} persons or more",
                count=headcount,
            )
        )
    if answers.turnover.amount >= turnover:
        missing.append(
            told(
                "its turnover is {turnover} or more",
                turnover=euros(turnover),
            )
        )
    facts = (
        Fact(name="jei_years", value=years, unit="years"),
        Fact(name="jei_headcount", value=headcount, unit="persons"),
        euro_fact("jei_turnover", turnover),
    )
    return missing, facts


def _too_little_research(answers: FollowUpFunding, least: Decimal) -> list[Text]:
    share = rd_share(answers)
    if share is not None and share >= least:
        return []
    return [
        told(
            "research is {share} % of charges, {least} % are needed",
            share=round(share or Decimal(0), 2),
            least=least,
        )
    ]


def _innovative(key: str, name: Text, missing: list[Text], facts: tuple[Fact, ...]) -> Door:
    return Door(
        key=key,
        name=name,
        state=DoorState.NOT_YET if missing else DoorState.OPEN,
        reason=joined(missing, "; ") if missing else _CONFIRM,
        facts=facts,
    )
