"""A start-up at GTEC over real HTTP: days in the Schengen area, secrets, the founder school."""

from typing import Any

from tests.journeys.desk import GERMAN_COMPANY, Desk

from tests.conftest import Served

GTEC = """query($id: ID!) { stay(id: $id) { gtec {
  travellers { name schengen { usedDays remainingDays latestExit } }
  corporateMatches { name section interests firstMeetingOn }
  ndas { party signedOn }
  attendance { hours topics missedTopics mentorHours signedOn } } } }"""
KEYS = [
    "gtec.address",
    "gtec.corporate_match",
    "gtec.deminimis_eair",
    "gtec.founder_school",
    "gtec.schengen",
]


def own(onboarding: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {step["key"]: step for step in onboarding["steps"] if step["key"].startswith("gtec.")}


def days(first: str, last: str) -> dict[str, Any]:
    traveller = {
        "name": "Casey Demo",
        "priorStays": [{"entry": first, "exit": last}],
        "passportIssuedOn": "2024-02-05",
        "passportValidTo": "2034-02-04",
    }
    return {"commonMobility9090": {"travellers": [traveller]}}


def match(*ndas: dict[str, Any]) -> dict[str, Any]:
    corporates = [
        {"name": "Beispiel Bahn", "nace": ["49.11"], "interests": ["mobility data"]},
        {"name": "Muster Karten", "nace": ["63.10"], "contact": "Karla Demo"},
        {"name": "Probe Stadt", "interests": ["Mobility data", "parking"]},
    ]
    meeting = {"party": "Beispiel Bahn", "day": "2027-11-16", "confidential": True}
    return {
        "gtecCorporateMatch": {
            "corporates": corporates,
            "offers": ["mobility data"],
            "meetings": [meeting],
            "ndas": list(ndas),
        }
    }


def school(attended: bool) -> dict[str, Any]:
    sessions = [
        {"topic": "Market", "hours": "5", "attended": True},
        {"topic": "Finance", "hours": "4", "attended": True},
        {"topic": "Law", "hours": "3.5", "attended": attended},
    ]
    return {
        "gtecFounderSchool": {
            "sessions": sessions,
            "mentorHours": "6",
            "mentor": "Mika Demo",
            "signedOn": "2027-12-03",
        }
    }


def test_a_startup_is_taken_through_gtec(served_demo: Served) -> None:
    desk = Desk(served_demo)
    applied = desk.apply(
        startup="plume-sante",
        host="gtec",
        arrival="2027-11-08",
        departure="2027-12-05",
        travellers=[
            {"name": "Coline Demo", "nationalities": ["FR"]},
            {"name": "Casey Demo", "nationalities": ["US"]},
        ],
        goals=["A pilot with a city"],
    )
    stay = applied["id"]
    assert sorted(own(desk.onboarding(stay))) == KEYS, "the register is asked of German companies"
    desk.accept(stay)
    desk.settle_common(stay)
    assert own(desk.onboarding(stay))["gtec.schengen"]["reason"] == (
        "It waits for common.mobility_9090."
    )

    over = desk.answer(stay, days("2027-08-01", "2027-10-15"))
    sentence = "Casey Demo passes 90 days on 2027-11-22; latest lawful exit 2027-11-21."
    assert (over["state"], over["verdict"]["message"]["value"]) == ("FAILED", sentence)
    budget = own(desk.onboarding(stay))["gtec.schengen"]
    assert (budget["state"], budget["verdict"]["outcome"]) == ("BLOCKED", "FAILED")
    assert budget["verdict"]["message"]["value"] == sentence

    within = desk.answer(stay, days("2027-09-01", "2027-09-30"))
    assert (within["state"], within["verdict"]["code"]) == ("NEEDS_REVIEW", "VISA_TO_DECIDE")
    waived = desk.data(
        """mutation($input: WaiveStepInput!) { waiveStep(input: $input) {
          step { state } problems { message } } }""",
        input={"step": within["id"], "reason": "Visa seen; meetings and training only."},
    )["waiveStep"]
    assert waived == {"step": {"state": "WAIVED"}, "problems": []}
    budget = own(desk.onboarding(stay))["gtec.schengen"]
    assert (budget["state"], budget["verdict"]["code"]) == ("DONE", "WITHIN_BUDGET")

    none_pays = desk.answer(stay, {"gtecDeminimisEair": {}})
    assert none_pays["state"] == "NOT_APPLICABLE"
    address = {"moveIn": "2027-11-06", "moveOut": "2028-02-06", "usualResidence": "FR"}
    late = desk.answer(stay, {"gtecAddress": address})
    assert late["verdict"]["message"]["value"] == "Register at the Bürgeramt by 2027-11-20."
    free = desk.answer(stay, {"gtecAddress": address | {"moveOut": "2028-02-05"}})
    assert (free["state"], free["verdict"]["code"]) == ("DONE", "NO_REGISTRATION")

    goal = {"key": "pilot", "text": "A pilot with a city", "needs": ["CORPORATES"]}
    desk.answer(stay, {"commonGoals": {"goals": [goal]}})
    secret = desk.answer(stay, match())
    assert (secret["state"], secret["verdict"]["message"]["value"]) == (
        "FAILED",
        "The meeting with Beispiel Bahn on 2027-11-16 is confidential but the NDA is missing.",
    )
    blocking = {step["key"] for step in desk.onboarding(stay)["blockedBy"]}
    assert {key for key in blocking if key.startswith("gtec.")} == set()
    assert desk.move("confirmStay", stay) == ("CONFIRMED", [])

    desk.set_today("2027-11-08")
    assert desk.move("startStay", stay) == ("ACTIVE", [])
    signed = desk.answer(stay, match({"party": "Beispiel Bahn", "signedOn": "2027-11-08"}))
    assert (signed["state"], signed["verdict"]["code"]) == ("DONE", "MATCHED")

    desk.set_today("2027-12-05")
    missed = desk.answer(stay, school(attended=False))
    assert missed["verdict"]["message"]["value"] == ("9 of 12 hours attended; missing topics: Law.")
    attended = desk.answer(stay, school(attended=True))
    assert (attended["state"], attended["verdict"]["code"]) == ("DONE", "ATTENDED")
    assert desk.data(GTEC, id=stay)["stay"]["gtec"] == {
        "travellers": [
            {"name": "Coline Demo", "schengen": None},
            {
                "name": "Casey Demo",
                "schengen": {"usedDays": 30, "remainingDays": 60, "latestExit": "2028-01-06"},
            },
        ],
        "corporateMatches": [
            {
                "name": "Beispiel Bahn",
                "section": None,
                "interests": ["mobility data"],
                "firstMeetingOn": "2027-11-16",
            },
            {"name": "Muster Karten", "section": "K", "interests": [], "firstMeetingOn": None},
            {
                "name": "Probe Stadt",
                "section": None,
                "interests": ["Mobility data"],
                "firstMeetingOn": None,
            },
        ],
        "ndas": [{"party": "Beispiel Bahn", "signedOn": "2027-11-08"}],
        "attendance": {
            "hours": "12.5",
            "topics": ["Market", "Finance", "Law"],
            "missedTopics": [],
            "mentorHours": "6",
            "signedOn": "2027-12-03",
        },
    }
    assert desk.move("completeStay", stay) == ("COMPLETED", [])
    desk.set_today("2026-11-22")


def test_a_german_company_shows_its_register_before_it_leaves(served_demo: Served) -> None:
    desk = Desk(served_demo)
    stay = desk.apply(
        startup="havelwerk-3d",
        host="startup-division",
        arrival="2027-11-08",
        departure="2027-12-05",
        travellers=[{"name": "Hagen Demo", "nationalities": ["DE"]}],
        goals=["See a laser"],
    )["id"]
    assert sorted(own(desk.onboarding(stay))) == ["gtec.company"]
    wrong = desk.answer(stay, {"gtecCompany": {**GERMAN_COMPANY, "registerSection": "HRA"}})
    assert (wrong["state"], wrong["verdict"]["message"]["value"]) == (
        "FAILED",
        "GmbH belongs in HRB, not HRA.",
    )
    right = desk.answer(stay, {"gtecCompany": GERMAN_COMPANY})
    assert (right["state"], right["verdict"]["code"]) == ("DONE", "REGISTERED")
    assert desk.data(GTEC, id=stay) == {"stay": {"gtec": None}}
