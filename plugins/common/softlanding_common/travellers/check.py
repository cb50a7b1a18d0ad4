"""The check of `common.travellers`."""

from collections.abc import Iterator

from softlanding import CheckContext, Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_common.findings import Finding, failed, judged, warning
from softlanding_common.roster import roster_findings, same_name
from softlanding_common.texts import told
from softlanding_common.travellers.form import Travellers


async def check_travellers(answers: Travellers, stay: StaySnapshot, ctx: CheckContext) -> Verdict:
    """Ask for every traveller of the stay once, with a document that is valid to the departure.

    How long a document must be valid beyond the departure depends on nationality and host; the
    steps about borders ask for that.
    """
    documents = answers.travellers
    good = Verdict(
        outcome=Outcome.PASSED,
        code="TRAVELLERS_NOTED",
        message=told(
            "All travellers ({count}) are noted, with documents valid to the departure"
            " {departure}.",
            count=len(documents),
            departure=stay.departure,
        ),
        facts=(
            Fact(name="travellers", value=len(stay.travellers), unit="persons"),
            Fact(name="documents", value=len(documents), unit="documents"),
            Fact(name="departure", value=stay.departure),
            Fact(
                name="emergency_contacts",
                value=sum(document.emergency_contact for document in documents),
                unit="persons",
            ),
        ),
        evidence=(
            Evidence.of_answers(
                kind="travellers", label="Travellers and documents as noted", answers=answers
            ),
        ),
    )
    names = [document.name for document in documents]
    findings = [*roster_findings(stay, names), *_twice(names), *_documents(answers, stay)]
    return judged(findings, good)


def _twice(names: list[str]) -> Iterator[Finding]:
    keys = [same_name(name) for name in names]
    twice = [name for number, name in enumerate(names) if keys[number] in keys[:number]]
    if twice:
        yield failed("TRAVELLER_TWICE", told("Noted more than once: {names}.", names=twice))


def _documents(answers: Travellers, stay: StaySnapshot) -> Iterator[Finding]:
    for one in answers.travellers:
        if one.expires_on < stay.departure:
            yield failed(
                "DOCUMENT_EXPIRES",
                told(
                    "The document of {name} ends {day} before departure {departure}.",
                    name=one.name,
                    day=one.expires_on,
                    departure=stay.departure,
                ),
            )
    if without := [one.name for one in answers.travellers if not one.emergency_contact]:
        yield warning(
            "NO_EMERGENCY_CONTACT",
            told("Nobody is known to be called in an emergency for: {names}.", names=without),
        )
