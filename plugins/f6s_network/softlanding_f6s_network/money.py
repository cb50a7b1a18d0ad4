"""Amounts of forms that must be in one currency, because the rule they meet is."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from pydantic import BaseModel

from softlanding import Fact, Money, Outcome, Verdict
from softlanding_f6s_network.texts import told

CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Round to two decimals, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def amount_fact(name: str, amount: Decimal, currency: str) -> Fact:
    """Return an amount as a fact, with two decimals."""
    return Fact(name=name, value=cents(amount), unit=currency)


def currency_fault(answers: BaseModel, currency: str) -> Verdict | None:
    """Return a FAILED verdict that names the first amount in another currency, if any."""
    for path, found in _others(answers, currency, ""):
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


def _others(value: object, currency: str, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Money):
        if value.currency != currency:
            yield path, value.currency
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _others(getattr(value, name), currency, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield from _others(item, currency, f"{path}[{number}]")
