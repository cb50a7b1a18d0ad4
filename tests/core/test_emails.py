"""E-mail addresses: one address is written in one way, and what is none is refused."""

import pytest

from softlanding.domain.emails import email_address, known_as


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Ann.Berg@Example.ORG ", "ann.berg@example.org"),
        ("jose\u0301@example.org", "jos\u00e9@example.org"),
        ("\u212aate@example.org", "kate@example.org"),
        ("ann@xn--bcher-kva.example", "ann@b\u00fccher.example"),
    ],
)
def test_an_address_is_stored_in_one_way(typed: str, stored: str) -> None:
    assert email_address(typed) == stored
    assert known_as(typed) == stored


@pytest.mark.parametrize(
    "typed", ["<a@b.cd>", "a@b.cd;e", "Ann <a@b.cd>", '"a b"@example.org', "a@localhost", "a", ""]
)
def test_what_is_no_address_is_refused_and_belongs_to_nobody(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\w+"):
        email_address(typed)
    assert known_as(typed) == typed
