"""Personal data: where it is, what is handed out, the report of what was erased."""

import orjson
import pytest
from tests.core.canary import texts_of

from softlanding import DataSubject
from softlanding.actors import operator
from softlanding.domain.personal_data import Naming, Places, lost, without_person
from softlanding.domain.problems import Refused
from softlanding.domain.vocabulary import InvitedRole
from softlanding.predicates import EVERYTHING, Equals
from softlanding.services.audit import verify
from softlanding.services.invitations import NewInvitation, invite_officer
from softlanding.services.people import NewPerson, add_person
from softlanding.services.personal_data.erasure import Erased, erase_person
from softlanding.services.personal_data.export import as_json, export_person, export_startup
from softlanding.services.personal_data.reports import NotVerified, signed_report, verify_report
from softlanding.services.personal_data.subjects import person_of, startup_of
from softlanding.services.personal_data.tables import OF_PERSON, SECRET, TEXTS
from softlanding.storage.database import Transaction
from softlanding.storage.mentions import rows_with
from softlanding.storage.tables import _models
from softlanding.testing.house import House

ADA = Naming(["Ada Example"], ["ada@example.org"])
WHOLLY = {*OF_PERSON, "persons", "invitations", "sign_in_attempts", "idempotency_keys"}
"""Tables whose rows are deleted with a person, or hold no more than hashes."""
NOT_OF_PERSONS = {
    "incubators": {"slug", "name", "country", "city", "website", "languages"},
    "startups": {"slug", "name", "country", "website", "nace", "stage", "registrations"},
    "stays": {"state", "standing_under"},
    "onboarding_steps": {"key", "state", "severity"},
    "history": {"action"},
    "records": {"plugin", "kind"},
    "step_definitions": texts_of("step_definitions"),
    "rule_sets": texts_of("rule_sets"),
    "duties": {"id"},
    "sign_in_flows": texts_of("sign_in_flows"),
    "signing_keys": texts_of("signing_keys"),
    "events": texts_of("events"),
    "deliveries": {"subscriber", "recipient", "state"},
    "webhooks": {"address", "query", "events", "disabled_because", "secret", "old_secret"},
    "webhook_attempts": {"event"},
    "record_chains": {"head"},
    "record_entries": {"kind", "name", "action", "request_id", "digest", "hash"},
    "record_changes": {"table_name", "digest"},
}
"""Texts in which nobody is named, or a company at most."""
ON_THE_RECORD = {"record_changes": {"before", "after", "salt"}}


def test_of_every_text_in_the_database_it_is_known_whether_it_may_name_a_person() -> None:
    known = {
        name: {
            *TEXTS.get(name, ()),
            *NOT_OF_PERSONS.get(name, ()),
            *ON_THE_RECORD.get(name, ()),
        }
        for name in _models()
        if name not in WHOLLY
    }
    assert {name: texts_of(name) for name in known} == known


@pytest.mark.parametrize(
    ("text", "cleared"),
    [
        ("Ada Example", "[erased]"),
        ("  ada   EXAMPLE ", "[erased]"),
        ("Ask Ada Example, or ada@example.org.", "Ask [erased], or [erased]."),
        ("Ask Ada\nExample.", "Ask [erased]."),
        ("Ada Examples and Ada", "Ada Examples and Ada"),
    ],
)
def test_a_person_is_found_by_the_whole_name_in_capitals_or_not(text: str, cleared: str) -> None:
    assert ADA.cleared(text) == cleared


def test_a_name_of_one_word_is_found_only_where_nothing_else_stands() -> None:
    paris = Naming(["Paris"])
    assert paris.cleared(["Paris", "A week in Paris"]) == ["[erased]", "A week in Paris"]


