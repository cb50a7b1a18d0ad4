"""The settings of OpenID Connect: all or none, each fault told in one line, no secret told."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from softlanding.openid_settings import OpenIDSettings
from softlanding.settings import BadSettings, Environment, Settings, read_settings

SECRET = "never to be told"
GIVEN = {
    "openid_issuer": "https://accounts.example.org/realms/campus",
    "openid_client_id": "soft-landing",
    "openid_client_secret": SECRET,
    "openid_name": "Campus Account",
    "public_url": "https://api.example.org",
}
ALL = (
    "to sign in with OpenID Connect set SOFTLANDING_OPENID_ISSUER, SOFTLANDING_OPENID_CLIENT_ID,"
    " SOFTLANDING_OPENID_CLIENT_SECRET (or SOFTLANDING_OPENID_CLIENT_SECRET_FILE) and"
    " SOFTLANDING_OPENID_NAME, or none of them"
)


def refusal(**changes: object) -> str:
    """Return the line that is told of settings that cannot be used."""
    with pytest.raises(BadSettings) as refused:
        read_settings(**{**GIVEN, **changes})
    return str(refused.value)


def test_a_provider_is_given_in_full_or_not_at_all() -> None:
    settings = read_settings(**GIVEN)
    assert settings.openid == OpenIDSettings(
        issuer="https://accounts.example.org/realms/campus",
        client_id="soft-landing",
        client_secret=SecretStr(SECRET),
        name="Campus Account",
    )
    assert SECRET not in f"{settings!r} {settings} {settings.openid!r} {settings.model_dump()}"
    assert read_settings().openid is None


def test_the_environment_gives_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GIVEN.items():
        monkeypatch.setenv(f"SOFTLANDING_{name.upper()}", value)
    assert read_settings().openid == read_settings(**GIVEN).openid


@pytest.mark.parametrize(
    "missing", ["openid_issuer", "openid_client_id", "openid_client_secret", "openid_name"]
)
def test_what_is_missing_is_named(missing: str) -> None:
    assert refusal(**{missing: ""}) == f"SOFTLANDING_{missing.upper()} is missing; {ALL}"


def test_people_are_sent_back_to_an_address_that_is_known() -> None:
    assert refusal(public_url="") == (
        "SOFTLANDING_PUBLIC_URL is missing; the provider of OpenID Connect sends people back there"
    )


@pytest.mark.parametrize(
    ("issuer", "reason"),
    [
        ("http://accounts.example.org", "must begin with https://"),
        ("http://127.0.0.1:9000", "must begin with https://"),
        ("ftp://accounts.example.org", "must begin with https://"),
        ("https://[::1", "is no address"),
        ("https://accounts.example.org:x", "is no address"),
        ("accounts.example.org", "must be an address such as https://accounts.example.org"),
        ("https://", "must be an address such as https://accounts.example.org"),
        ("https://a:b@example.org", "must be an address such as https://accounts.example.org"),
        ("https://example.org?a=b", "must be an address such as https://accounts.example.org"),
        ("https://example.org#a", "must be an address such as https://accounts.example.org"),
    ],
)
def test_the_issuer_is_an_address_with_https(issuer: str, reason: str) -> None:
    assert refusal(openid_issuer=issuer).startswith(f"SOFTLANDING_OPENID_ISSUER {reason}")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
@pytest.mark.parametrize("environment", [Environment.DEMO, Environment.TEST])
def test_on_this_machine_demo_and_tests_do_without_https(
    host: str, environment: Environment
) -> None:
    settings: Settings = read_settings(
        **{**GIVEN, "environment": environment, "openid_issuer": f"http://{host}:9000"}
    )
    assert settings.openid is not None
    other = refusal(environment=environment, openid_issuer="http://accounts.example.org")
    assert other == "SOFTLANDING_OPENID_ISSUER must begin with https://"


def test_the_secret_may_lie_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n")
    monkeypatch.setenv("SOFTLANDING_OPENID_CLIENT_SECRET_FILE", str(file))
    given = {name: value for name, value in GIVEN.items() if name != "openid_client_secret"}
    assert read_settings(**given).openid == read_settings(**GIVEN).openid


def test_a_secret_is_never_told() -> None:
    assert SECRET not in refusal(openid_client_secret=[SECRET])
