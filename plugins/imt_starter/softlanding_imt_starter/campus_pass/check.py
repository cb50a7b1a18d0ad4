"""The check of `imt_starter.campus_pass`."""

from dataclasses import replace
from datetime import date

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_imt_starter.campus_pass.form import CampusPass
from softlanding_imt_starter.campus_pass.occupancy import first_full_day, fullest_day
from softlanding_imt_starter.texts import told


async def check_campus_pass(answers: CampusPass, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for cover on all days, room for all persons, a signed agreement, room on each day.

    The capacity is that of the incubator; where it declares none, that of the rule file.
    """
    rules = ctx.rules
    capacity = stay.host.project_capacity
    if capacity is None:
        capacity = rules.integer("projects_capacity")
    per_block = rules.integer("persons_per_desk_block")
    hosted = await ctx.read.hosted(stay.host.id, stay.arrival, stay.departure)
    others = [other for other in hosted if other.id != stay.id]
    day, taken = fullest_day(stay, answers.resident_projects, others)
    facts = (
        Fact(name="insured_from", value=answers.liability_insurance.valid_from),
        Fact(name="insured_to", value=answers.liability_insurance.valid_to),
        Fact(
            name="cover",
            value=answers.liability_insurance.cover.amount,
            unit=answers.liability_insurance.cover.currency,
        ),
        Fact(name="persons", value=len(answers.persons), unit="persons"),
        Fact(name="persons_per_desk_block", value=per_block, unit="persons"),
        Fact(name="desk_blocks", value=answers.desk_blocks, unit="blocks"),
        Fact(name="projects_capacity", value=capacity, unit="projects"),
        Fact(name="fullest_day", value=day),
        Fact(name="projects_on_fullest_day", value=taken, unit="projects"),
        Fact(name="convention_signed_on", value=answers.convention_signed_on),
    )
    verdict = (
        _insurance_fault(answers, stay)
        or _persons_fault(answers, answers.desk_blocks * per_block)
        or _convention_fault(answers, stay, ctx.today)
        or _room_fault(first_full_day(stay, answers.resident_projects, others, capacity), capacity)
        or _verdict(
            Outcome.PASSED,
            "CAMPUS_READY",
            told(
                "Insured for the whole stay, agreement signed, room in the building each day"
                " (at most {taken} of {capacity} projects, this one included, on {day}).",
                taken=taken + 1,
                capacity=capacity,
                day=day,
            ),
        )
    )
    passes = Evidence.of_answers(kind="campus_pass", label="Campus pass as noted", answers=answers)
    return replace(verdict, facts=facts, evidence=(passes,))


def _insurance_fault(answers: CampusPass, stay: StaySnapshot) -> Verdict | None:
    cover = answers.liability_insurance
    if not cover.cover.amount:
        return _verdict(
            Outcome.FAILED,
            "COVER_MISSING",
            told("The insurance names no sum insured."),
        )
    if cover.valid_from > stay.arrival:
        return _verdict(
            Outcome.FAILED,
            "INSURANCE_STARTS_LATE",
            told(
                "Insurance begins {day} after arrival {arrival}.",
                day=cover.valid_from,
                arrival=stay.arrival,
            ),
        )
    if cover.valid_to < stay.departure:
        return _verdict(
            Outcome.FAILED,
            "INSURANCE_ENDS_EARLY",
            told(
                "Insurance ends {day} before departure {departure}.",
                day=cover.valid_to,
                departure=stay.departure,
            ),
        )
    return None


def _persons_fault(answers: CampusPass, places: int) -> Verdict | None:
    if len(answers.persons) <= places:
        return None
    return _verdict(
        Outcome.FAILED,
        "TOO_MANY_PERSONS",
        told(
            "{persons} persons need a badge; {blocks} desk blocks have places for {places}.",
            persons=len(answers.persons),
            blocks=answers.desk_blocks,
            places=places,
        ),
    )


def _convention_fault(answers: CampusPass, stay: StaySnapshot, today: date) -> Verdict | None:
    signed = answers.convention_signed_on
    if signed is None or signed > today:
        return _verdict(
            Outcome.FAILED,
            "CONVENTION_NOT_SIGNED",
            told(
                "The hosting agreement is not signed yet.",
            ),
        )
    if signed > stay.arrival:
        return _verdict(
            Outcome.FAILED,
            "CONVENTION_SIGNED_LATE",
            told(
                "The hosting agreement was signed {day}, after the arrival {arrival}.",
                day=signed,
                arrival=stay.arrival,
            ),
        )
    return None


def _room_fault(full: tuple[date, int] | None, capacity: int) -> Verdict | None:
    if full is None:
        return None
    day, taken = full
    return _verdict(
        Outcome.FAILED,
        "BUILDING_FULL",
        told(
            "ETOILE full: {taken}/{capacity} on {day}.",
            taken=taken,
            capacity=capacity,
            day=day,
        ),
    )


def _verdict(outcome: Outcome, code: str, message: dict[str, str]) -> Verdict:
    return Verdict(outcome=outcome, code=code, message=message)
