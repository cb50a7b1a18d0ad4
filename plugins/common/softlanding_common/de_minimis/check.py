"""The core of a check of de minimis aid; its step names the rule set `common.de_minimis`."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    RulesInForce,
    StaySnapshot,
    Verdict,
    add_working_days,
)
from softlanding_common.aid import Aid
from softlanding_common.de_minimis.faults import declaration_fault
from softlanding_common.de_minimis.form import DeMinimisDeclaration, DeMinimisNoAid
from softlanding_common.de_minimis.grant import (
    grant_record,
    stay_amount,
    undeclared_stay_aid,
)
from softlanding_common.de_minimis.judgement import Reminder, judged
from softlanding_common.de_minimis.position import Position, position_facts, position_on
from softlanding_common.de_minimis.undertaking import counted_aid, is_linked
from softlanding_common.euros import cents, euro_fact
from softlanding_common.texts import told

# A host that lets the stay go on after a review grants the aid all the same; a stay that is
# called off does not count.
_GRANTED = frozenset({Outcome.PASSED, Outcome.WARNING, Outcome.NEEDS_REVIEW})


async def check_declared_aid(
    answers: DeMinimisDeclaration,
    stay: StaySnapshot,
    ctx: CheckContext,
    *,
    reminder: Reminder | None = None,
    grantor_name: str | None = None,
) -> Verdict:
    """Sum the aid of the host's state over 36 months, add the stay, compare with the ceiling.

    In this order: the declaration must be usable and complete; a stay at market price is no
    aid; the sum must not exceed the ceiling; what a person must decide; the warnings, the
    partner's `reminder` among them.

    Aid that is granted leaves a record, by `grantor_name` or else by the host, and the fact
    `register_due_on`: the last day for the entry in the register, by working days of the
    host's country.
    """
    if fault := declaration_fault(answers, stay):
        return fault
    declaration = Evidence.of_answers(kind="declaration", label="Declaration", answers=answers)
    if answers.stay_value.no_aid_because is DeMinimisNoAid.MARKET_PRICE_PAID:
        return Verdict(
            outcome=Outcome.PASSED,
            code="NO_AID",
            message=told(
                "The start-up pays the market price: the stay is no aid.",
            ),
            facts=(euro_fact("stay_value", stay_amount(answers.stay_value)),),
            evidence=(declaration,),
        )
    rules = ctx.rules
    majority = rules.decimal("majority_of_votes")
    declared = counted_aid(
        answers.grants, answers.group_members, state=stay.host.country, majority=majority
    )
    recorded = await undeclared_stay_aid(declared, stay, ctx)
    aid = [*declared, *recorded]
    position = position_on(
        answers.granted_on or stay.arrival,
        aid,
        state=stay.host.country,
        stay_value=stay_amount(answers.stay_value),
        nace=stay.startup.nace,
        rules=rules,
    )
    linked = [member for member in answers.group_members if is_linked(member, majority)]
    verdict = replace(
        judged(answers, stay, position, majority, reminder),
        facts=(
            *position_facts(position),
            euro_fact("recorded_aid", sum((one.amount for one in recorded), Decimal(0))),
            Fact(name="window", value=rules.integer("window_months"), unit="months"),
            Fact(name="majority_of_votes", value=majority, unit="percent"),
            Fact(name="linked_members", value=len(linked), unit="enterprises"),
        ),
        evidence=(declaration, _table(aid, position)),
    )
    if verdict.outcome not in _GRANTED or not position.stay_value:
        return verdict
    due = register_due_on(position.day, stay.host.country, rules)
    return replace(
        verdict,
        facts=(*verdict.facts, Fact(name="register_due_on", value=due)),
        records=(
            grant_record(
                stay,
                position.stay_value,
                position.day,
                register_due_on=due,
                grantor_name=grantor_name or stay.host.name,
            ),
        ),
    )


def register_due_on(granted_on: date, country: str, rules: RulesInForce) -> date:
    """Return the last day for the entry of an aid in the register, by working days there."""
    return add_working_days(granted_on, rules.integer("register_working_days"), country)


def _table(aid: Sequence[Aid], position: Position) -> Evidence:
    counted = [one for one in aid if position.window_start <= one.granted_on <= position.day]
    rows = [
        f"{one.granted_on} {cents(one.amount)}"
        for one in sorted(counted, key=lambda one: (one.granted_on, one.amount))
    ]
    rows += [f"{position.day} {cents(position.stay_value)} stay", f"total {cents(position.total)}"]
    return Evidence(
        kind="computed_table",
        label=f"{len(counted)} grants and the stay, {cents(position.total)} EUR",
        sha256=hashlib.sha256("\n".join(rows).encode()).hexdigest(),
    )
