"""Personal data at the command line: handed out, erased, and the report that tells so."""

from pathlib import Path

from tests.schema.test_cli import Command, told, within

from tests.conftest import Templates

__all__ = ["within"]


def test_a_person_is_exported_and_erased_with_a_report_that_verifies(
    within: Command, tmp_path: Path, templates: Templates
) -> None:
    database = {
        "SOFTLANDING_DATABASE_URL": templates.fresh("sqlite", seeded=True),
        "SOFTLANDING_TODAY": "2026-11-22",
        "SOFTLANDING_ENVIRONMENT": "test",
        "SOFTLANDING_LOG_LEVEL": "INFO",
    }
    ada = "ada@example.org"
    created = within("user", "create", "--email", ada, "--name", "Ada Example", **database)
    assert created.returncode == 0
    exported = within("person", "export", ada, **database)
    assert '"email": "ada@example.org"' in exported.stdout
    erased = within("person", "erase", ada, **database)
    assert (erased.returncode, "ada" in erased.stdout.lower()) == (0, False)
    assert told(erased)[1][-1:] == [
        "Copies of the database and logs are not reached from here: erase them where they lie."
    ]
    report = tmp_path / "report.json"
    report.write_text(erased.stdout)
    verified = within("erase", "verify", str(report), **database)
    assert verified.stdout.startswith("the report is genuine: a PERSON was erased at 2026-11-22")
    report.write_text(erased.stdout.replace('"persons deleted": 1', '"persons deleted": 2'))
    forged = within("erase", "verify", str(report), **database)
    assert (forged.returncode, forged.stdout) == (
        1,
        "The report was changed after it was signed.\n",
    )
    assert told(within("person", "erase", ada, **database)) == (
        2,
        ["softlanding: There is no person with this e-mail address."],
    )
    assert within("audit", "verify", **database).stdout.startswith("the record is whole")


def test_a_startup_with_an_open_stay_is_not_erased(within: Command, templates: Templates) -> None:
    database = {
        "SOFTLANDING_DATABASE_URL": templates.fresh("sqlite", seeded=True),
        "SOFTLANDING_TODAY": "2026-11-22",
        "SOFTLANDING_ENVIRONMENT": "test",
    }
    exported = within("startup", "export", "polderlens", **database)
    assert '"slug": "polderlens"' in exported.stdout
    code, (line,) = told(within("startup", "erase", "polderlens", **database))
    assert code == 2
    assert line.startswith("softlanding: The start-up has open stays: ")
    assert told(within("startup", "erase", "nothing", **database)) == (
        2,
        ["softlanding: There is no start-up nothing."],
    )
