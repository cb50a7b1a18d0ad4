"""The SME class of a group: Recommendation 2003/361/EC."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from softlanding import Described, RulesInForce
from softlanding_imt_starter.sme_health.form import SmeFigures, SmeOwner, SmeOwnerType


class SmeClass(Described):
    """Size class of an undertaking, Recommendation 2003/361/EC."""

    MICRO = "MICRO", "Within the micro limits of the rule set."
    SMALL = "SMALL", "Within its small limits."
    MEDIUM = "MEDIUM", "Within its medium limits."
    SMALL_MID_CAP = "SMALL_MID_CAP", "Above medium, fewer than 750 work units; no rule uses it yet."
    LARGE = "LARGE", "No SME."


_CLASSES = (SmeClass.MICRO, SmeClass.SMALL, SmeClass.MEDIUM)
_EXEMPT_UP_TO_HALF = frozenset({SmeOwnerType.VENTURE_CAPITAL, SmeOwnerType.UNIVERSITY})


@dataclass(frozen=True, kw_only=True)
class Size:
    """Headcount in annual work units, turnover and balance sheet in euros."""

    headcount: Decimal
    turnover: Decimal
    balance: Decimal

    @classmethod
    def of(cls, figures: SmeFigures) -> "Size":
        """Return the size that a form gives."""
        return cls(
            headcount=figures.headcount,
            turnover=figures.turnover.amount,
            balance=figures.balance.amount,
        )

    def plus(self, other: "Size", share: Decimal) -> "Size":
        """Add a share, from 0 to 1, of another enterprise."""
        return Size(
            headcount=self.headcount + other.headcount * share,
            turnover=self.turnover + other.turnover * share,
            balance=self.balance + other.balance * share,
        )


def counted_share(owner: SmeOwner, rules: RulesInForce) -> Decimal:
    """Return which share, from 0 to 1, of an owner's figures counts.

    Below 25 %: nothing. From 25 % to 50 %: pro rata, but nothing of venture capital and
    universities. Above 50 %: all. Natural persons have no figures; public bodies are decided
    by a person.
    """
    if owner.type in (SmeOwnerType.PERSON, SmeOwnerType.PUBLIC_BODY):
        return Decimal(0)
    if owner.share_pct < rules.decimal("partner_from"):
        return Decimal(0)
    if owner.share_pct > rules.decimal("linked_above"):
        return Decimal(1)
    return Decimal(0) if owner.type in _EXEMPT_UP_TO_HALF else owner.share_pct / 100


def group_size(own: Size, owners: Iterable[SmeOwner], rules: RulesInForce) -> Size:
    """Return own figures, the pro rata share of partners, all of linked enterprises."""
    size = own
    for owner in owners:
        if owner.figures is not None:
            size = size.plus(Size.of(owner.figures), counted_share(owner, rules))
    return size


def classify(size: Size, rules: RulesInForce) -> SmeClass:
    """Return the smallest class satisfied: headcount, and turnover or balance sheet."""
    for candidate in _CLASSES:
        name = candidate.value.lower()
        if size.headcount < rules.decimal(f"{name}_headcount") and (
            size.turnover <= rules.decimal(f"{name}_turnover")
            or size.balance <= rules.decimal(f"{name}_balance")
        ):
            return candidate
    return SmeClass.LARGE


def missing_figures(owners: Iterable[SmeOwner], rules: RulesInForce) -> list[str]:
    """Return the names of those whose figures count but are not given."""
    return [owner.name for owner in owners if counted_share(owner, rules) and owner.figures is None]


def public_holders(owners: Iterable[SmeOwner], rules: RulesInForce) -> list[str]:
    """Return the names of public bodies that hold a partner's share or more."""
    return [
        owner.name
        for owner in owners
        if owner.type is SmeOwnerType.PUBLIC_BODY
        and owner.share_pct >= rules.decimal("partner_from")
    ]
