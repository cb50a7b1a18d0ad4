import pytest

from softlanding_imt_starter.identifiers import is_ror, orcid_of


@pytest.mark.parametrize(
    ("text", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("0000000218250097", "0000-0002-1825-0097"),
        (" https://orcid.org/0000-0002-1694-233X ", "0000-0002-1694-233X"),
        ("0000-0002-1694-2330", None),
        ("0000-0002-1825-0098", None),
        ("0000-0002-1825-009", None),
        ("", None),
    ],
)
def test_an_orcid_holds_by_its_check_digit(text: str, orcid: str | None) -> None:
    assert orcid_of(text) == orcid


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("03yrm5c26", True),
        ("05dxps055", True),
        ("03yrm5c27", False),
        ("13yrm5c26", False),
        ("03yrm5i26", False),
        ("03yrm5c2", False),
        ("03yrm5cx6", False),
    ],
)
def test_a_ror_id_holds_by_its_check_digits(text: str, valid: bool) -> None:
    assert is_ror(text) is valid
