"""The check of `crosspring_lab.registration`."""

from collections.abc import Iterator, Sequence

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    Severity,
    StaySnapshot,
    Text,
    Verdict,
    holiday_on,
    is_working_day,
    joined,
)
from softlanding_common.roster import same_name
from softlanding_crosspring_lab.registration.form import Registration, RegistrationPerson
from softlanding_crosspring_lab.registration.nights import Duty, Nights, limit_from, nights_of
from softlanding_crosspring_lab.texts import told

Found = tuple[str, Text]


async def check_registration(
    answers: Registration, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Count nights: a resident must register, and the stay waits for the appointment.

    Nights before the arrival and planned ones are added, which is the cautious count: the six
    months that the rule looks at may hold fewer of them.
    """
    months = ctx.rules.integer("residence_months")
    desks = ctx.rules.integer("rni_desks")
    limit = limit_from(stay.arrival, months)
    counted = [nights_of(person, stay, limit) for person in answers.persons]
    outcome, code, message, severity = _judged(counted, answers, stay, months, desks)
    return Verdict(
        outcome=outcome,
        code=code,
        message=message,
        severity=severity,
        facts=(
            *(
                Fact(name=f"nights_{number}", value=one.total, unit="nights")
                for number, one in enumerate(counted, start=1)
            ),
            *(
                Fact(name=f"duty_{number}", value=str(one.duty))
                for number, one in enumerate(counted, start=1)
            ),
            Fact(name="resident_from", value=limit, unit="nights"),
            Fact(name="residence_months", value=months, unit="months"),
            Fact(name="window", value=ctx.rules.integer("window_months"), unit="months"),
            Fact(name="rni_desks", value=desks, unit="desks"),
        ),
        evidence=(
            Evidence.of_answers(
                kind="registration",
                label="Nights and days of appointments as noted",
                answers=answers,
            ),
        ),
    )


def _judged(
    counted: Sequence[Nights], answers: Registration, stay: StaySnapshot, months: int, desks: int
) -> tuple[Outcome, str, Text, Severity | None]:
    residents = [one for one in counted if one.duty is Duty.BRP]
    if missing := [one for one in residents if one.person.appointment_on is None]:
        sentences = [
            told(
                "{nights} nights of {name} exceed {months} months: register as resident.",
                nights=one.total,
                name=one.person.name,
                months=months,
            )
            for one in missing
        ]
        return Outcome.FAILED, "RESIDENT_NOT_REGISTERED", joined(sentences), Severity.BLOCK
    doubtful = [*_unnamed(answers, stay), *_appointments(counted, stay, desks)]
    if doubtful:
        message = joined(sentence for _, sentence in doubtful)
        return Outcome.WARNING, doubtful[0][0], message, None
    if residents:
        return (
            Outcome.PASSED,
            "RESIDENT_APPOINTMENT_SET",
            told(
                "To be registered as resident in {city}: {names}.",
                names=[one.person.name for one in residents],
                city=answers.city,
            ),
            None,
        )
    return (
        Outcome.PASSED,
        "NO_REGISTRATION_DUTY",
        told("Nobody stays for {months} months; nobody must register.", months=months),
        None,
    )


def _unnamed(answers: Registration, stay: StaySnapshot) -> Iterator[Found]:
    given = {same_name(one.name) for one in answers.persons}
    names = [one.name for one in stay.travellers if same_name(one.name) not in given]
    if names:
        yield "TRAVELLER_MISSING", told("The nights of {names} are not noted.", names=names)


def _appointments(counted: Sequence[Nights], stay: StaySnapshot, desks: int) -> Iterator[Found]:
    for one in counted:
        if one.duty is Duty.NONE:
            continue
        if one.person.appointment_on is None:
            yield (
                "RNI_APPOINTMENT_MISSING",
                told(
                    "{name} needs a BSN: book an appointment at one of the {desks} RNI desks.",
                    name=one.person.name,
                    desks=desks,
                ),
            )
        else:
            yield from _day(one.person, stay)


def _day(person: RegistrationPerson, stay: StaySnapshot) -> Iterator[Found]:
    day = person.appointment_on
    if day is None:
        return
    if not stay.arrival <= day <= stay.departure:
        yield (
            "APPOINTMENT_OUTSIDE_STAY",
            told(
                "The appointment of {name} on {day} is not during the stay; one registers in"
                " person.",
                name=person.name,
                day=day,
            ),
        )
    if not is_working_day(day, stay.host.country):
        yield (
            "APPOINTMENT_ON_FREE_DAY",
            told(
                "The appointment of {name} is on {day}: {reason}.",
                name=person.name,
                day=day,
                reason=holiday_on(day, stay.host.country) or told("a weekend"),
            ),
        )
