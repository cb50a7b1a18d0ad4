"""The check of `imt_starter.follow_up_funding`."""

import hashlib
from collections.abc import Sequence

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Text, Verdict, joined
from softlanding_common.euros import currency_fault, percent_fact
from softlanding_imt_starter.follow_up_funding import company_doors, innovation_doors, people_doors
from softlanding_imt_starter.follow_up_funding.door import Door, DoorState, looked_at
from softlanding_imt_starter.follow_up_funding.form import FollowUpFunding
from softlanding_imt_starter.texts import told


async def check_follow_up_funding(
    answers: FollowUpFunding,
    stay: StaySnapshot,
    ctx: CheckContext,
) -> Verdict:
    """Look at each door; nothing fails, each door that is not open says why not yet."""
    if fault := currency_fault(answers):
        return fault
    rules = ctx.rules
    doors = [
        looked_at(
            "jei", innovation_doors.JEI, lambda: innovation_doors.jei(answers, rules, ctx.today)
        ),
        looked_at(
            "jeii", innovation_doors.JEII, lambda: innovation_doors.jeii(answers, rules, ctx.today)
        ),
        looked_at("cifre", company_doors.CIFRE, lambda: company_doors.cifre(answers, rules)),
        looked_at(
            "honour_loan",
            company_doors.LOAN,
            lambda: company_doors.honour_loan(answers.loan_wanted, rules),
        ),
        looked_at("talent", people_doors.TALENT, lambda: people_doors.talent(answers, rules)),
        looked_at(
            "scientific_help",
            people_doors.HELP,
            lambda: people_doors.scientific_help(answers.scientific_help, rules),
        ),
    ]
    return screened(doors, facts=_facts(answers, doors))


def screened(doors: Sequence[Door], *, facts: tuple[Fact, ...] = ()) -> Verdict:
    """Return the verdict on the doors: a list of them, and a review where none is certain."""
    states = {door.state for door in doors}
    if DoorState.OPEN in states:
        outcome, code = Outcome.PASSED, "DOORS_OPEN"
    elif DoorState.NEEDS_REVIEW in states:
        outcome, code = Outcome.NEEDS_REVIEW, "DOORS_UNCERTAIN"
    else:
        outcome, code = Outcome.PASSED, "NO_DOOR_YET"
    sentences = {
        DoorState.OPEN: told("Open: {doors}.", doors=_named(doors, DoorState.OPEN)),
        DoorState.NEEDS_REVIEW: told(
            "To be reviewed: {doors}.", doors=_named(doors, DoorState.NEEDS_REVIEW)
        ),
        DoorState.NOT_YET: told(
            "Not yet, because: {doors}.", doors=_named(doors, DoorState.NOT_YET)
        ),
        DoorState.NOT_APPLICABLE: told(
            "Not concerned: {doors}.", doors=_named(doors, DoorState.NOT_APPLICABLE)
        ),
    }
    listed = "\n".join(f"{door.key} {door.state} {door.reason['en']}" for door in doors)
    opened = sum(door.state is DoorState.OPEN for door in doors)
    return Verdict(
        outcome=outcome,
        code=code,
        message=joined(text for state, text in sentences.items() if state in states),
        facts=facts,
        evidence=(
            Evidence(
                kind="screen",
                label=f"{opened} of {len(doors)} doors open",
                sha256=hashlib.sha256(listed.encode()).hexdigest(),
            ),
        ),
    )


def _named(doors: Sequence[Door], state: DoorState) -> list[Text]:
    return [
        told("{name} ({reason})", name=door.name, reason=door.reason)
        for door in doors
        if door.state is state
    ]


def _facts(answers: FollowUpFunding, doors: Sequence[Door]) -> tuple[Fact, ...]:
    share = innovation_doors.rd_share(answers)
    return (
        *(Fact(name=f"door_{door.key}", value=str(door.state)) for door in doors),
        *(() if share is None else (percent_fact("rd_share", share),)),
        *(fact for door in doors for fact in door.facts),
    )
