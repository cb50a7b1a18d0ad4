"""The command line: what it prints, and one clear line where something is wrong."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import httpx2
import pytest

from softlanding_schema.cli import main
from tests.conftest import Templates

Command: TypeAlias = Callable[..., subprocess.CompletedProcess[str]]
SOFTLANDING = Path(sys.executable).with_name("softlanding")


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(SOFTLANDING), *arguments],
        cwd=folder,
        env={
            **os.environ,
            "SOFTLANDING_LOG_LEVEL": "ERROR",
            "SOFTLANDING_PORT": "0",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this process, which is faster than one of its own."""

    def run_within(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = ["softlanding", *arguments]
        monkeypatch.setattr(sys, "argv", command)
        for name, value in {
            "SOFTLANDING_LOG_LEVEL": "ERROR",
            "SOFTLANDING_PORT": "0",
            **environment,
        }.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(command, code, said.out, said.err)

    return run_within


def told(result: subprocess.CompletedProcess[str]) -> tuple[int, list[str]]:
    """Return the exit code and the lines on standard error; there is no traceback in them."""
    assert "Traceback" not in result.stderr
    return result.returncode, result.stderr.splitlines()


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        (
            "SOFTLANDING_PORT",
            "many",
            "SOFTLANDING_PORT: Input should be a valid integer, unable to parse string as an"
            " integer (it is 'many')",
        ),
        (
            "SOFTLANDING_DATABASE_URL",
            "mysql://x",
            "SOFTLANDING_DATABASE_URL: it must begin with sqlite:// or postgresql://",
        ),
        (
            "SOFTLANDING_DATABASE_URL",
            "postgresql://h:abc/x",
            "SOFTLANDING_DATABASE_URL: its port is not a number up to 65535",
        ),
        (
            "SOFTLANDING_DATABASE_URL",
            "postgresql://h",
            "SOFTLANDING_DATABASE_URL: it names no database after the host",
        ),
        (
            "SOFTLANDING_DATABASE_URL",
            "sqlite://x.db?busy_timeout=abc",
            "SOFTLANDING_DATABASE_URL: busy_timeout is not a number of milliseconds",
        ),
        (
            "SOFTLANDING_TODAY",
            "2026-11-22",
            "SOFTLANDING_TODAY is for the demo and tests; unset it or set"
            " SOFTLANDING_ENVIRONMENT=demo",
        ),
        (
            "SOFTLANDING_LOG_LEVEL",
            "LOUD",
            "SOFTLANDING_LOG_LEVEL: String should match pattern '^(DEBUG|INFO|WARNING|ERROR)$'"
            " (it is 'LOUD')",
        ),
    ],
)
def test_a_bad_setting_gives_one_clear_line(
    tmp_path: Path, name: str, value: str, line: str
) -> None:
    assert told(run(tmp_path, "serve", **{name: value})) == (2, [f"softlanding: {line}"])


def test_serving_without_a_database_says_how_to_make_one(tmp_path: Path) -> None:
    assert told(run(tmp_path, "serve")) == (
        2,
        [
            "softlanding: There is no database softlanding.db. Create it with:"
            " softlanding migrate apply"
        ],
    )
    assert not (tmp_path / "softlanding.db").exists()


def test_a_server_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"
    code, lines = told(run(tmp_path, "serve", SOFTLANDING_DATABASE_URL=url))
    assert code == 2
    assert lines[0].startswith("softlanding: The database cannot be read: ")


def test_a_required_plugin_that_is_missing_is_told(tmp_path: Path) -> None:
    run(tmp_path, "migrate", "apply")
    required = {"SOFTLANDING_REQUIRED_PLUGINS": "nowhere", "SOFTLANDING_PLUGINS": "common"}
    assert told(run(tmp_path, "serve", **required)) == (
        2,
        [
            "softlanding: The required plugin nowhere is not loaded; install it, or name it in"
            " SOFTLANDING_PLUGINS."
        ],
    )


def test_a_postgresql_that_cannot_be_opened_is_told_in_one_line(
    tmp_path: Path, templates: Templates
) -> None:
    known = templates.empty("postgresql")
    addresses = [
        "postgresql://127.0.0.1:1/x",
        known.replace("postgres:", "nobody_here:", 1),
        re.sub(r"/t[0-9a-f]{32}", "/no_such_database", known),
    ]
    for address in addresses:
        for command in (["migrate", "apply"], ["migrate", "plan"], ["serve"]):
            code, lines = told(run(tmp_path, *command, SOFTLANDING_DATABASE_URL=address))
            assert (code, len(lines)) == (2, 1), lines
            assert lines[0].startswith("softlanding: The database cannot be "), lines


