"""The check of `gtec.address`."""

from dataclasses import replace
from datetime import timedelta

from softlanding import (
    CheckContext,
    Country,
    Evidence,
    Fact,
    Outcome,
    StaySnapshot,
    Verdict,
    add_months,
)
from softlanding_gtec.address.form import GtecAddress
from softlanding_gtec.house import COUNTRY
from softlanding_gtec.texts import told


async def check_address(answers: GtecAddress, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask to register those who live in Germany, and those who stay longer than the free months.

    The day of moving in is the first of the months (Federal Act on Registration, as told by
    verwaltung.bund.de): from 3 May three months last to 2 August.
    """
    rules = ctx.rules
    months = rules.integer("free_months")
    free_until = add_months(answers.move_in, months) - timedelta(days=1)
    register_by = answers.move_in + timedelta(days=rules.integer("registration_days"))
    evidence = Evidence.of_answers(
        kind="dwelling_dates", label="First and last day in the dwelling", answers=answers
    )
    if answers.move_out < answers.move_in:
        verdict = Verdict(
            outcome=Outcome.FAILED,
            code="DAYS_REVERSED",
            message=told(
                "The last day {last} is before the first {first}.",
                first=answers.move_in,
                last=answers.move_out,
            ),
        )
    elif answers.usual_residence != COUNTRY and answers.move_out <= free_until:
        verdict = Verdict(
            outcome=Outcome.PASSED,
            code="NO_REGISTRATION",
            message=told(
                "Whose usual residence is abroad ({country}) need not register for {months} months,"
                " that is to {day}.",
                country=Country(answers.usual_residence),
                months=months,
                day=free_until,
            ),
        )
    else:
        verdict = Verdict(
            outcome=Outcome.FAILED,
            code="REGISTER_ADDRESS",
            message=told("Register at the Bürgeramt by {day}.", day=register_by),
        )
    facts = (
        Fact(name="free_months", value=months, unit="months"),
        Fact(name="free_until", value=free_until),
        Fact(name="register_by", value=register_by),
    )
    return replace(verdict, facts=facts, evidence=(evidence,))
