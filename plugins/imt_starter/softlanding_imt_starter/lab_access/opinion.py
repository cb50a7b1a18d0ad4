"""What a request allows on a day: the opinion binds, and two months of silence are favourable."""

from collections.abc import Sequence
from datetime import date

from softlanding import Outcome, Verdict, joined
from softlanding_imt_starter.lab_access.form import LabOpinion
from softlanding_imt_starter.texts import told


def judged(
    *,
    sent: date | None,
    due_on: date,
    opinion: LabOpinion,
    arrival: date,
    today: date,
    alternatives: Sequence[str],
) -> Verdict:
    """Return the verdict on a complete request.

    `due_on` is the day from which silence is favourable; for a request that is not sent, as if
    it were sent today. A pending opinion never passes before that day.
    """
    if sent is None:
        return _not_sent(due_on, arrival, alternatives)
    if opinion is LabOpinion.REFUSED:
        return Verdict(
            outcome=Outcome.FAILED,
            code="OPINION_REFUSED",
            message=told(
                "The opinion is a refusal: only non-ZRR rooms are open, such as {alternatives}.",
                alternatives=alternatives,
            ),
        )
    if opinion is LabOpinion.FAVOURABLE:
        return Verdict(
            outcome=Outcome.PASSED,
            code="OPINION_FAVOURABLE",
            message=told("The opinion is favourable."),
        )
    return _pending(sent, due_on, arrival, today, alternatives)


def _not_sent(due_on: date, arrival: date, alternatives: Sequence[str]) -> Verdict:
    message = told(
        "The request is not sent; sent today, the opinion is due {due}, arrival is {arrival}.",
        due=due_on,
        arrival=arrival,
    )
    if due_on > arrival:
        way_out = told(
            "Choose lab {alternatives} or start later.",
            alternatives=alternatives,
        )
        message = joined([message, way_out])
    return Verdict(outcome=Outcome.FAILED, code="REQUEST_NOT_SENT", message=message)


def _pending(
    sent: date, due_on: date, arrival: date, today: date, alternatives: Sequence[str]
) -> Verdict:
    if today >= due_on:
        return Verdict(
            outcome=Outcome.PASSED,
            code="FAVOURABLE_BY_SILENCE",
            message=told(
                "Request sent {sent}; no answer by {due}, which is favourable.",
                sent=sent,
                due=due_on,
            ),
            usable_on=due_on,
        )
    if due_on > arrival:
        return Verdict(
            outcome=Outcome.FAILED,
            code="OPINION_TOO_LATE",
            message=told(
                "Request sent {sent}; opinion due {due}, after your arrival. Choose lab"
                " {alternatives} or start later.",
                sent=sent,
                due=due_on,
                alternatives=alternatives,
            ),
            usable_on=due_on,
        )
    return Verdict(
        outcome=Outcome.NEEDS_REVIEW,
        code="OPINION_PENDING",
        message=told(
            "Request sent {sent}; the opinion is pending. Silence is favourable from {due} on,"
            " before the arrival on {arrival}.",
            sent=sent,
            due=due_on,
            arrival=arrival,
        ),
        usable_on=due_on,
    )
