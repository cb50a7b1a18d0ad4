"""What a request allows on a day: the opinion binds, and two months of silence are favourable."""

from collections.abc import Sequence
from datetime import date

from softlanding import Outcome, Verdict
from softlanding_common.bilingual import joined, told
from softlanding_imt_starter.lab_access.form import LabOpinion


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
                en="The opinion is a refusal: only non-ZRR rooms are open, such as {alternatives}.",
                fr="L'avis est un refus : seules des salles hors ZRR sont ouvertes, comme"
                " {alternatives}.",
                alternatives=alternatives,
            ),
        )
    if opinion is LabOpinion.FAVOURABLE:
        return Verdict(
            outcome=Outcome.PASSED,
            code="OPINION_FAVOURABLE",
            message=told(en="The opinion is favourable.", fr="L'avis est favorable."),
        )
    return _pending(sent, due_on, arrival, today, alternatives)


def _not_sent(due_on: date, arrival: date, alternatives: Sequence[str]) -> Verdict:
    message = told(
        en="The request is not sent; sent today, the opinion is due {due}, arrival is {arrival}.",
        fr="La demande n'est pas envoyée ; envoyée aujourd'hui, l'avis est dû le {due}, l'arrivée"
        " est le {arrival}.",
        due=due_on,
        arrival=arrival,
    )
    if due_on > arrival:
        way_out = told(
            en="Choose lab {alternatives} or start later.",
            fr="Choisissez le laboratoire {alternatives} ou commencez plus tard.",
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
                en="Request sent {sent}; no answer by {due}, which is favourable.",
                fr="Demande envoyée le {sent} ; pas de réponse au {due}, ce qui est favorable.",
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
                en="Request sent {sent}; opinion due {due}, after your arrival. Choose lab"
                " {alternatives} or start later.",
                fr="Demande envoyée le {sent} ; avis dû le {due}, après votre arrivée. Choisissez"
                " le laboratoire {alternatives} ou commencez plus tard.",
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
            en="Request sent {sent}; the opinion is pending. Silence is favourable from {due} on,"
            " before the arrival on {arrival}.",
            fr="Demande envoyée le {sent} ; l'avis est en attente. Le silence vaut avis favorable"
            " à partir du {due}, avant l'arrivée le {arrival}.",
            sent=sent,
            due=due_on,
            arrival=arrival,
        ),
        usable_on=due_on,
    )