def test_an_item_of_a_list_loses_the_name_and_what_is_kept_for_a_time_only() -> None:
    answers = {
        "travellers": [
            {"name": "Ada Example", "expires_on": "2031-06-30", "document": "PASSPORT"},
            {"name": "Bo Other", "expires_on": "2030-01-01", "document": "PASSPORT"},
        ]
    }
    places = Places(names=("travellers[].name",))
    retained = {"travellers[].name", "travellers[].expires_on"}
    left = {"travellers": [{"document": "PASSPORT"}, answers["travellers"][1]]}
    assert without_person(answers, ADA, places, retained=retained) == left
    assert without_person(answers, ADA, places, retained={"travellers"}) == {
        "travellers": [answers["travellers"][1]]
    }


def test_lists_of_names_single_names_and_what_is_told_without_one() -> None:
    answers = {"persons": ["Ada Example", "Bo Other"], "mentor": "Ada Example", "means": 900}
    places = Places(names=("persons[]", "mentor"), unnamed=("means",))
    assert without_person(answers, ADA, places) == {"persons": ["Bo Other"], "means": 900}
    after = without_person(answers, ADA, places, unnamed=True)
    assert after == {"persons": ["Bo Other"]}
    assert list(lost(answers, after)) == [
        ("persons[0]", "Ada Example"),
        ("mentor", "Ada Example"),
        ("means", 900),
    ]


async def test_a_person_is_handed_all_that_is_kept_of_them_and_no_secret(seeded: House) -> None:
    core = seeded.core
    rows = core.database.rows
    await seeded.person("Fay Founder", founder_of=["polderlens"])
    startup = await rows.by_slug("startups", "polderlens")
    assert startup is not None

    async def work(transaction: Transaction) -> None:
        summary = {"en": "Led by Fay Founder."}
        await transaction.update("startups", startup["id"], {"summary": summary})

    await core.database.transact(work)
    told = await export_person(core, await person_of(rows, "fay.founder@example.org"))
    document = orjson.loads(as_json(told))
    assert set(document["rows"]) == {"memberships", "persons", "tokens"}
    assert document["rows"]["persons"][0]["email"] == "fay.founder@example.org"
    assert document["named"] == [
        {
            "table": "startups",
            "id": str(startup["id"]),
            "place": "summary.en",
            "value": "Led by Fay Founder.",
        }
    ]
    assert [one["table"] for one in document["changes"]] == ["persons", "memberships", "tokens"]
    stored = [
        row for table in ("persons", "tokens") for row in await rows.select(table, EVERYTHING)
    ]
    secrets = [row[name] for row in stored for name in SECRET if row.get(name)]
    assert [one for one in secrets if one in str(document)] == []


async def test_a_startup_is_handed_its_stays_and_all_that_hangs_on_them(seeded: House) -> None:
    rows = seeded.core.database.rows
    told = await export_startup(seeded.core, await startup_of(rows, "polderlens"))
    startup = await rows.by_slug("startups", "polderlens")
    assert startup is not None
    stays = await rows.select("stays", Equals("startup_id", startup["id"]))
    assert stays != []
    assert told["rows"]["stays"] == stays
    assert told["rows"]["startups"] == [startup]
    assert {one["table"] for one in told["changes"]} >= {"startups", "stays", "onboarding_steps"}


async def test_who_was_invited_and_never_came_is_erased_too(house: House) -> None:
    core, rows = house.core, house.core.database.rows
    for name, email in (("Nina New", "nina@example.org"), ("Olga Other", "olga@example.org")):
        new = NewInvitation(name=name, email=email)
        await invite_officer(core, operator("test"), new, role=InvitedRole.AUDITOR)
    subject = await person_of(rows, "Nina@example.org")
    assert subject == DataSubject(
        kind="PERSON", id=None, names=("Nina New",), emails=("nina@example.org",)
    )
    erased = await erase_person(core, subject)
    assert erased.counts == {"core": {"invitations deleted": 1, "record_changes erased": 1}}
    assert [one["name"] for one in await rows.select("invitations", EVERYTHING)] == ["Olga Other"]


