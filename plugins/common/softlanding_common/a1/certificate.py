"""What one certificate must be: granted over the whole stay, or applied for in time."""

from collections.abc import Iterator
from datetime import date

from softlanding import RulesInForce, StaySnapshot, add_months
from softlanding_common.a1.form import A1Certificate, WorkStatus
from softlanding_common.figures import known
from softlanding_common.findings import Finding, failed, review, warning
from softlanding_common.texts import told


def is_granted(one: A1Certificate) -> bool:
    """Tell whether a certificate is there: it has a first and a last day."""
    return one.valid_from is not None and one.valid_to is not None


def certificate_findings(
    one: A1Certificate, stay: StaySnapshot, rules: RulesInForce, today: date
) -> Iterator[Finding]:
    """Tell what is wrong with a certificate.

    An authority that has granted it has decided on the conditions; they are looked at only
    while it is applied for.
    """
    if one.valid_from is not None and one.valid_to is not None:
        if one.valid_from > stay.arrival or one.valid_to < stay.departure:
            yield failed(
                "CERTIFICATE_TOO_SHORT",
                told(
                    "The certificate of {name} is valid from {first} to {last}; the stay is from"
                    " {arrival} to {departure}.",
                    name=one.name,
                    first=one.valid_from,
                    last=one.valid_to,
                    arrival=stay.arrival,
                    departure=stay.departure,
                ),
            )
        return
    if one.applied_on is None or one.applied_on > today:
        yield failed(
            "CERTIFICATE_NOT_APPLIED",
            told("The certificate of {name} has not been applied for.", name=one.name),
        )
        return
    yield warning(
        "CERTIFICATE_AWAITED",
        told(
            "The certificate of {name} was applied for on {day} and is not granted yet; travel"
            " with the proof of the application.",
            name=one.name,
            day=one.applied_on,
        ),
    )
    yield from _activity(one, stay, rules)
    yield from _length(one, stay, rules)


def _activity(one: A1Certificate, stay: StaySnapshot, rules: RulesInForce) -> Iterator[Finding]:
    if one.status is not WorkStatus.SELF_EMPLOYED:
        return
    if one.active_since is None:
        yield failed(
            "ACTIVITY_NOT_TOLD",
            told(
                "{name} is self-employed; note since when the same work has been done at home.",
                name=one.name,
            ),
        )
        return
    months = known(rules, "self_employed_months")
    if months is None:
        yield review(
            "ACTIVITY_MONTHS_UNKNOWN",
            told(
                "A person must decide: {name} has been self-employed since {day}; how long it has"
                " to be before a posting has not been verified.",
                name=one.name,
                day=one.active_since,
            ),
        )
    elif add_months(one.active_since, int(months)) > stay.arrival:
        yield failed(
            "ACTIVITY_TOO_SHORT",
            told(
                "{name} has been self-employed since {day}, less than {months} months before the"
                " arrival {arrival}.",
                name=one.name,
                day=one.active_since,
                months=months,
                arrival=stay.arrival,
            ),
        )


def _length(one: A1Certificate, stay: StaySnapshot, rules: RulesInForce) -> Iterator[Finding]:
    if one.posted_since is None or one.posted_since >= stay.arrival:
        return
    months = known(rules, "posting_months")
    if months is None:
        yield review(
            "POSTING_MONTHS_UNKNOWN",
            told(
                "A person must decide: {name} has worked in the host's country since {day}; how"
                " long a posting may last has not been verified.",
                name=one.name,
                day=one.posted_since,
            ),
        )
    elif add_months(one.posted_since, int(months)) <= stay.departure:
        yield failed(
            "POSTING_TOO_LONG",
            told(
                "{name} works in the host's country from {day} to {departure}, more than {months}"
                " months.",
                name=one.name,
                day=one.posted_since,
                months=months,
                departure=stay.departure,
            ),
        )
