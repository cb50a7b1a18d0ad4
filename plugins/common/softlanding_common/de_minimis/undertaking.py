"""Which enterprises form one undertaking with the start-up, and which aid is theirs."""

from collections.abc import Iterable
from decimal import Decimal

from softlanding_common.aid import Aid
from softlanding_common.de_minimis.form import (
    DeMinimisGrant,
    DeMinimisLink,
    DeMinimisMember,
    DeMinimisRegime,
)
from softlanding_common.roster import same_name

_UNDECIDED = frozenset({DeMinimisLink.PERSONS, DeMinimisLink.PUBLIC_BODY})


def is_linked(member: DeMinimisMember, majority: Decimal) -> bool | None:
    """Tell whether a member is one undertaking with the start-up; None when a person decides.

    The four tests: a majority of the votes, the board, dominant influence, sole control by
    agreement. A link through natural persons or a public body alone is not decided here.
    """
    if member.control in _UNDECIDED:
        return None
    return member.votes_pct > majority or member.control is not DeMinimisLink.NONE


def unknown_beneficiary(
    grants: Iterable[DeMinimisGrant], members: Iterable[DeMinimisMember]
) -> str | None:
    """Return the first beneficiary of a grant who is not among the group members."""
    names = {same_name(member.name) for member in members}
    for grant in grants:
        if grant.beneficiary is not None and same_name(grant.beneficiary) not in names:
            return grant.beneficiary
    return None


def counted_aid(
    grants: Iterable[DeMinimisGrant],
    members: Iterable[DeMinimisMember],
    *,
    state: str,
    majority: Decimal,
) -> list[Aid]:
    """Return the de minimis aid of one state to the undertaking, whatever the day."""
    linked = {same_name(member.name) for member in members if is_linked(member, majority)}
    return [
        Aid(granted_on=grant.granted_on, amount=grant.amount.amount)
        for grant in grants
        if grant.grantor_state == state
        and grant.regime is DeMinimisRegime.DE_MINIMIS
        and (grant.beneficiary is None or same_name(grant.beneficiary) in linked)
    ]