def test_migrations_are_planned_and_applied(tmp_path: Path, templates: Templates) -> None:
    for url in (f"sqlite://{tmp_path / 'new.db'}", templates.empty("postgresql")):
        database = {"SOFTLANDING_DATABASE_URL": url}
        applied = run(tmp_path, "migrate", "apply", **database)
        assert applied.stdout.splitlines() == [
            "core.0001_initial",
            "core.0002_binary_order",
            "core.0003_rule_sets_duties_calendars",
            "core.0004_lists",
            "core.0005_accounts",
            "core.0006_record",
            "core.0007_signing_keys",
            "core.0008_outbox",
            "core.0009_notices",
            "core.0010_webhooks",
            "core.0011_table_versions",
            "the database is up to date",
        ]
        assert run(tmp_path, "migrate", "plan", **database).stdout == "nothing to do\n"


def test_seeding_twice_sows_once(tmp_path: Path, templates: Templates) -> None:
    database = {
        "SOFTLANDING_DATABASE_URL": templates.fresh("sqlite", seeded=False),
        "SOFTLANDING_TODAY": "2026-11-22",
        "SOFTLANDING_ENVIRONMENT": "demo",
    }
    assert run(tmp_path, "seed", **database).stdout.splitlines() == [
        "sown: 5 incubators",
        "sown: 12 startups",
        "sown: 19 people",
        "sown: 8 stays",
    ]
    assert run(tmp_path, "seed", **database).stdout == ""


def test_plugins_are_listed_with_their_state(tmp_path: Path) -> None:
    listed = run(tmp_path, "plugin", "list", SOFTLANDING_PLUGINS="imt_starter,common,nowhere")
    assert listed.stdout.splitlines() == [
        "common  ACTIVE  softlanding-common 0.1.0",
        "imt_starter  ACTIVE  softlanding-imt-starter 0.1.0",
        "nowhere  QUARANTINED     ModuleNotFoundError: no installed distribution provides the"
        " plugin 'nowhere'",
    ]


def test_a_token_is_made_for_a_person_or_a_website(within: Command, templates: Templates) -> None:
    url = templates.fresh("sqlite", seeded=True)
    database = {"SOFTLANDING_DATABASE_URL": url}
    person = within("token", "create", "--email", "office@example.org", **database)
    website = within("token", "create", "--incubator", "gtec", **database)
    for made in (person, website):
        assert made.stdout.startswith("slt_")
        with closing(sqlite3.connect(url.removeprefix("sqlite://"))) as connection:
            stored = str(connection.execute("SELECT * FROM tokens").fetchall())
        assert made.stdout.strip() not in stored, "only the hash is kept"
    first = ["--email", "First@Example.org", "--new-administrator", "First Admin"]
    assert within("token", "create", *first, **database).stdout.startswith("slt_")
    again = within("token", "create", *first, **database)
    assert told(again) == (2, ["softlanding: There is a person first@example.org already."])
    for wrong, line in (
        (["--email", "nobody@example.org"], "There is no person nobody@example.org."),
        (["--incubator", "nowhere"], "There is no incubator nowhere."),
        ([], "Name either --email or --incubator."),
        (
            ["--email", "nowhere", "--new-administrator", "N"],
            "email: An email address must have an @-sign.",
        ),
    ):
        result = within("token", "create", *wrong, **database)
        assert told(result) == (2, [f"softlanding: {line}"])


