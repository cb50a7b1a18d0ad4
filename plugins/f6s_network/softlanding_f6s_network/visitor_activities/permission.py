"""What a visitor to the United Kingdom may do, and why not.

Allowed and forbidden activities: immigrationbarrister.co.uk/dos-and-donts…,
immigrationbarrister.co.uk/can-business-people-visiting-uk.
"""

from collections.abc import Iterable
from decimal import Decimal

from softlanding import Text
from softlanding_f6s_network.texts import told
from softlanding_f6s_network.visitor_activities.form import (
    ActivityCode,
    ActivityPayer,
    PlannedActivity,
)

_UK_WORK = frozenset(
    {ActivityCode.EMPLOYMENT, ActivityCode.UK_CLIENT_WORK, ActivityCode.INTERNSHIP}
)


def refusal(activity: PlannedActivity) -> tuple[str, Text] | None:
    """Return code and sentence why a visitor may not do this, or None when it is allowed."""
    if activity.code in _UK_WORK:
        return "WORK_FOR_UK", told(
            "'{text}' is work for a UK organisation; a visitor may not.", text=activity.text
        )
    if activity.code is ActivityCode.DIRECT_SALES:
        return "DIRECT_SALES", told(
            "'{text}' is direct selling; a visitor may not.", text=activity.text
        )
    if activity.code is ActivityCode.RUN_UK_BUSINESS:
        return "RUNS_UK_BUSINESS", told(
            "'{text}' is running a business in the UK; a visitor may not.", text=activity.text
        )
    if activity.payer is ActivityPayer.UK_ORGANISATION:
        return "PAID_FROM_UK", told(
            "'{text}' is paid by a UK organisation; a visitor may not.", text=activity.text
        )
    return None


def reason(activity: PlannedActivity) -> Text:
    """Return why an activity is allowed or not, as a sentence."""
    if refused := refusal(activity):
        return refused[1]
    if activity.code is ActivityCode.REMOTE_OWN_WORK:
        return told("Allowed as long as it is not the main purpose of the visit.")
    return told("Allowed for visitors.")


def planned_hours(activities: Iterable[PlannedActivity]) -> tuple[Decimal, Decimal]:
    """Return the hours of remote work, and all planned hours."""
    listed = list(activities)
    remote = (one.hours for one in listed if one.code is ActivityCode.REMOTE_OWN_WORK)
    return sum(remote, Decimal(0)), sum((one.hours for one in listed), Decimal(0))


def is_main_purpose(remote: Decimal, total: Decimal, limit: Decimal) -> bool:
    """Tell whether remote work reaches `limit` percent of the planned hours."""
    return total > 0 and remote * 100 >= limit * total
