"""What makes the answers unusable; each fault is a sentence with the way out."""

from collections.abc import Iterator

from softlanding import RulesInForce, StaySnapshot
from softlanding_common.findings import Finding, failed
from softlanding_common.mobility_9090.form import Mobility9090
from softlanding_common.mobility_9090.travellers import (
    counted_travellers,
    reversed_days,
    told_by_name,
)
from softlanding_common.roster import same_name
from softlanding_common.texts import told


def faults_of(answers: Mobility9090, stay: StaySnapshot, rules: RulesInForce) -> Iterator[Finding]:
    """Yield who is missing, who is named twice or does not travel, and days in reverse."""
    given = told_by_name(answers)
    missing = [one.name for one in counted_travellers(stay) if same_name(one.name) not in given]
    if missing:
        yield failed(
            "TRAVELLER_MISSING",
            told(
                "The days of {names} are missing; list all stays of the {window} days before.",
                names=missing,
                window=rules.integer("window_days"),
            ),
        )
    travelling = {same_name(one.name) for one in stay.travellers}
    seen: set[str] = set()
    for one in answers.travellers:
        key = same_name(one.name)
        if key not in travelling:
            yield failed(
                "NOT_A_TRAVELLER",
                told(
                    "{name} does not travel; write the names as in the application.",
                    name=one.name,
                ),
            )
        if key in seen:
            yield failed(
                "NAMED_TWICE",
                told("{name} is named twice; put all days together.", name=one.name),
            )
        seen.add(key)
        if trip := reversed_days(one):
            yield failed(
                "DAYS_REVERSED",
                told(
                    "A stay of {name} ends {exit}, before it begins {entry}.",
                    name=one.name,
                    entry=trip.entry,
                    exit=trip.exit,
                ),
            )
