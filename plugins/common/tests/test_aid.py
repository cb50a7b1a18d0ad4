from datetime import date
from decimal import Decimal

import pytest

from softlanding import RuleSet
from softlanding_common.aid import (
    Aid,
    first_day_below,
    release_day,
    used_on,
    window_start,
)
from softlanding_common.de_minimis.check import register_due_on
from softlanding_common.de_minimis.form import DeMinimisLink, DeMinimisMember
from softlanding_common.de_minimis.undertaking import is_linked

D = date(2027, 3, 1)


def aid(day: date, amount: int = 100) -> Aid:
    return Aid(granted_on=day, amount=Decimal(amount))


@pytest.mark.parametrize(
    ("granted_on", "used"),
    [
        (date(2024, 2, 29), 0),
        (date(2024, 3, 1), 100),
        (date(2024, 3, 2), 100),
        (date(2027, 2, 28), 100),
        (date(2027, 3, 1), 100),
        (date(2027, 3, 2), 0),
    ],
)
def test_aid_counts_from_the_day_36_months_back_to_the_day_itself(
    granted_on: date, used: int
) -> None:
    assert used_on([aid(granted_on)], D, 36) == used


def test_the_window_of_a_leap_day_begins_at_the_end_of_february() -> None:
    assert window_start(date(2028, 2, 29), 36) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("granted_on", "released"),
    [
        (date(2024, 3, 1), date(2027, 3, 2)),
        (date(2024, 2, 29), date(2027, 3, 1)),
        (date(2025, 2, 28), date(2028, 3, 1)),
        (date(2024, 12, 31), date(2028, 1, 1)),
    ],
)
def test_aid_is_released_on_the_first_day_on_which_it_does_not_count(
    granted_on: date, released: date
) -> None:
    assert release_day(granted_on, 36) == released
    assert used_on([aid(granted_on)], released, 36) == 0
    assert window_start(released, 36) > granted_on


def below(*granted: Aid, new: int, ceiling: int = 300) -> date | None:
    return first_day_below(granted, new=Decimal(new), ceiling=Decimal(ceiling), day=D, months=36)


def test_what_fits_fits_on_the_day_itself() -> None:
    assert below(aid(date(2026, 1, 1), 200), new=100) == D


def test_one_waits_until_enough_aid_has_left_the_window() -> None:
    first, second = aid(date(2024, 6, 10), 100), aid(date(2025, 1, 15), 150)
    assert below(first, second, new=100) == date(2027, 6, 11)
    assert below(first, second, new=200) == date(2028, 1, 16)


def test_more_than_the_ceiling_never_fits() -> None:
    assert below(new=301) is None
    assert below(new=300) == D


@pytest.mark.parametrize(
    ("votes", "control", "linked"),
    [
        ("50", "NONE", False),
        ("50.01", "NONE", True),
        ("0", "BOARD", True),
        ("0", "CONTRACT", True),
        ("0", "AGREEMENT", True),
        ("100", "PERSONS", None),
        ("100", "PUBLIC_BODY", None),
    ],
)
def test_four_tests_link_and_persons_leave_it_open(
    votes: str, control: str, linked: bool | None
) -> None:
    member = DeMinimisMember(
        name="Example", country="LT", votes_pct=Decimal(votes), control=DeMinimisLink[control]
    )
    assert is_linked(member, Decimal(50)) is linked


@pytest.mark.parametrize(
    ("granted_on", "due"),
    [
        (date(2026, 9, 1), date(2026, 9, 29)),
        # Easter Monday 2027-03-29 is a holiday.
        (date(2027, 3, 1), date(2027, 3, 30)),
        # Four holidays lie between: 1, 8, 14 and 25 May.
        (date(2026, 4, 30), date(2026, 6, 3)),
    ],
)
def test_the_register_entry_is_due_after_20_french_working_days(
    granted_on: date, due: date
) -> None:
    rules = {one.key: one for one in RuleSet.all_in("softlanding_common")}["common.de_minimis"].on(
        D
    )
    assert register_due_on(granted_on, "FR", rules) == due
