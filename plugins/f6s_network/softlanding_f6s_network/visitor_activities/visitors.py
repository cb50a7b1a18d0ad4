"""How many of the travellers come to the United Kingdom as visitors."""

from pydantic import BaseModel

from softlanding import StaySnapshot
from softlanding_common.roster import same_name
from softlanding_f6s_network.border.entry import Way, is_at_home, way_of
from softlanding_f6s_network.border.form import Border, UkStatus


def count_visitors(stay: StaySnapshot, border: BaseModel | None) -> int:
    """Return how many travellers are neither British nor Irish nor settled there.

    `border` are the answers of that step, if there are any. A stay that names no traveller is
    taken to have one.
    """
    if not stay.travellers:
        return 1
    free = (
        {
            same_name(one.name)
            for one in border.travellers
            if way_of(one) is Way.FREE and one.uk_status is not UkStatus.OTHER_PERMISSION
        }
        if isinstance(border, Border)
        else set()
    )
    return sum(
        not is_at_home(one.nationalities) and same_name(one.name) not in free
        for one in stay.travellers
    )


def with_other_permission(stay: StaySnapshot, border: BaseModel | None) -> list[str]:
    """Return the names of travellers with a permission that may or may not allow to work."""
    if not isinstance(border, Border):
        return []
    permitted = {
        same_name(one.name)
        for one in border.travellers
        if one.uk_status is UkStatus.OTHER_PERMISSION and not is_at_home(one.nationalities)
    }
    return [one.name for one in stay.travellers if same_name(one.name) in permitted]
