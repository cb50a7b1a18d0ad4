"""Settings: what production refuses, and secrets that lie in files."""

from pathlib import Path

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


PRODUCTION = {"environment": Environment.PRODUCTION}


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (
            {"today": "2026-11-22"},
            "SOFTLANDING_TODAY is for the demo and tests; unset it or set"
            " SOFTLANDING_ENVIRONMENT=demo",
        ),
        (
            {"outgoing_local": True},
            "SOFTLANDING_OUTGOING_LOCAL is for development: whoever makes a webhook would reach"
            " this machine; unset it",
        ),
        (
            {"log_level": "DEBUG"},
            "SOFTLANDING_LOG_LEVEL=DEBUG is for development; set INFO",
        ),
        (
            {"trusted_proxies": "10.0.0.1,::/0"},
            "SOFTLANDING_TRUSTED_PROXIES trusts everybody, so nobody's attempts to sign in would be"
            " counted; name your proxies",
        ),
        (
            {"database_url": "postgresql://office:office@db/softlanding"},
            "SOFTLANDING_DATABASE_URL holds a password that everybody tries; choose another",
        ),
        (
            {"database_url": "postgresql://office:changeme@db/softlanding"},
            "SOFTLANDING_DATABASE_URL holds a password that everybody tries; choose another",
        ),
    ],
)
def test_what_is_not_safe_in_production_is_refused_there_only(
    given: dict[str, object], line: str
) -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings(**PRODUCTION, **given)
    assert str(refused.value) == line
    assert read_settings(environment=Environment.DEMO, **given)


def test_all_that_is_not_safe_is_told_at_once() -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings(**PRODUCTION, outgoing_local=True, log_level="DEBUG", today="2026-11-22")
    assert [line.split()[0] for line in str(refused.value).splitlines()] == [
        "SOFTLANDING_TODAY",
        "SOFTLANDING_OUTGOING_LOCAL",
        "SOFTLANDING_LOG_LEVEL=DEBUG",
    ]


def test_any_setting_may_lie_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql://office:secret-of-ours@db/softlanding\n")
    monkeypatch.setenv("SOFTLANDING_DATABASE_URL_FILE", str(file))
    assert read_settings().database_url == "postgresql://office:secret-of-ours@db/softlanding"
    file.write_text("gtec, common\n")
    monkeypatch.delenv("SOFTLANDING_DATABASE_URL_FILE")
    monkeypatch.setenv("SOFTLANDING_PLUGINS_FILE", str(file))
    assert read_settings().plugins == ["gtec", "common"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"\xff\xfe", "cannot be read: it is no text"),
        (b"\n", "holds nothing, or more than a setting"),
        (b"x" * 70_000, "holds nothing, or more than a setting"),
    ],
)
def test_a_file_that_holds_no_setting_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, reason: str
) -> None:
    file = tmp_path / "url"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("SOFTLANDING_DATABASE_URL_FILE", str(file))
    with pytest.raises(BadSettings) as refused:
        read_settings()
    assert str(refused.value) == f"SOFTLANDING_DATABASE_URL_FILE: {file} {reason}"


def test_a_setting_is_given_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOFTLANDING_DATABASE_URL_FILE", str(tmp_path / "url"))
    monkeypatch.setenv("SOFTLANDING_DATABASE_URL", "sqlite://here.db")
    with pytest.raises(BadSettings) as refused:
        read_settings()
    assert str(refused.value) == (
        "SOFTLANDING_DATABASE_URL_FILE and SOFTLANDING_DATABASE_URL are set; keep one"
    )
