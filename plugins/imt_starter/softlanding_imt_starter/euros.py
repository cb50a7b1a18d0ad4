"""Amounts of forms that must be in euros, because the rule they meet is."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from pydantic import BaseModel

from softlanding import Fact, Money, Outcome, Verdict
from softlanding_imt_starter.texts import told

CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Round to cents, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def euro_fact(name: str, amount: Decimal) -> Fact:
    """Return a fact in euros, with two decimals."""
    return Fact(name=name, value=cents(amount), unit="EUR")


def percent_fact(name: str, share: Decimal) -> Fact:
    """Return a fact in percent, with two decimals."""
    return Fact(name=name, value=cents(share), unit="percent")


def currency_fault(answers: BaseModel) -> Verdict | None:
    """Return a FAILED verdict that names the first amount that is not in euros, if any."""
    for path, currency in _foreign(answers, ""):
        return Verdict(
            outcome=Outcome.FAILED,
            code="CURRENCY_NOT_EUR",
            message=told(
                en="The rule is in euros, but {path} is in {currency}. Give it in EUR.",
                fr="La règle est en euros, mais {path} est en {currency}. Indiquez-le en EUR.",
                path=path,
                currency=currency,
            ),
            facts=(Fact(name="currency", value=currency),),
        )
    return None


def _foreign(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Money):
        if value.currency != "EUR":
            yield path, value.currency
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _foreign(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield from _foreign(item, f"{path}[{number}]")
