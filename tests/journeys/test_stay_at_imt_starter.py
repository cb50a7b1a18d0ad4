"""One start-up the whole way at IMT Starter, over real HTTP, as an administrator does it."""

from typing import Any

import httpx2
from tests.journeys.desk import AGREEMENT, Desk

from tests.conftest import Served

INSURANCE = {
    "insurer": "Demo Assurance",
    "cover": {"amount": "1000000"},
    "validFrom": "2027-01-01",
    "validTo": "2027-10-31",
}


def de_minimis(french_aid: str) -> dict[str, Any]:
    return {
        "grants": [
            {
                "grantorName": "Demo Agency",
                "grantorState": "FR",
                "amount": {"amount": french_aid},
                "grantedOn": "2026-05-04",
                "regime": "DE_MINIMIS",
            }
        ],
        "stayValue": {
            "deskPerDay": {"amount": "40"},
            "days": 28,
            "mentorRate": {"amount": "0"},
        },
        "declaredComplete": True,
    }


def test_a_startup_is_taken_from_application_to_report(served_demo: Served) -> None:
    desk = Desk(served_demo)
    applied = desk.apply(
        startup="rukas-fintech",
        host="imt-starter",
        arrival="2027-06-07",
        departure="2027-07-04",
        travellers=[{"name": "Rasa Demo", "nationalities": ["LT"]}],
        goals=["Meet a bank"],
    )
    assert applied["state"] == "DRAFT"
    keys = [step["key"] for step in applied["onboarding"]["steps"]]
    assert [key for key in keys if key.startswith("imt_starter.")] == [
        "imt_starter.lab_access",
        "imt_starter.research_profile",
        "imt_starter.de_minimis",
        "imt_starter.sme_health",
        "imt_starter.research_match",
        "imt_starter.campus_pass",
        "imt_starter.follow_up_funding",
    ]
    stay = applied["id"]

    desk.accept(stay)
    blocked_by = [step["key"] for step in desk.onboarding(stay)["blockedBy"]]
    assert [key for key in blocked_by if key.startswith("imt_starter.")] == [
        "imt_starter.lab_access",
        "imt_starter.de_minimis",
        "imt_starter.campus_pass",
    ]
    assert desk.move("confirmStay", stay) == (None, ["ONBOARDING_OPEN"] * len(blocked_by))

    step = desk.answer(stay, {"commonAgreement": AGREEMENT})
    assert step["state"] == "AWAITING_SIGNATURES"
    signed = [desk.sign(step["id"]) for _ in range(3)]
    assert signed == ["AWAITING_SIGNATURES", "AWAITING_SIGNATURES", "DONE"]
    desk.settle_common(stay)

    # The home of this start-up asks for its number in the register, wherever it goes.
    registered = {"code": "900000023", "legalForm": "UAB", "registeredOn": "2021-01-11"}
    assert desk.answer(stay, {"startupDivisionCompanyCode": registered})["state"] == "DONE"

    failed = desk.answer(stay, {"imtStarterDeMinimis": de_minimis("299000")})
    assert (failed["state"], failed["verdict"]["outcome"]) == ("FAILED", "FAILED")
    assert "300,000" in failed["verdict"]["message"]["value"]
    corrected = desk.answer(stay, {"imtStarterDeMinimis": de_minimis("29900")})
    assert corrected["verdict"]["outcome"] == "PASSED"
    assert desk.sign(corrected["id"]) == "DONE"

    profile = desk.answer(stay, {"imtStarterResearchProfile": research_profile()})
    assert profile["state"] == "DONE"
    assert "imt_starter.lab_access" not in {
        step["key"] for step in desk.onboarding(stay)["steps"]
    }, "without a restricted lab there is nothing to ask for"

    passed = desk.answer(stay, {"imtStarterCampusPass": campus_pass()})
    assert (passed["state"], passed["verdict"]["outcome"]) == ("DONE", "PASSED")
    onboarding = desk.onboarding(stay)
    assert (onboarding["ready"], onboarding["blockedBy"]) == (True, [])

    assert desk.move("confirmStay", stay) == ("CONFIRMED", [])
    public = httpx2.post(
        f"{served_demo.address}/graphql",
        json={"query": "query($id: ID!) { stay(id: $id) { state startup { name } goals } }"}
        | {"variables": {"id": stay}},
    ).json()
    assert public == {
        "extensions": {"cost": {"requested": 5, "limit": 20_000}},
        "data": {
            "stay": {"state": "CONFIRMED", "startup": {"name": "Rūkas Fintech"}, "goals": None}
        },
    }
    assert desk.move("startStay", stay) == (None, ["TOO_EARLY"])
    desk.set_today("2027-06-07")
    assert desk.move("startStay", stay) == ("ACTIVE", [])
    desk.set_today("2027-07-04")
    assert desk.move("completeStay", stay) == ("COMPLETED", [])
    reported = desk.data(
        """mutation($input: SubmitReportInput!) { submitReport(input: $input) {
          stay { state report { summary raised { amount currency } settlement } }
          problems { message } } }""",
        input={"id": stay, "report": REPORT},
    )["submitReport"]
    assert reported == {
        "stay": {
            "state": "CLOSED",
            "report": {
                "summary": "A month well spent.",
                "raised": {"amount": "25000.00", "currency": "EUR"},
                "settlement": "LATER",
            },
        },
        "problems": [],
    }
    desk.set_today("2026-11-22")


REPORT = {
    "summary": "A month well spent.",
    "meetingsHeld": 12,
    "meetingsUseful": 8,
    "leads": 3,
    "raised": {"amount": "25000.00"},
    "settlement": "LATER",
    "recommendation": 9,
    "daysPresent": 28,
}


def research_profile() -> dict[str, Any]:
    return {
        "keywords": ["payments", "identity", "privacy"],
        "trl": 8,
        "lab": "NONE",
        "need": "EXPERTISE",
    }


def campus_pass() -> dict[str, Any]:
    return {
        "liabilityInsurance": INSURANCE,
        "persons": ["Rasa Demo"],
        "rooms": ["ETOILE 101"],
        "conventionSignedOn": "2026-11-20",
        "residentProjects": 20,
    }
