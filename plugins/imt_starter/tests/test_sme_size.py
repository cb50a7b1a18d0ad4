from collections.abc import Callable
from decimal import Decimal

import pytest

from softlanding import MoneyInput, RulesInForce
from softlanding_imt_starter.sme_health.form import SmeFigures, SmeOwner, SmeOwnerType
from softlanding_imt_starter.sme_health.size import (
    Size,
    SmeClass,
    classify,
    counted_share,
    group_size,
)

Rules = Callable[..., RulesInForce]


def size(headcount: str, turnover: str = "0", balance: str = "0") -> Size:
    return Size(headcount=Decimal(headcount), turnover=Decimal(turnover), balance=Decimal(balance))


@pytest.mark.parametrize(
    ("headcount", "expected"),
    [
        ("0", "MICRO"),
        ("9.99", "MICRO"),
        ("10", "SMALL"),
        ("49.99", "SMALL"),
        ("50", "MEDIUM"),
        ("249.99", "MEDIUM"),
        ("250", "LARGE"),
    ],
)
def test_headcount_is_compulsory(rules: Rules, headcount: str, expected: str) -> None:
    assert classify(size(headcount), rules("sme_health")) is SmeClass[expected]


@pytest.mark.parametrize(
    ("turnover", "balance", "expected"),
    [
        ("2000000", "2000001", "MICRO"),
        ("2000001", "2000000", "MICRO"),
        ("2000000.01", "2000000.01", "SMALL"),
        ("10000000", "10000001", "SMALL"),
        ("10000001", "10000000", "SMALL"),
        ("10000000.01", "10000000.01", "MEDIUM"),
        ("50000000", "43000001", "MEDIUM"),
        ("50000001", "43000000", "MEDIUM"),
        ("50000000.01", "43000000.01", "LARGE"),
    ],
)
def test_turnover_or_balance_sheet_must_fit(
    rules: Rules, turnover: str, balance: str, expected: str
) -> None:
    assert classify(size("1", turnover, balance), rules("sme_health")) is SmeClass[expected]


def owner(kind: str, share: str) -> SmeOwner:
    figures = SmeFigures(
        headcount=Decimal(100),
        turnover=MoneyInput(amount=Decimal(1000)),
        balance=MoneyInput(amount=Decimal(2000)),
    )
    return SmeOwner(
        name="Example Holding",
        type=SmeOwnerType[kind],
        share_pct=Decimal(share),
        figures=figures,
    )


@pytest.mark.parametrize(
    ("kind", "share", "counted"),
    [
        ("ENTERPRISE", "24.99", "0"),
        ("ENTERPRISE", "25", "0.25"),
        ("ENTERPRISE", "50", "0.5"),
        ("ENTERPRISE", "50.01", "1"),
        ("HELD_ENTERPRISE", "24.99", "0"),
        ("HELD_ENTERPRISE", "25", "0.25"),
        ("HELD_ENTERPRISE", "100", "1"),
        ("VENTURE_CAPITAL", "25", "0"),
        ("VENTURE_CAPITAL", "50", "0"),
        ("VENTURE_CAPITAL", "50.01", "1"),
        ("UNIVERSITY", "50", "0"),
        ("UNIVERSITY", "50.01", "1"),
        ("PERSON", "100", "0"),
        ("PUBLIC_BODY", "100", "0"),
    ],
)
def test_partners_count_pro_rata_and_linked_enterprises_in_full(
    rules: Rules, kind: str, share: str, counted: str
) -> None:
    assert counted_share(owner(kind, share), rules("sme_health")) == Decimal(counted)


def test_the_group_is_own_figures_and_counted_shares(rules: Rules) -> None:
    owners = [owner("ENTERPRISE", "30"), owner("HELD_ENTERPRISE", "60"), owner("PERSON", "70")]
    assert group_size(size("5", "100", "200"), owners, rules("sme_health")) == size(
        "135", "1400", "2800"
    )
