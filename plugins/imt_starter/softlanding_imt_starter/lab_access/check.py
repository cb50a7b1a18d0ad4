"""The check of `imt_starter.lab_access`."""

from dataclasses import replace
from datetime import date, timedelta

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    RulesInForce,
    StaySnapshot,
    Verdict,
    add_months,
)
from softlanding_imt_starter.directory import NO_LAB, Directory, Lab
from softlanding_imt_starter.lab_access.completeness import missing_fields, missing_travellers
from softlanding_imt_starter.lab_access.form import LabAccess
from softlanding_imt_starter.lab_access.opinion import judged
from softlanding_imt_starter.research_profile.form import ResearchProfile
from softlanding_imt_starter.settings import directory_of
from softlanding_imt_starter.texts import told

PROFILE = "imt_starter.research_profile"


async def check_lab_access(answers: LabAccess, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Look the lab up, ask whether the request is complete, then what the opinion allows.

    A lab of which nobody has said whether it is restricted is treated as if it were.
    """
    directory = directory_of(ctx.settings)
    profile = ctx.answers.get(PROFILE)
    wanted = profile.lab if isinstance(profile, ResearchProfile) else None
    lab = directory.labs.get(wanted) if wanted is not None else None
    if wanted == NO_LAB or (lab is not None and lab.zrr is False):
        return Verdict(
            outcome=Outcome.NOT_APPLICABLE,
            code="NO_RESTRICTED_LAB",
            message=told(
                "The start-up visits no restricted zone.",
            ),
        )
    if lab is None:
        return _lab_not_chosen(directory)
    facts = (
        Fact(name="lab", value=lab.key),
        Fact(name="zrr", value="unknown" if lab.zrr is None else "yes"),
        Fact(name="opinion", value=str(answers.opinion)),
    )
    if fault := _incomplete(answers, stay, ctx.today):
        return replace(fault, facts=facts)
    return _with_request(answers, stay, ctx.today, ctx.rules, directory, facts, lab)


def _lab_not_chosen(directory: Directory) -> Verdict:
    return Verdict(
        outcome=Outcome.NEEDS_REVIEW,
        code="LAB_NOT_CHOSEN",
        message=told(
            "The research profile names no known lab; choose {labs} or {none}.",
            labs=sorted(directory.labs),
            none=NO_LAB,
        ),
    )


def _with_request(
    answers: LabAccess,
    stay: StaySnapshot,
    today: date,
    rules: RulesInForce,
    directory: Directory,
    facts: tuple[Fact, ...],
    lab: Lab,
) -> Verdict:
    months = rules.integer("opinion_months")
    sent_on = answers.request_sent_on or today
    due_on = add_months(sent_on, months)
    wanted_by = stay.arrival - timedelta(days=rules.integer("opinion_wanted_days"))
    verdict = judged(
        sent=answers.request_sent_on,
        due_on=due_on,
        opinion=answers.opinion,
        arrival=stay.arrival,
        today=today,
        alternatives=[f"{one.name} ({one.key})" for one in directory.free_labs],
    )
    return replace(
        verdict,
        facts=(
            *facts,
            Fact(name="request_sent_on", value=answers.request_sent_on),
            Fact(name="opinion_months", value=months, unit="months"),
            Fact(name="opinion_due_on", value=due_on),
            Fact(name="opinion_wanted_by", value=wanted_by),
            Fact(name="arrival", value=stay.arrival),
        ),
        evidence=(
            Evidence.of_answers(
                kind="access_request", label=f"Request for {lab.key}, dates only", answers=answers
            ),
        ),
    )


def _incomplete(answers: LabAccess, stay: StaySnapshot, today: date) -> Verdict | None:
    def failed(code: str, message: dict[str, str]) -> Verdict:
        return Verdict(outcome=Outcome.FAILED, code=code, message=message)

    if names := missing_travellers(answers.travellers, stay.travellers):
        return failed(
            "TRAVELLER_MISSING",
            told(
                "The request does not name {names}.",
                names=names,
            ),
        )
    if fields := missing_fields(answers.travellers):
        return failed(
            "FIELDS_MISSING",
            told(
                "The request lacks: {fields}.",
                fields="; ".join(fields),
            ),
        )
    if answers.request_sent_on is not None and answers.request_sent_on > today:
        return failed(
            "REQUEST_IN_FUTURE",
            told(
                "The request is dated {day}; today is {today}. Give the day it was sent.",
                day=answers.request_sent_on,
                today=today,
            ),
        )
    return None
