from datetime import date
from decimal import Decimal

from softlanding_common.bilingual import Country, Euros, joined, told


def test_each_language_writes_values_its_own_way() -> None:
    text = told(
        en="{amount} {share} {day} {count} {name} {state} {items} {inner}",
        fr="{amount} {share} {day} {count} {name} {state} {items} {inner}",
        amount=Euros(Decimal("299200")),
        share=Decimal("12.5"),
        day=date(2027, 3, 1),
        count=1234,
        name="Example",
        state=Country("DE"),
        items=["a", Euros(Decimal(1))],
        inner={"en": "yes", "fr": "oui"},
    )
    assert text == {
        "en": "€299,200.00 12.5 2027-03-01 1234 Example Germany a, €1.00 yes",
        "fr": "299\u202f200,00\xa0€ 12,5 2027-03-01 1234 Example Allemagne a, 1,00\xa0€ oui",
    }


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert told(en="{name}", fr="{name}", name="{day}") == {"en": "{day}", "fr": "{day}"}


def test_an_unknown_country_is_shown_by_its_code() -> None:
    assert told(en="{state}", fr="{state}", state=Country("QQ")) == {"en": "QQ", "fr": "QQ"}


def test_texts_are_joined_by_language() -> None:
    assert joined([{"en": "a", "fr": "b"}, {"en": "c", "fr": "d"}], "; ") == {
        "en": "a; c",
        "fr": "b; d",
    }
