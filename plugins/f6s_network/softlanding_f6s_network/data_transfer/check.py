"""The check of `f6s_network.data_transfer`."""

from dataclasses import replace
from datetime import date, timedelta

from softlanding import (
    CheckContext,
    Country,
    Evidence,
    Fact,
    Outcome,
    Record,
    StaySnapshot,
    Text,
    Verdict,
)
from softlanding_f6s_network.data_transfer.basis import EEA, TransferBasis, adequate_until
from softlanding_f6s_network.data_transfer.form import SPECIAL, DataTransfer
from softlanding_f6s_network.house import COUNTRY
from softlanding_f6s_network.texts import told

KIND = "data_transfer"


async def check_data_transfer(
    answers: DataTransfer, stay: StaySnapshot, ctx: CheckContext
) -> Verdict:
    """Ask for a basis that lasts as long as the data are held, and refuse special categories."""
    days = ctx.rules.integer("days_after_departure")
    needed_until = stay.departure + timedelta(days=days)
    adequate = adequate_until(ctx.rules)
    basis = _basis(answers, needed_until, adequate, ctx.today)
    valid_until = adequate if basis is TransferBasis.ADEQUACY else None
    verdict = (
        _special_fault(answers)
        or _elsewhere(answers, stay)
        or _without_basis(answers, basis, adequate, ctx.today)
        or _rests_on(basis, needed_until)
    )
    verdict = replace(
        verdict,
        facts=(
            Fact(name="needed_until", value=needed_until),
            Fact(name="days_after_departure", value=days, unit="days"),
            Fact(name="adequate_until", value=adequate),
            Fact(name="basis", value=basis and str(basis)),
            Fact(name="basis_valid_until", value=valid_until),
            Fact(name="scc_signed_on", value=answers.scc_signed_on),
        ),
        evidence=(
            Evidence.of_answers(
                kind="transfer_record",
                label=f"{answers.exporter} to {answers.importer}",
                answers=answers,
            ),
        ),
    )
    if verdict.outcome is not Outcome.PASSED:
        return verdict
    return replace(verdict, records=(_entry(answers, basis, valid_until),))


def _basis(
    answers: DataTransfer, needed_until: date, adequate: date | None, today: date
) -> TransferBasis | None:
    if answers.importer_country in EEA:
        return TransferBasis.WITHIN_EEA
    if answers.importer_country == COUNTRY and adequate is not None and needed_until <= adequate:
        return TransferBasis.ADEQUACY
    signed = answers.scc_signed_on
    return TransferBasis.SCC if signed is not None and signed <= today else None


def _special_fault(answers: DataTransfer) -> Verdict | None:
    special = [category for category in dict.fromkeys(answers.categories) if category in SPECIAL]
    if not special:
        return None
    return _verdict(
        Outcome.FAILED,
        "SPECIAL_CATEGORIES",
        told(
            "Special categories of data are not sent: {categories}.",
            categories=[str(category) for category in special],
        ),
    )


def _elsewhere(answers: DataTransfer, stay: StaySnapshot) -> Verdict | None:
    if stay.home.country not in EEA:
        country = stay.home.country
    elif answers.importer_country not in EEA | {COUNTRY}:
        country = answers.importer_country
    else:
        return None
    return _verdict(
        Outcome.NEEDS_REVIEW,
        "OTHER_RULES",
        told(
            "A person must decide: the transfer concerns {country}, which has rules of its own.",
            country=Country(country),
        ),
    )


def _without_basis(
    answers: DataTransfer, basis: TransferBasis | None, adequate: date | None, today: date
) -> Verdict | None:
    if basis is not None:
        return None
    signed = answers.scc_signed_on
    if signed is not None and signed > today:
        return _verdict(
            Outcome.FAILED,
            "SCC_IN_FUTURE",
            told(
                "The clauses are dated {day}; today is {today}. Give the day they were signed.",
                day=signed,
                today=today,
            ),
        )
    if adequate is None:
        return _verdict(
            Outcome.FAILED, "SCC_MISSING", told("There is no adequacy decision; attach SCC.")
        )
    return _verdict(
        Outcome.FAILED,
        "SCC_MISSING",
        told("Adequacy ends {day}; attach SCC.", day=adequate),
    )


def _rests_on(basis: TransferBasis | None, needed_until: date) -> Verdict:
    if basis is TransferBasis.WITHIN_EEA:
        return _verdict(
            Outcome.PASSED,
            "WITHIN_EEA",
            told("The receiver is in the European Economic Area: no transfer to a third country."),
        )
    if basis is TransferBasis.ADEQUACY:
        return _verdict(
            Outcome.PASSED,
            "ADEQUATE",
            told("Adequacy covers the data until {day}.", day=needed_until),
        )
    return _verdict(
        Outcome.PASSED,
        "CLAUSES_SIGNED",
        told("Standard contractual clauses cover the data until {day}.", day=needed_until),
    )


def _entry(answers: DataTransfer, basis: TransferBasis | None, valid_until: date | None) -> Record:
    return Record(
        kind=KIND,
        data={
            "exporter": answers.exporter,
            "importer": answers.importer,
            "importer_country": answers.importer_country,
            "categories": [str(category) for category in answers.categories],
            "purpose": answers.purpose,
            "basis": basis and str(basis),
            "valid_until": valid_until and valid_until.isoformat(),
        },
    )


def _verdict(outcome: Outcome, code: str, message: Text) -> Verdict:
    return Verdict(outcome=outcome, code=code, message=message)
