"""What an open call pays, and how long its records are kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from softlanding import RulesInForce, RuleUnknown, add_months
from softlanding_f6s_network.cascade.form import CascadeReadiness

CURRENCY = "EUR"


@dataclass(frozen=True, kw_only=True)
class Call:
    """The amounts of a call, in euros; `total_maximum` is None where nobody has said it."""

    requested: Decimal
    prior: Decimal
    maximum: Decimal
    total_maximum: Decimal | None
    records_until: date

    @property
    def total(self) -> Decimal:
        """What the project would have paid the start-up in all."""
        return self.prior + self.requested


def call_of(answers: CascadeReadiness, rules: RulesInForce) -> Call:
    """Return the call of an application; the usual maximum where the call names none."""
    own, whole, prior = (
        None if one is None else one.amount
        for one in (
            answers.call_maximum,
            answers.call_total_maximum,
            answers.prior_from_same_project,
        )
    )
    return Call(
        requested=answers.requested.amount,
        prior=prior or Decimal(0),
        maximum=rules.decimal("call_maximum") if own is None else own,
        total_maximum=_usual_total(rules) if whole is None else whole,
        records_until=add_months(answers.project_ends_on, 12 * rules.integer("record_years")),
    )


def _usual_total(rules: RulesInForce) -> Decimal | None:
    try:
        return rules.decimal("call_total_maximum")
    except RuleUnknown:
        return None
