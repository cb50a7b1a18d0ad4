"""Amounts of forms that must be in one currency, because the rule they meet is."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from pydantic import BaseModel

from softlanding import Fact, Money, Outcome, Verdict
from softlanding_common.texts import told

CENT = Decimal("0.01")
_NAMES = {"EUR": told("euros"), "GBP": told("pounds sterling")}


def cents(amount: Decimal) -> Decimal:
    """Round to cents, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def money(amount: Decimal, currency: str) -> Money:
    """Return an amount of a currency; a sum may be larger than what a form takes."""
    return Money.model_construct(amount=amount, currency=currency)


def euros(amount: Decimal) -> Money:
    """Return an amount in euros; a sum may be larger than what a form takes."""
    return money(amount, "EUR")


def money_fact(name: str, amount: Decimal, currency: str) -> Fact:
    """Return a fact in a currency, with two decimals."""
    return Fact(name=name, value=cents(amount), unit=currency)


def euro_fact(name: str, amount: Decimal) -> Fact:
    """Return a fact in euros, with two decimals."""
    return money_fact(name, amount, "EUR")


def percent_fact(name: str, share: Decimal) -> Fact:
    """Return a fact in percent, with two decimals."""
    return Fact(name=name, value=cents(share), unit="percent")


def currency_fault(answers: BaseModel, currency: str = "EUR") -> Verdict | None:
    """Return a FAILED verdict that names the first amount in another currency, if any.

    Its code is `CURRENCY_NOT_` and the currency, its fact the currency that was found.
    """
    for path, found in foreign_amounts(answers, "", currency):
        return Verdict(
            outcome=Outcome.FAILED,
            code=f"CURRENCY_NOT_{currency}",
            message=told(
                "The rule is in {name}, but {path} is in {found}. Give it in {currency}.",
                name=_NAMES.get(currency, currency),
                path=path,
                found=found,
                currency=currency,
            ),
            facts=(Fact(name="currency", value=found),),
        )
    return None


def foreign_amounts(value: object, path: str, currency: str) -> Iterator[tuple[str, str]]:
    """Yield place and currency of each amount in or below a value that is in another currency."""
    if isinstance(value, Money):
        if value.currency != currency:
            yield path, value.currency
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from foreign_amounts(
                getattr(value, name), f"{path}.{name}" if path else name, currency
            )
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield from foreign_amounts(item, f"{path}[{number}]", currency)
