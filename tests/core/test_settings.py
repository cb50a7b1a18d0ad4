"""Settings: where people may sign in, and over what."""

import pytest

from softlanding.settings import BadSettings, Environment, read_settings


@pytest.mark.parametrize(
    ("public_url", "has_https"),
    [
        ("", True),
        ("https://api.example.org", True),
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
    ],
)
def test_in_production_cookies_are_for_https_except_on_this_machine(
    public_url: str, has_https: bool
) -> None:
    settings = read_settings(environment=Environment.PRODUCTION, public_url=public_url)
    assert settings.has_https is has_https


@pytest.mark.parametrize(
    "public_url",
    ["http://api.example.org", "http://localhost.example.org", "http://localhost@example.org"],
)
def test_in_production_nobody_signs_in_over_http(public_url: str) -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings(environment=Environment.PRODUCTION, public_url=public_url)
    assert str(refused.value) == (
        "SOFTLANDING_PUBLIC_URL must begin with https:// in production, except for localhost;"
        " people sign in there"
    )
