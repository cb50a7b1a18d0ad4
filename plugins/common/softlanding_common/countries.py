"""Whose nationals move freely: the European Union, the European Economic Area, Switzerland.

Codes are ISO 3166-1 alpha-2; Greece is `GR` (`EL` is used for VAT alone) and the United Kingdom
is `GB`. Members of the Union: Article 52 of the Treaty on European Union as it stands since
2020-02-01, https://european-union.europa.eu/principles-countries-history/eu-countries_en. The
Economic Area adds Iceland, Liechtenstein and Norway (EEA Agreement, OJ L 1, 3.1.1994, p. 3);
Switzerland joins them by its agreement on the free movement of persons (OJ L 114, 30.4.2002,
p. 6).
"""

from collections.abc import Iterable

# fmt: off
EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})
# fmt: on
EEA_AND_SWITZERLAND = EU | {"IS", "LI", "NO", "CH"}


def is_third_country(nationalities: Iterable[str]) -> bool:
    """Tell whether a person with these nationalities does not move freely in the Union.

    One nationality of the EU, the EEA or Switzerland is enough to move freely. Without any
    nationality known, the cautious answer is that the person does not.
    """
    return EEA_AND_SWITZERLAND.isdisjoint(nationalities)
