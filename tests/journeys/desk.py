"""An administrator at GraphiQL, over real HTTP, and what every stay needs to be confirmed."""

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

    def apply(
        self,
        *,
        startup: str,
        host: str,
        arrival: str,
        departure: str,
        travellers: list[dict[str, Any]],
        goals: list[str],
    ) -> dict[str, Any]:
        """Apply for a stay by slugs; returns `id`, `state` and its steps by key and due day."""
        ids = self.data(
            "query($startup: String!, $host: String!) {"
            " startup(slug: $startup) { id } incubator(slug: $host) { id } }",
            startup=startup,
            host=host,
        )
        applied = self.data(
            """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
              stay { id state onboarding { steps { key dueOn } } } problems { message } } }""",
            input={
                "startup": ids["startup"]["id"],
                "host": ids["incubator"]["id"],
                "arrival": arrival,
                "departure": departure,
                "travellers": travellers,
                "goals": goals,
            },
        )["applyForStay"]
        assert applied["problems"] == []
        stay: dict[str, Any] = applied["stay"]
        return stay

    def accept(self, stay: str) -> None:
        """Take an application to ACCEPTED."""
        assert self.move("submitStay", stay) == ("SUBMITTED", [])
        assert self.move("reviewStay", stay) == ("IN_REVIEW", [])
        assert self.move("acceptStay", stay) == ("ACCEPTED", [])

    def settle_common(self, stay: str) -> None:
        """Answer and sign the blocking steps that any host finds, for the travellers and days."""
        query = """query($id: ID!) { stay(id: $id) {
          arrival departure travellers { name } onboarding { steps { key } } } }"""
        found = self.data(query, id=stay)["stay"]
        asked = {step["key"] for step in found["onboarding"]["steps"]}
        for key, answers, signatures in common_steps(found):
            if key in asked:
                step = self.answer(stay, answers)
                for _ in range(signatures):
                    self.sign(step["id"])

    def set_today(self, day: str) -> None:
        """Move the demonstration's day."""
        query = """mutation($day: Date!) { setToday(input: {today: $day}) {
          viewer { today } problems { message } } }"""
        answer = {"viewer": {"today": day}, "problems": []}
        assert self.data(query, day=day)["setToday"] == answer


AGREEMENT = {
    "objectives": ["Find a research partner"],
    "activityPlan": "Week 1: meet. Week 2: try. Week 3: measure. Week 4: report.",
    "startupResponsibilities": ["Be there"],
    "homeResponsibilities": ["Stay in touch"],
    "hostResponsibilities": ["A desk and introductions"],
    "expectedOutcomes": ["One joint experiment"],
}

GERMAN_COMPANY = {
    "court": "Berlin",
    "registerSection": "HRB",
    "number": "999999",
    "legalForm": "GMBH",
    "ustId": "DE999999911",
}


def common_steps(stay: Mapping[str, Any]) -> list[tuple[str, dict[str, Any], int]]:
    """Return blocking steps of `common` and of homes: key, answers, signatures to follow.

    `stay` has `travellers { name }`, `arrival` and `departure`.
    """
    names = [traveller["name"] for traveller in stay["travellers"]]
    first, last = stay["arrival"], stay["departure"]
    document = {"document": "PASSPORT", "expiresOn": "2035-06-30", "emergencyContact": True}
    insurance = {
        "kind": "PRIVATE",
        "validFrom": first,
        "validTo": last,
        "sumInsured": {"amount": "100000"},
    }
    certificate = {"status": "EMPLOYEE", "validFrom": first, "validTo": last}
    return [
        ("common.agreement", {"commonAgreement": AGREEMENT}, 3),
        (
            "common.travellers",
            {"commonTravellers": {"travellers": [{"name": one, **document} for one in names]}},
            0,
        ),
        (
            "common.health_cover",
            {"commonHealthCover": {"covers": [{"name": one, **insurance} for one in names]}},
            0,
        ),
        (
            "common.a1",
            {"commonA1": {"certificates": [{"name": one, **certificate} for one in names]}},
            0,
        ),
        # For those who move freely within the Schengen area; others answer it by themselves.
        ("common.mobility_9090", {"commonMobility9090": {"travellers": []}}, 0),
        # A German company that GTEC sends out shows its register, wherever it goes.
        ("gtec.company", {"gtecCompany": GERMAN_COMPANY}, 0),
    ]
