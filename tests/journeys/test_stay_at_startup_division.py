"""Startup Division as host and as home, over real HTTP, as an administrator does it."""

from typing import Any

from tests.journeys.desk import Desk

from tests.conftest import Served

GOALS = [
    {"key": "cities", "text": "Meet three cities", "needs": ["CUSTOMERS", "REGULATION"]},
    {"key": "fund", "text": "Meet a fund", "needs": ["INVESTORS"]},
]


def meeting(kind: str, day: int, goal: str, starts_at: str = "10:00") -> dict[str, Any]:
    return {
        "type": kind,
        "org": f"Demo {kind.lower()} {day}",
        "day": f"2027-11-{day:02}",
        "startsAt": starts_at,
        "minutes": 60,
        "goal": goal,
    }


AGENDA = [
    meeting("PUBLIC_BODY", 9, "cities"),
    meeting("PUBLIC_BODY", 10, "cities"),
    meeting("CUSTOMER", 11, "cities"),
    meeting("UNIVERSITY", 15, "cities"),
    meeting("STARTUP", 16, "cities"),
    meeting("INVESTOR", 18, "fund"),
    meeting("CORPORATE", 22, "cities"),
    meeting("CUSTOMER", 24, "cities"),
]


def agenda(*meetings: dict[str, Any]) -> dict[str, Any]:
    return {"startupDivisionDiscoveryAgenda": {"meetings": list(meetings)}}


def pitch(seconds: int) -> dict[str, Any]:
    values = {"base": "1", "m6": "2", "m12": "4", "m24": "8"}
    kpis = [{"name": name, **values} for name in ("Cities", "Staff", "Partners")]
    url = "https://video.example.org/cordee"
    return {"startupDivisionPitch": {"videoUrl": url, "seconds": seconds, "kpis": kpis}}


def test_a_start_up_comes_and_its_agenda_is_made(served_demo: Served) -> None:
    desk = Desk(served_demo)
    applied = desk.apply(
        startup="cordee-mobile",
        host="startup-division",
        arrival="2027-11-08",
        departure="2027-12-05",
        travellers=[{"name": "Cyril Demo", "nationalities": ["FR"]}],
        goals=["Meet three cities", "Meet a fund"],
    )
    stay = applied["id"]
    steps = applied["onboarding"]["steps"]
    ours = [(step["key"], step["dueOn"]) for step in steps if not step["key"].startswith("common.")]
    assert ours == [
        ("startup_division.pitch", "2027-10-18"),
        ("startup_division.discovery_agenda", "2027-10-25"),
        ("startup_division.founder_route", "2027-11-22"),
    ]
    desk.accept(stay)
    desk.settle_common(stay)

    long = desk.answer(stay, pitch(301))
    assert (long["state"], long["verdict"]["message"]["value"]) == (
        "FAILED",
        "Video is 301 s; needed 120-300.",
    )
    assert desk.answer(stay, pitch(300))["verdict"]["outcome"] == "PASSED"

    desk.answer(stay, {"commonGoals": {"goals": GOALS}})
    overlapping = desk.answer(stay, agenda(*AGENDA, meeting("STARTUP", 24, "fund", "10:30")))
    assert (overlapping["state"], overlapping["verdict"]["code"]) == ("FAILED", "MEETINGS_OVERLAP")
    short = desk.answer(stay, agenda(*AGENDA[:7]))
    assert (short["state"], short["verdict"]["outcome"]) == ("DONE", "WARNING")
    assert short["verdict"]["message"]["value"] == "Meetings: 7; needed 8."
    assert desk.answer(stay, agenda(*AGENDA))["verdict"]["outcome"] == "PASSED"

    # New goals are held against the agenda at once.
    desk.answer(stay, {"commonGoals": {"goals": [*GOALS, {**GOALS[0], "key": "pilot"}]}})
    assert desk.onboarding(stay)["ready"] is True, "an agenda that fails holds nothing up"
    verdicts = {step["key"]: step["verdict"] for step in desk.onboarding(stay)["steps"]}
    assert verdicts["startup_division.discovery_agenda"]["code"] == "GOAL_UNSERVED"
    desk.answer(stay, {"commonGoals": {"goals": GOALS}})

    founder = {
        "nationalities": ["FR"],
        "field": "IT",
        "partOwner": True,
        "meansPerMonth": {"amount": "0"},
        "insurance": {"amount": "0"},
    }
    route = desk.answer(stay, {"startupDivisionFounderRoute": founder})
    assert (route["state"], route["verdict"]["code"]) == ("NOT_APPLICABLE", "MOVES_FREELY")
    assert desk.move("confirmStay", stay) == ("CONFIRMED", [])

    query = """query($id: ID!) { stay(id: $id) { startupDivision {
      agenda { type org at goal } agendaCalendar
      agendaCoverage { meetings types goals { key meetings } } }
      startup { startupDivision { kpiPlan { seconds kpis { name base m6 m12 m24 } } } } } }"""
    shown = desk.data(query, id=stay)["stay"]
    assert shown["startupDivision"]["agenda"][0] == {
        "type": "PUBLIC_BODY",
        "org": "Demo public_body 9",
        "at": "2027-11-09T10:00:00+02:00",
        "goal": "cities",
    }
    assert shown["startupDivision"]["agendaCoverage"]["goals"] == [
        {"key": "cities", "meetings": 7},
        {"key": "fund", "meetings": 1},
    ]
    assert shown["startupDivision"]["agendaCalendar"].count("BEGIN:VEVENT") == 8
    plan = shown["startup"]["startupDivision"]["kpiPlan"]
    assert plan["seconds"] == 300
    assert plan["kpis"][0] == {"name": "Cities", "base": "1", "m6": "2", "m12": "4", "m24": "8"}


