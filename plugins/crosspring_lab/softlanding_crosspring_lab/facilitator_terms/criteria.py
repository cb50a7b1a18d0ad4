"""What the RVO asks of a facilitator and its agreement with a start-up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from softlanding import Described, Fact, Money, RulesInForce, StartupSnapshot, Text
from softlanding_crosspring_lab.facilitator_terms.form import (
    Facilitator,
    FacilitatorTerms,
    MentorAgreement,
)
from softlanding_crosspring_lab.numbers import NumberFault, kvk_of
from softlanding_crosspring_lab.texts import told


class RvoCriterion(Described):
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

    name: RvoCriterion
    fault: tuple[str, Text] | None

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
    faults = {
        RvoCriterion.EXPERIENCE: _experience(facilitator, years),
        RvoCriterion.EQUITY: _equity(equity, equity_minimum),
        RvoCriterion.SOLVENCY: _solvency(facilitator),
        RvoCriterion.SHARE: _share(facilitator, share),
        RvoCriterion.FAMILY: _family(facilitator, degree),
        RvoCriterion.SIGNED: _signed(agreement),
        RvoCriterion.REGISTERED: next(
            _registered(facilitator, answers.startup_kvk or kvk_in(startup)), None
        ),
    }
    return Terms(
        criteria=[Criterion(name=name, fault=fault) for name, fault in faults.items()],
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
                for name, fault in faults.items()
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


def _experience(facilitator: Facilitator, minimum: Decimal) -> tuple[str, Text] | None:
    if facilitator.years_experience >= minimum:
        return None
    return (
        "EXPERIENCE_TOO_SHORT",
        told(
            "Facilitator has {years} years of experience; {minimum} are needed.",
            years=facilitator.years_experience,
            minimum=minimum,
        ),
    )


def _equity(equity: Decimal | None, minimum: Decimal) -> tuple[str, Text] | None:
    if equity is None:
        return (
            "CURRENCY_NOT_EUR",
            told("The rule is in euros; give assets and liabilities of the facilitator in EUR."),
        )
    if equity >= minimum:
        return None
    return (
        "EQUITY_NEGATIVE",
        told(
            "Facilitator's equity is {shortfall} below the {minimum} needed.",
            shortfall=Money(amount=minimum - equity),
            minimum=Money(amount=minimum),
        ),
    )


def _solvency(facilitator: Facilitator) -> tuple[str, Text] | None:
    if not facilitator.insolvent:
        return None
    return "FACILITATOR_INSOLVENT", told("Facilitator is insolvent.")


def _share(facilitator: Facilitator, maximum: Decimal) -> tuple[str, Text] | None:
    if facilitator.share_pct <= maximum:
        return None
    return (
        "FACILITATOR_MAJORITY",
        told(
            "Facilitator holds {share} % \u2013 majority not allowed.", share=facilitator.share_pct
        ),
    )


def _family(facilitator: Facilitator, excluded: int) -> tuple[str, Text] | None:
    if facilitator.family_degree is None or facilitator.family_degree > excluded:
        return None
    return (
        "FACILITATOR_IS_FAMILY",
        told(
            "Facilitator and a founder are relatives; up to degree {degree} is not allowed.",
            degree=excluded,
        ),
    )


def _signed(agreement: MentorAgreement) -> tuple[str, Text] | None:
    if agreement.signed_by_both:
        return None
    return "AGREEMENT_NOT_SIGNED", told("The agreement is not signed by both.")


def _registered(facilitator: Facilitator, startup_kvk: str | None) -> Iterator[tuple[str, Text]]:
    if isinstance(fault := kvk_of(facilitator.kvk), NumberFault):
        yield (
            "FACILITATOR_NOT_REGISTERED",
            told("The number of the facilitator does not hold: {fault}", fault=fault.message),
        )
    if startup_kvk is None:
        yield (
            "STARTUP_NOT_REGISTERED",
            told("The start-up is not in the Dutch trade register: its KvK number is missing."),
        )
    elif isinstance(fault := kvk_of(startup_kvk), NumberFault):
        yield (
            "STARTUP_NOT_REGISTERED",
            told("The number of the start-up does not hold: {fault}", fault=fault.message),
        )