def test_a_sqlite_database_is_served_by_one_process(templates: Templates, tmp_path: Path) -> None:
    url = templates.fresh("sqlite", seeded=True)
    environment = {**os.environ, "SOFTLANDING_DATABASE_URL": url, "SOFTLANDING_PORT": "0"}
    command = [str(SOFTLANDING), "serve"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        address = first.stdout.readline().removeprefix("serving ").strip()
        second = run(tmp_path, "serve", SOFTLANDING_DATABASE_URL=url, SOFTLANDING_PORT="0")
        assert told(second) == (
            2,
            [
                f"softlanding: This SQLite database is already served by process {first.pid}."
                " Stop that one, or use PostgreSQL for several processes."
            ],
        )
        port = address.rpartition(":")[2]
        other = templates.fresh("sqlite", seeded=True)
        third = run(tmp_path, "serve", SOFTLANDING_DATABASE_URL=other, SOFTLANDING_PORT=port)
        assert told(third) == (
            2,
            [
                f"softlanding: 127.0.0.1:{port} cannot be used: Address already in use. Choose"
                " another port with PORT=… or SOFTLANDING_PORT."
            ],
        )
        assert httpx2.get(f"{address}/health/ready").json() == {"status": "ready"}
        seeded = run(tmp_path, "seed", SOFTLANDING_DATABASE_URL=url)
        assert told(seeded) == (0, []), "other commands run beside the server"
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=10) == 0


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_server_stops_cleanly_when_told_to(
    templates: Templates, engine: str, sign: signal.Signals
) -> None:
    url = templates.fresh(engine, seeded=False)
    environment = {**os.environ, "SOFTLANDING_DATABASE_URL": url, "SOFTLANDING_PORT": "0"}
    with subprocess.Popen(
        [str(SOFTLANDING), "serve"],
        env={**environment, "SOFTLANDING_LOG_LEVEL": "ERROR"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("serving http://127.0.0.1:")
        process.send_signal(sign)
        _, complaints = process.communicate(timeout=10)
        assert (process.returncode, complaints) == (0, "")


def test_keys_are_made_listed_explained_rotated_and_revoked(
    within: Command, tmp_path: Path, templates: Templates
) -> None:
    database = {
        "SOFTLANDING_DATABASE_URL": templates.fresh("sqlite", seeded=True),
        "SOFTLANDING_TODAY": "2026-11-22",
        "SOFTLANDING_ENVIRONMENT": "test",
    }

    def say(*arguments: str) -> str:
        result = within(*arguments, **database)
        assert told(result) == (0, [])
        return result.stdout

    key = say("key", "create", "--incubator", "gtec", "--label", "website").strip()
    assert key.startswith("slk_")
    prefix = key[:12]
    line = f"{prefix}  until 2027-11-22  never used  website\n"
    assert say("key", "list", "--incubator", "gtec") == line
    assert say("why", prefix, "read", "incubator:gtec") == (
        "yes\n  incubators: everybody see published ones\n"
    )
    rotated = say("key", "rotate", prefix, "--overlap-hours", "48").strip()
    assert rotated.startswith("slk_")
    assert say("key", "revoke", rotated[:12]) == f"{rotated[:12]} is revoked\n"
    listed = say("key", "list", "--incubator", "gtec").splitlines()
    assert [one.split("  ")[1] for one in listed] == ["until 2026-11-24", "revoked"]
    for wrong, sentence in (
        (("key", "create", "--incubator", "x", "--label", "y"), "There is no incubator x."),
        (("key", "create", "--incubator", "gtec", "--label", ""), "--label: "),
        (
            ("key", "create", "--incubator", "gtec", "--label", "x", "--mutation", "paint"),
            "paint is nothing that a key may be given.",
        ),
        (("key", "revoke", "slk_none"), "slk_none is not how one key begins"),
        (("why", "anonymous", "read", "nonsense"), "'nonsense' is not an id."),
        (("why", "anonymous", "read", "incubator:none"), "There is no incubator:none"),
    ):
        code, lines = told(within(*wrong, **database))
        assert (code, len(lines)) == (2, 1), lines
        assert lines[0].startswith(f"softlanding: {sentence}"), lines


def test_people_are_added_listed_and_given_offices(
    within: Command, tmp_path: Path, templates: Templates
) -> None:
    database = {
        "SOFTLANDING_DATABASE_URL": templates.fresh("sqlite", seeded=True),
        "SOFTLANDING_ENVIRONMENT": "test",
        "SOFTLANDING_PUBLIC_URL": "https://api.example.org",
    }

    def say(*arguments: str) -> str:
        result = within(*arguments, **database)
        assert told(result) == (0, [])
        return result.stdout

    nina = ("user", "create", "--name", "Nina New", "--email", "Nina@example.org")
    link = re.compile(r"https://api\.example\.org/password/new\?link=[\w-]{43}\n")
    assert link.fullmatch(say(*nina, "--manager-of", "gtec", "--founder-of", "polderlens"))
    assert link.fullmatch(say("user", "link", "nina@example.org"))
    assert say("user", "office", "nina@example.org", "--auditor") == ""
    listed = say("user", "list").splitlines()
    assert "nina@example.org  Nina New  auditor  founder of polderlens  manager of gtec" in listed
    password = tmp_path / "password"
    password.write_text("seven small boats at noon\n")
    otto = ("user", "create", "--name", "Otto Other", "--email", "otto@example.org")
    assert say(*otto, "--password-file", str(password)) == "otto@example.org can sign in\n"
    password.write_text("password1234\n")
    for wrong, sentence in (
        (nina, "There is a person nina@example.org already."),
        ((*nina[:-1], "nonsense"), "--email: "),
        ((*nina[:-1], "x@example.org", "--staff-of", "none"), "There is no none in incubators."),
        (
            (*nina[:-1], "x@example.org", "--password-file", str(password)),
            "The password is one of those that are guessed first.",
        ),
        (("user", "link", "nobody@example.org"), "There is no person nobody@example.org."),
    ):
        code, lines = told(within(*wrong, **database))
        assert (code, len(lines)) == (2, 1), lines
        assert lines[0].startswith(f"softlanding: {sentence}"), lines
    assert len(say("user", "list").splitlines()) == len(listed) + 1
