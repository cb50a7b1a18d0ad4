"""How many of the travellers come to the United Kingdom as visitors."""

from pydantic import BaseModel

from softlanding import StaySnapshot
from softlanding_f6s_network.border.entry import Way, is_at_home, way_of
from softlanding_f6s_network.border.form import Border


def count_visitors(stay: StaySnapshot, border: BaseModel | None) -> int:
    """Return how many travellers are neither British nor Irish nor may live there.

    `border` are the answers of that step, if there are any. A stay that names no traveller is
    taken to have one.
    """
    if not stay.travellers:
        return 1
    free = (
        {one.name.casefold() for one in border.travellers if way_of(one) is Way.FREE}
        if isinstance(border, Border)
        else set()
    )
    return sum(
        not is_at_home(one.nationalities) and one.name.casefold() not in free
        for one in stay.travellers
    )
