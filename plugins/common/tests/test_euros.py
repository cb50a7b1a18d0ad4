from decimal import Decimal

import pytest

from softlanding import Form, MoneyInput
from softlanding_common.euros import cents, currency_fault


class Offer(Form):
    price: MoneyInput
    fees: list[MoneyInput]


def offer(price: str, *fees: str) -> Offer:
    return Offer(
        price=MoneyInput(amount=Decimal(1), currency=price),
        fees=[MoneyInput(amount=Decimal(1), currency=fee) for fee in fees],
    )


@pytest.mark.parametrize(("amount", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00")])
def test_cents_are_rounded_half_up(amount: str, rounded: str) -> None:
    assert cents(Decimal(amount)) == Decimal(rounded)


def test_amounts_in_the_currency_of_the_rule_are_no_fault() -> None:
    assert currency_fault(offer("EUR", "EUR")) is None
    assert currency_fault(offer("GBP"), "GBP") is None


def test_the_first_amount_in_another_currency_is_named() -> None:
    verdict = currency_fault(offer("GBP", "GBP", "EUR", "USD"), "GBP")
    assert verdict is not None
    assert (verdict.code, [fact.value for fact in verdict.facts]) == ("CURRENCY_NOT_GBP", ["EUR"])
    assert verdict.message["en"] == (
        "The rule is in pounds sterling, but fees[2] is in EUR. Give it in GBP."
    )


def test_a_currency_without_a_name_is_told_by_its_code() -> None:
    verdict = currency_fault(offer("EUR"), "USD")
    assert verdict is not None
    assert verdict.message["en"] == "The rule is in USD, but price is in EUR. Give it in USD."
