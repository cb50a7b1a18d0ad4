"""Whether a request names all travellers and says all that is asked about them."""

from collections.abc import Iterable, Iterator

from softlanding import Traveller
from softlanding_common.roster import same_name
from softlanding_imt_starter.lab_access.form import LabAccessTraveller


def missing_travellers(
    given: Iterable[LabAccessTraveller], travellers: Iterable[Traveller]
) -> list[str]:
    """Return the names of the stay's travellers whom the request does not name."""
    names = {same_name(one.name) for one in given}
    return [one.name for one in travellers if same_name(one.name) not in names]


def missing_fields(given: Iterable[LabAccessTraveller]) -> list[str]:
    """Return what is missing, as `name: field, field`, per traveller."""
    found = []
    for one in given:
        if fields := list(_missing(one)):
            found.append(f"{one.name}: {', '.join(fields)}")
    return found


def _missing(one: LabAccessTraveller) -> Iterator[str]:
    if one.nationality is None:
        yield "nationality"
    if one.employer is None:
        yield "employer"
    if one.purpose is None:
        yield "purpose"
    if not one.cv_handed_in:
        yield "cv_handed_in"
    if not one.foreign_support_declared:
        yield "foreign_support_declared"
