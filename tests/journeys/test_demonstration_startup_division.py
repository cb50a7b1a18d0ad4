"""Stay 5 shows what it is there to show: a meeting on a Lithuanian holiday is a warning."""

from softlanding.testing.house import House

QUERY = """{ startup(slug: "polderlens") {
  startupDivision { registrations { scheme value valid } aidGrants { reserved }
    kpiPlan { seconds kpis { name base m24 } } }
  stays { nodes { state
    startupDivision {
      agenda { type org at goal } agendaCalendar
      agendaCoverage { meetings types goals { key meetings } } }
    onboarding { steps { key state verdict { outcome code message { value } } } } } } } }"""


async def test_stay_5_has_an_agenda_that_holds_but_for_a_holiday(seeded: House, admin: str) -> None:
    startup = (await seeded.data(QUERY, token=admin))["startup"]
    (stay,) = startup["stays"]["nodes"]
    assert stay["state"] == "ACCEPTED"
    ours = {
        step["key"]: (step["state"], step["verdict"] and step["verdict"]["outcome"])
        for step in stay["onboarding"]["steps"]
        if step["key"].startswith("startup_division.")
    }
    assert ours == {
        "startup_division.pitch": ("DONE", "PASSED"),
        "startup_division.discovery_agenda": ("DONE", "WARNING"),
        "startup_division.founder_route": ("OPEN", None),
    }
    (agenda,) = [
        step["verdict"]
        for step in stay["onboarding"]["steps"]
        if step["key"] == "startup_division.discovery_agenda"
    ]
    assert (agenda["code"], agenda["message"]["value"]) == (
        "ON_HOLIDAY",
        "2027-06-24 is Day of Dew and Saint John.",
    )


async def test_stay_5_shows_its_agenda_and_what_it_covers(seeded: House, admin: str) -> None:
    startup = (await seeded.data(QUERY, token=admin))["startup"]
    (stay,) = startup["stays"]["nodes"]
    shown = stay["startupDivision"]
    assert shown["agenda"][0] == {
        "type": "CUSTOMER",
        "org": "Pavyzdžio daržovės (demo)",
        "at": "2027-06-09T10:00:00+03:00",
        "goal": "growers",
    }
    assert shown["agendaCoverage"] == {
        "meetings": 8,
        "types": ["INVESTOR", "CORPORATE", "PUBLIC_BODY", "UNIVERSITY", "STARTUP", "CUSTOMER"],
        "goals": [{"key": "growers", "meetings": 6}, {"key": "investor", "meetings": 2}],
    }
    assert shown["agendaCalendar"].count("BEGIN:VEVENT") == 8
    assert startup["startupDivision"] == {
        "registrations": [
            {"scheme": "KVK", "value": "00000001", "valid": None},
            {"scheme": "RSIN", "value": "000000012", "valid": None},
            {"scheme": "VAT", "value": "NL000000012B01", "valid": None},
        ],
        "aidGrants": None,
        "kpiPlan": {
            "seconds": 210,
            "kpis": [
                {"name": "Farms that use the images", "base": "14", "m24": "200"},
                {"name": "Turnover in EUR a year", "base": "45000", "m24": "650000"},
                {"name": "Staff", "base": "4", "m24": "12"},
            ],
        },
    }


async def test_a_lithuanian_start_up_shows_its_code_and_others_are_null(
    seeded: House, admin: str
) -> None:
    query = """{ ours: startup(slug: "rukas-fintech") {
      startupDivision { registrations { scheme value valid } } }
      other: startup(slug: "cordee-mobile") { startupDivision { registrations { scheme } } } }"""
    assert await seeded.data(query, token=admin) == {
        "ours": {
            "startupDivision": {
                "registrations": [
                    {"scheme": "LT_COMPANY_CODE", "value": "900000023", "valid": True}
                ]
            }
        },
        "other": {"startupDivision": None},
    }
    anonymous = await seeded.data(query)
    assert anonymous == {"ours": {"startupDivision": None}, "other": {"startupDivision": None}}
