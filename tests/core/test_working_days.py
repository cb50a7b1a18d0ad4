"""Working days are those of a country, whatever machine counts them."""

from datetime import date

import pytest

from softlanding import add_working_days, holiday_on, is_working_day, working_day_up_to


@pytest.mark.parametrize(
    ("day", "country", "subdivision", "name"),
    [
        (date(2027, 4, 27), "NL", None, "Koningsdag"),
        (date(2027, 6, 24), "LT", None, "Rasos ir Joninių diena"),
        (date(2027, 5, 17), "DE", None, "Pfingstmontag"),
        (date(2027, 3, 8), "DE", None, None),
        (date(2027, 3, 8), "DE", "BE", "Frauentag"),
        (date(2027, 7, 14), "FR", None, "Fête nationale"),
        (date(2027, 4, 27), "QQ", None, None),
    ],
)
def test_a_holiday_is_named_in_the_language_of_its_country(
    monkeypatch: pytest.MonkeyPatch,
    day: date,
    country: str,
    subdivision: str | None,
    name: str | None,
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert holiday_on(day, country, subdivision) == name
    assert is_working_day(day, country, subdivision) is (name is None)


def test_a_due_day_moves_to_the_working_day_before() -> None:
    assert working_day_up_to(date(2027, 4, 27), "NL") == date(2027, 4, 26)
    assert working_day_up_to(date(2027, 5, 2), "FR") == date(2027, 4, 30)


@pytest.mark.parametrize(
    ("country", "last"),
    [("FR", date(2027, 6, 2)), ("LT", date(2027, 5, 31)), ("NL", date(2027, 6, 2))],
)
def test_twenty_working_days_after_a_day(country: str, last: date) -> None:
    assert add_working_days(date(2027, 5, 3), 20, country) == last


def test_no_working_days_later_is_the_same_day() -> None:
    assert add_working_days(date(2027, 5, 1), 0, "FR") == date(2027, 5, 1)
