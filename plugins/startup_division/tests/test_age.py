from datetime import date
from decimal import Decimal

import pytest

from softlanding_startup_division.age import full_years, years_begun


@pytest.mark.parametrize(
    ("since", "day", "full", "begun"),
    [
        (date(2022, 5, 2), date(2022, 5, 2), 0, "0"),
        (date(2022, 5, 2), date(2022, 5, 3), 0, "0.1"),
        (date(2022, 5, 2), date(2027, 5, 1), 4, "5.0"),
        (date(2022, 5, 2), date(2027, 5, 2), 5, "5"),
        (date(2022, 5, 2), date(2027, 5, 3), 5, "5.1"),
        (date(2022, 5, 2), date(2027, 11, 2), 5, "5.6"),
        (date(2020, 2, 29), date(2025, 2, 28), 5, "5"),
        (date(2020, 2, 29), date(2025, 3, 1), 5, "5.1"),
        (date(1950, 1, 1), date(2099, 12, 31), 149, "150.0"),
    ],
)
def test_an_age_above_a_limit_never_reads_like_the_limit(
    since: date, day: date, full: int, begun: str
) -> None:
    assert full_years(since, day) == full
    assert years_begun(since, day) == Decimal(begun)
