"""Which figures somebody should look at again."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from softlanding.contract.rules import Figure

EXPIRES_WITHIN_DAYS = 90
CHECKED_WITHIN_DAYS = 365


def attention(figure: Figure, figures: Iterable[Figure], today: date) -> str | None:
    """Return why a figure needs attention on `today`, or None.

    `figures` are all of its rule set: a figure that has ended and one that follows it are told
    apart from one that ends without a successor.
    """
    return next(_reasons(figure, list(figures), today), None)


def _reasons(figure: Figure, figures: list[Figure], today: date) -> Iterator[str]:
    later = [
        other
        for other in figures
        if other.name == figure.name and other.valid_from > figure.valid_from
    ]
    if figure.valid_until is not None and figure.valid_until < today and later:
        return
    if figure.value is None:
        yield "not verified: checks that need it ask a person"
    if figure.valid_until is not None and not later:
        if figure.valid_until < today:
            yield f"ended on {figure.valid_until}, and nothing follows"
        elif figure.valid_until <= today + timedelta(days=EXPIRES_WITHIN_DAYS):
            yield f"ends on {figure.valid_until}, and nothing follows"
    if figure.checked_on < today - timedelta(days=CHECKED_WITHIN_DAYS):
        yield f"not checked since {figure.checked_on}"