EXTRACT = """regNo;regDate;grantorCode;form;amount;legalBasis;recipientCode;grantedOn;reserved
DEMO-1;2025-06-20;900000030;Grant;90 000,00;2023/2831;900000023;2025-06-16;ne
DEMO-2;2026-10-12;900000030;Grant;60 000,00;2023/2831;{recipient};;taip
"""


def kotis(recipient: str, new_aid: str | None = None) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "extractedOn": "2026-11-20",
        "pasted": EXTRACT.format(recipient=recipient),
    }
    if new_aid is not None:
        answers["newAid"] = {"amount": new_aid}
    return {"startupDivisionKotis": answers}


def test_a_start_up_from_here_brings_register_and_money_wherever_it_goes(
    served_demo: Served,
) -> None:
    desk = Desk(served_demo)
    applied = desk.apply(
        startup="rukas-fintech",
        host="crosspring-lab",
        arrival="2027-10-04",
        departure="2027-10-31",
        travellers=[{"name": "Rasa Demo", "nationalities": ["LT"]}],
        goals=["Meet a bank"],
    )
    stay = applied["id"]
    steps = applied["onboarding"]["steps"]
    assert [
        (step["key"], step["dueOn"])
        for step in steps
        if step["key"].startswith("startup_division.")
    ] == [
        ("startup_division.company_code", "2027-08-20"),
        ("startup_division.mobility_grant", "2027-08-20"),
        ("startup_division.kotis", "2027-09-03"),
    ]
    desk.accept(stay)

    company = {"code": "900000024", "legalForm": "UAB", "registeredOn": "2021-01-11"}
    wrong = desk.answer(stay, {"startupDivisionCompanyCode": company})
    assert (wrong["state"], wrong["verdict"]["message"]["value"]) == (
        "FAILED",
        "Check digit should be 3.",
    )
    states = {step["key"]: step["state"] for step in desk.onboarding(stay)["steps"]}
    assert (
        states["startup_division.kotis"] == states["startup_division.mobility_grant"] == "BLOCKED"
    )
    company["code"] = "900000023"
    assert desk.answer(stay, {"startupDivisionCompanyCode": company})["state"] == "DONE"

    trip = {
        "registeredOn": "2021-01-11",
        "sme": True,
        "destination": "NL",
        "start": "2027-10-04",
        "end": "2027-10-31",
        "programmeKind": "INCUBATOR",
    }
    grant = desk.answer(stay, {"startupDivisionMobilityGrant": trip})
    assert (grant["state"], grant["verdict"]["code"]) == ("NEEDS_REVIEW", "CALL_CLOSED")
    assert grant["verdict"]["message"]["value"].endswith("Company is 5.9 years old, limit 5.")

    foreign = desk.answer(stay, kotis("900000016"))
    assert (foreign["state"], foreign["verdict"]["message"]["value"]) == (
        "FAILED",
        "Row 2: 900000016 is neither the start-up nor in its group.",
    )
    read = desk.answer(stay, kotis("900000023"))
    assert (read["state"], read["verdict"]["outcome"]) == ("DONE", "PASSED")
    assert read["verdict"]["message"]["value"] == (
        "€150,000.00 of €300,000.00 used; next release 2028-06-17: €90,000.00."
    )
    blocked = {step["key"] for step in desk.onboarding(stay)["blockedBy"]}
    assert "startup_division.kotis" not in blocked

    too_much = desk.answer(stay, kotis("900000023", "150000.01"))
    assert (too_much["state"], too_much["verdict"]["code"]) == ("FAILED", "NEW_AID_TOO_LARGE")
    blocked = {step["key"] for step in desk.onboarding(stay)["blockedBy"]}
    assert "startup_division.kotis" in blocked, "planned aid makes the step block"
    fits = desk.answer(stay, kotis("900000023", "150000"))
    assert (fits["state"], fits["verdict"]["outcome"]) == ("DONE", "WARNING")

    query = """query($id: ID!) { stay(id: $id) { startupDivision { agendaCalendar }
      startup { startupDivision {
        registrations { scheme value valid }
        aidGrants { registrationNumber amount { amount currency } grantedOn reserved } } } } }"""
    assert desk.data(query, id=stay)["stay"] == {
        "startupDivision": None,
        "startup": {
            "startupDivision": {
                "registrations": [
                    {"scheme": "LT_COMPANY_CODE", "value": "900000023", "valid": True}
                ],
                "aidGrants": [
                    {
                        "registrationNumber": "DEMO-1",
                        "amount": {"amount": "90000.00", "currency": "EUR"},
                        "grantedOn": "2025-06-16",
                        "reserved": False,
                    },
                    {
                        "registrationNumber": "DEMO-2",
                        "amount": {"amount": "60000.00", "currency": "EUR"},
                        "grantedOn": None,
                        "reserved": True,
                    },
                ],
            }
        },
    }
