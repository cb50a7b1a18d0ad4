"""Amounts of forms that must be in one currency, because the rule they meet is."""

from pydantic import BaseModel

from softlanding import Fact, Outcome, Verdict
from softlanding_common.euros import foreign_amounts
from softlanding_f6s_network.texts import told


def currency_fault(answers: BaseModel, currency: str) -> Verdict | None:
    """Return a FAILED verdict that names the first amount in another currency, if any."""
    for path, found in foreign_amounts(answers, "", currency):
        return Verdict(
            outcome=Outcome.FAILED,
            code=f"CURRENCY_NOT_{currency}",
            message=told(
                "The rule is in {currency}, but {path} is in {found}. Give it in {currency}.",
                currency=currency,
                path=path,
                found=found,
            ),
            facts=(Fact(name="currency", value=found),),
        )
    return None
