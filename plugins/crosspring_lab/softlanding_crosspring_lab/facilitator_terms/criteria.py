"""What the RVO asks of a facilitator and its agreement with a start-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from softlanding import Described, Fact, RulesInForce, StartupSnapshot
from softlanding_crosspring_lab.facilitator_terms import faults
from softlanding_crosspring_lab.facilitator_terms.faults import Fault
from softlanding_crosspring_lab.facilitator_terms.form import (
    Facilitator,
    FacilitatorTerms,
)


class RvoCriterionName(Described):
    """A condition for the facilitator of a start-up permit."""

    EXPERIENCE = "EXPERIENCE", "The facilitator has guided start-ups for some years."
    EQUITY = "EQUITY", "Its equity is not negative."
    SOLVENCY = "SOLVENCY", "It is neither bankrupt nor has it suspended its payments."
    SHARE = "SHARE", "It holds no majority in the start-up."
    FAMILY = "FAMILY", "It is no close relative of a founder."
    SIGNED = "SIGNED", "Both have signed the agreement."
    REGISTERED = "REGISTERED", "Both are registered in the trade register (KvK)."


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One criterion as it stands; `fault` is a code and a sentence, None where it is met."""

    name: RvoCriterionName
    fault: Fault | None

    @property
    def ok(self) -> bool:
        """Whether it is met."""
        return self.fault is None


@dataclass(frozen=True, kw_only=True)
class Terms:
    """All criteria in their order, and the figures they rest on."""

    criteria: Sequence[Criterion]
    facts: tuple[Fact, ...]


def terms_of(
    answers: FacilitatorTerms, startup: StartupSnapshot, rules: RulesInForce
) -> Terms | None:
    """Judge the criteria with the figures of `crosspring_lab.facilitator_terms`.

    None where facilitator or agreement is missing: then there is nothing to judge.
    """
    facilitator, agreement = answers.facilitator, answers.agreement
    if facilitator is None or agreement is None:
        return None
    years = rules.decimal("experience_years_minimum")
    equity_minimum = rules.decimal("equity_minimum")
    share = rules.decimal("share_maximum")
    degree = rules.integer("family_degree_excluded")
    equity = equity_of(facilitator)
    found = {
        RvoCriterionName.EXPERIENCE: faults.experience_fault(facilitator, years),
        RvoCriterionName.EQUITY: faults.equity_fault(equity, equity_minimum),
        RvoCriterionName.SOLVENCY: faults.solvency_fault(facilitator),
        RvoCriterionName.SHARE: faults.share_fault(facilitator, share),
        RvoCriterionName.FAMILY: faults.family_fault(facilitator, degree),
        RvoCriterionName.SIGNED: faults.signed_fault(agreement),
        RvoCriterionName.REGISTERED: faults.registered_fault(
            facilitator, answers.startup_kvk or kvk_in(startup)
        ),
    }
    return Terms(
        criteria=[Criterion(name=name, fault=fault) for name, fault in found.items()],
        facts=(
            Fact(name="years_experience", value=facilitator.years_experience, unit="years"),
            Fact(name="experience_years_minimum", value=years, unit="years"),
            Fact(name="equity", value=equity, unit="EUR"),
            Fact(name="equity_minimum", value=equity_minimum, unit="EUR"),
            Fact(name="share", value=facilitator.share_pct, unit="percent"),
            Fact(name="share_maximum", value=share, unit="percent"),
            Fact(name="family_degree_excluded", value=degree, unit="degrees"),
            Fact(name="coaching_hours", value=agreement.coaching_hours, unit="hours"),
            *(
                Fact(name=f"rvo_{name.lower()}", value=fault is None)
                for name, fault in found.items()
            ),
        ),
    )


def equity_of(facilitator: Facilitator) -> Decimal | None:
    """Return assets less liabilities in EUR, or None where one is in another currency."""
    amounts = (facilitator.assets, facilitator.liabilities)
    if any(amount.currency != "EUR" for amount in amounts):
        return None
    return facilitator.assets.amount - facilitator.liabilities.amount


def kvk_in(startup: StartupSnapshot) -> str | None:
    """Return the KvK number in the profile of a start-up, if it has one."""
    return next((one.value for one in startup.registrations if one.scheme == "KVK"), None)