async def test_a_namesake_keeps_the_account_and_what_is_told_of_it(house: House) -> None:
    core, rows = house.core, house.core.database.rows
    await house.person("Ada Example")
    await add_person(core, NewPerson(name="Ada Example", email="twin@example.org"))
    before = await rows.select("persons", Equals("email", "twin@example.org"))
    await erase_person(core, await person_of(rows, "ada.example@example.org"))
    assert await rows.select("persons", EVERYTHING) == before
    kept = await rows.select("record_changes", Equals("row_id", before[0]["id"]))
    assert [one["erased_at"] for one in kept] == [None]


async def test_another_spelling_of_a_name_can_be_given(house: House) -> None:
    await house.person("Ada Example")
    rows = house.core.database.rows
    decomposed = "A. Exa\u0300mple"
    subject = await person_of(rows, "ada.example@example.org", names=[decomposed])
    assert subject.names == ("Ada Example", "A. Ex\u00e0mple")


@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
async def test_texts_are_found_however_many_rows_are_read_at_once(
    seeded: House, at_once: int
) -> None:
    rows = seeded.core.database.rows
    people = await rows.select("persons", EVERYTHING)
    wanted = [row for row in people if row["email"].endswith("@gtec.example.org")]
    assert len(wanted) > 1
    texts = ["@GTEC.example.org", "nobody"]
    assert await rows_with(rows, "persons", ("name", "email"), texts, at_once=at_once) == wanted
    assert await rows_with(rows, "persons", ("email",), [], at_once=at_once) == []


async def test_a_traveller_without_an_account_is_erased_by_name(seeded: House) -> None:
    core, rows = seeded.core, seeded.core.database.rows
    (stay, *_) = [one for one in await rows.select("stays", EVERYTHING) if one["travellers"]]
    name = stay["travellers"][0]["name"]
    subject = await person_of(rows, "traveller@example.org", names=[name])
    erased = await erase_person(core, subject)
    assert erased.counts["core"]["stays cleared"] >= 1
    stays = await rows.select("stays", EVERYTHING)
    assert [one for one in stays if name in str(one["travellers"])] == []
    assert (await verify(core)).faults == ()


async def test_who_is_not_known_is_told_so(house: House) -> None:
    with pytest.raises(Refused, match="There is no person with this e-mail address."):
        await person_of(house.core.database.rows, "nobody@example.org")
    with pytest.raises(Refused, match="There is no start-up nothing."):
        await startup_of(house.core.database.rows, "nothing")


async def erased_ada(house: House) -> Erased:
    await house.person("Ada Example")
    rows = house.core.database.rows
    return await erase_person(house.core, await person_of(rows, "ada.example@example.org"))


async def test_the_report_tells_how_much_was_erased_and_not_whose(house: House) -> None:
    report = await signed_report(house.core, await erased_ada(house))
    assert {key: report[key] for key in ("format", "subject", "erased", "overwritten")} == {
        "format": "softlanding erasure 1",
        "subject": "PERSON",
        "erased": {"core": {"persons deleted": 1, "record_changes erased": 2, "tokens deleted": 1}},
        "overwritten": house.core.database.dialect == "sqlite",
    }
    assert "ada" not in str(report["erased"]).lower()
    assert await verify_report(house.core, orjson.dumps(report)) == {
        key: value for key, value in report.items() if key != "signature"
    }


async def test_a_report_that_was_changed_or_is_of_elsewhere_is_not_verified(house: House) -> None:
    report = await signed_report(house.core, await erased_ada(house))
    again = await signed_report(house.core, await erased_ada(house))
    assert again["public_key"] == report["public_key"]
    for changed, reason in (
        ({**report, "erased": {}}, "The report was changed after it was signed."),
        ({**report, "signature": again["signature"]}, "The report was changed after"),
        ({**report, "signature": "?"}, "The report was changed after it was signed."),
        ({**report, "public_key": "0" * 44}, "not signed by this installation."),
        ({"format": "other"}, "This is not a report"),
    ):
        with pytest.raises(NotVerified, match=reason):
            await verify_report(house.core, orjson.dumps(changed))
    with pytest.raises(NotVerified, match="This is not a report"):
        await verify_report(house.core, b"\xff")
