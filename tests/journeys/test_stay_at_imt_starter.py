"""One start-up the whole way at IMT Starter, over real HTTP, as an administrator does it."""

from collections.abc import Mapping
from typing import Any

import httpx2

from tests.conftest import Served

STEP_FIELDS = "id key state reason verdict { outcome code message { value } }"


class Desk:
    """An administrator at GraphiQL: sends operations with a token."""

    def __init__(self, served: Served) -> None:
        self._address = f"{served.address}/graphql"
        self._headers = {"authorization": f"Bearer {served.token}"}

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        body = {"query": query, "variables": variables}
        answer = httpx2.post(self._address, json=body, headers=self._headers, timeout=30).json()
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"]
        return found

    def move(self, mutation: str, stay: str) -> tuple[str | None, list[str]]:
        """Take a transition; returns the new state, or the codes of the problems."""
        query = f"""mutation($id: ID!) {{ {mutation}(input: {{id: $id}}) {{
          stay {{ state }} problems {{ code message hint }} }} }}"""
        payload = self.data(query, id=stay)[mutation]
        state = payload["stay"]["state"] if payload["stay"] else None
        return state, [problem["code"] for problem in payload["problems"]]

    def answer(self, stay: str, answers: Mapping[str, Any]) -> dict[str, Any]:
        query = f"""mutation($input: SubmitStepInput!) {{ submitStep(input: $input) {{
          step {{ {STEP_FIELDS} }} problems {{ code message path }} }} }}"""
        payload = self.data(query, input={"stay": stay, "answers": answers})["submitStep"]
        assert payload["problems"] == []
        step: dict[str, Any] = payload["step"]
        return step

    def sign(self, step: str) -> str:
        query = """mutation($step: ID!) { signOffStep(input: {step: $step}) {
          step { state } problems { message } } }"""
        payload = self.data(query, step=step)["signOffStep"]
        assert payload["problems"] == []
        return str(payload["step"]["state"])

    def onboarding(self, stay: str) -> dict[str, Any]:
        query = f"""query($id: ID!) {{ stay(id: $id) {{ onboarding {{
          ready blockedBy {{ key }} steps {{ {STEP_FIELDS} }} }} }} }}"""
        found: dict[str, Any] = self.data(query, id=stay)["stay"]["onboarding"]
        return found


AGREEMENT = {
    "objectives": ["Find a research partner"],
    "activityPlan": "Week 1: meet. Week 2: try. Week 3: measure. Week 4: report.",
    "startupResponsibilities": ["Be there"],
    "homeResponsibilities": ["Stay in touch"],
    "hostResponsibilities": ["A desk and introductions"],
    "expectedOutcomes": ["One joint experiment"],
}
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
    ids = desk.data(
        '{ startup(slug: "rukas-fintech") { id } incubator(slug: "imt-starter") { id } }'
    )
    application = {
        "startup": ids["startup"]["id"],
        "host": ids["incubator"]["id"],
        "arrival": "2027-06-07",
        "departure": "2027-07-04",
        "travellers": [{"name": "Rasa Demo", "nationalities": ["LT"]}],
        "goals": ["Meet a bank"],
    }
    applied = desk.data(
        """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
          stay { id state onboarding { steps { key dueOn } } } problems { message } } }""",
        input=application,
    )["applyForStay"]
    assert (applied["stay"]["state"], applied["problems"]) == ("DRAFT", [])
    assert [step["key"] for step in applied["stay"]["onboarding"]["steps"]] == [
        "imt_starter.lab_access",
        "common.agreement",
        "imt_starter.research_profile",
        "imt_starter.de_minimis",
        "imt_starter.sme_health",
        "imt_starter.research_match",
        "imt_starter.campus_pass",
        "imt_starter.follow_up_funding",
    ]
    stay = applied["stay"]["id"]

    assert desk.move("submitStay", stay) == ("SUBMITTED", [])
    assert desk.move("reviewStay", stay) == ("IN_REVIEW", [])
    assert desk.move("acceptStay", stay) == ("ACCEPTED", [])
    assert desk.move("confirmStay", stay) == (None, ["ONBOARDING_OPEN"] * 4)

    step = desk.answer(stay, {"commonAgreement": AGREEMENT})
    assert step["state"] == "AWAITING_SIGNATURES"
    signed = [desk.sign(step["id"]) for _ in range(3)]
    assert signed == ["AWAITING_SIGNATURES", "AWAITING_SIGNATURES", "DONE"]

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
        "data": {
            "stay": {"state": "CONFIRMED", "startup": {"name": "Rūkas Fintech"}, "goals": None}
        }
    }
    assert desk.move("startStay", stay) == (None, ["TOO_EARLY"])
    set_today(desk, "2027-06-07")
    assert desk.move("startStay", stay) == ("ACTIVE", [])
    set_today(desk, "2027-07-04")
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
    set_today(desk, "2026-11-22")


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


def set_today(desk: Desk, day: str) -> None:
    query = """mutation($day: Date!) { setToday(input: {today: $day}) {
      viewer { today } problems { message } } }"""
    assert desk.data(query, day=day)["setToday"] == {"viewer": {"today": day}, "problems": []}
