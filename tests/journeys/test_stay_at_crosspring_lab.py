"""Start-ups on their way at Crosspring Lab, over real HTTP, as an administrator does it."""

from typing import Any

from tests.journeys.desk import Desk

from tests.conftest import Served

SECTIONS = (
    "structure",
    "roles",
    "legalForm",
    "staff",
    "purpose",
    "productDescription",
    "firstYearActivities",
)
GOALS = {"goals": [{"key": "pilot", "text": "Find a first city", "needs": ["CUSTOMERS"]}]}


def plan(*, words: int = 50, permit: bool = False) -> dict[str, Any]:
    return {
        "crosspringLabInnovationPlan": {
            "aspects": [{"aspect": "NEW_TECH", "argument": "It measures what others guess. " * 4}],
            "plan": {name: " ".join(["word"] * words) for name in SECTIONS},
            "seekStartupPermit": permit,
        }
    }


def terms(*, share: str = "10") -> dict[str, Any]:
    return {
        "crosspringLabFacilitatorTerms": {
            "facilitator": {
                "name": "Demo Begeleiding",
                "kvk": "00000009",
                "yearsExperience": "4",
                "assets": {"amount": "50000"},
                "liabilities": {"amount": "20000"},
                "insolvent": False,
                "sharePct": share,
            },
            "agreement": {"coachingHours": "12.5", "feeModel": "SHARE", "signedByBoth": True},
            "startupKvk": "00000007",
        }
    }


def board(*measured: tuple[int, str]) -> dict[str, Any]:
    days = dict(measured)
    return {
        "crosspringLabLabSprint": {
            "experiments": [
                {
                    "week": week,
                    "hypothesis": "Cities want to see it.",
                    "metric": "Cities out of 5",
                    "target": "2",
                    "result": {"value": "3", "measuredOn": days[week]} if week in days else None,
                }
                for week in (1, 2, 3, 4)
            ]
        }
    }


def registration(**person: Any) -> dict[str, Any]:
    noted = {"name": "Camille Demo", "nightsBefore": 0, **person}
    return {"crosspringLabRegistration": {"city": "Voorbeeldstad", "persons": [noted]}}


def own_keys(desk: Desk, stay: str) -> list[str]:
    """Return what of Crosspring Lab keeps the stay from being confirmed."""
    blocked = [step["key"] for step in desk.onboarding(stay)["blockedBy"]]
    return [key for key in blocked if key.startswith("crosspring_lab.")]


def test_a_start_up_is_taken_from_application_through_the_weeks_of_its_lab(
    served_demo: Served,
) -> None:
    desk = Desk(served_demo)
    applied = desk.apply(
        startup="cordee-mobile",
        host="crosspring-lab",
        arrival="2027-09-06",
        departure="2027-10-03",
        travellers=[{"name": "Camille Demo", "nationalities": ["FR"]}],
        goals=["Find a first city"],
    )
    keys = [(step["key"], step["dueOn"]) for step in applied["onboarding"]["steps"]]
    assert [one for one in keys if one[0].startswith("crosspring_lab.")] == [
        ("crosspring_lab.innovation_plan", "2027-08-06"),
        ("crosspring_lab.facilitator_terms", "2027-08-23"),
        ("crosspring_lab.registration", "2027-08-23"),
        ("crosspring_lab.lab_sprint", "2027-08-30"),
        ("crosspring_lab.permit_screen", "2027-09-27"),
    ]
    stay = applied["id"]
    desk.accept(stay)
    desk.settle_common(stay)
    desk.answer(stay, {"commonGoals": GOALS})
    assert desk.move("confirmStay", stay) == (None, ["ONBOARDING_OPEN"])
    assert own_keys(desk, stay) == ["crosspring_lab.facilitator_terms"]

    short = desk.answer(stay, plan(words=49))
    assert (short["state"], short["verdict"]["code"]) == ("FAILED", "SECTIONS_MISSING")
    assert desk.answer(stay, plan())["state"] == "DONE"

    majority = desk.answer(stay, terms(share="50.5"))
    assert (majority["state"], majority["verdict"]["message"]["value"]) == (
        "FAILED",
        "Facilitator holds 50.5 % \u2013 majority not allowed.",
    )
    assert own_keys(desk, stay) == [], "who seeks no permit is warned only"

    resident = desk.answer(stay, registration(plannedNights=130))
    assert resident["verdict"]["message"]["value"] == (
        "130 nights of Camille Demo exceed 4 months: register as resident."
    )
    assert desk.move("confirmStay", stay) == (None, ["ONBOARDING_OPEN"])
    assert own_keys(desk, stay) == ["crosspring_lab.registration"]
    registered = desk.answer(stay, registration(plannedNights=130, appointmentOn="2027-09-07"))
    assert (registered["state"], registered["verdict"]["code"]) == (
        "DONE",
        "RESIDENT_APPOINTMENT_SET",
    )
    assert desk.answer(stay, terms())["verdict"]["code"] == "TERMS_MET"
    assert desk.answer(stay, board())["verdict"]["code"] == "SPRINT_ON_TRACK"
    assert desk.move("confirmStay", stay) == ("CONFIRMED", [])

    desk.set_today("2027-09-06")
    assert desk.move("startStay", stay) == ("ACTIVE", [])
    desk.set_today("2027-09-20")
    late = desk.answer(stay, board())
    assert (late["state"], late["verdict"]["message"]["value"]) == (
        "FAILED",
        "Week 1 has no measured result.",
    )
    caught_up = desk.answer(stay, board((1, "2027-09-10"), (2, "2027-09-17")))
    assert (caught_up["state"], caught_up["verdict"]["code"]) == ("DONE", "SPRINT_ON_TRACK")
    shown = desk.data(
        """query($id: ID!) { stay(id: $id) { crosspringLab {
          facilitation { facilitator coachingHours feeModel rvoCriteria { name ok } }
          experiments { week state result } } } }""",
        id=stay,
    )["stay"]["crosspringLab"]
    assert shown == {
        "facilitation": {
            "facilitator": "Demo Begeleiding",
            "coachingHours": "12.5",
            "feeModel": "SHARE",
            "rvoCriteria": [
                {"name": name, "ok": True}
                for name in (
                    "EXPERIENCE",
                    "EQUITY",
                    "SOLVENCY",
                    "SHARE",
                    "FAMILY",
                    "SIGNED",
                    "REGISTERED",
                )
            ],
        },
        "experiments": [
            {"week": 1, "state": "MEASURED", "result": "3"},
            {"week": 2, "state": "MEASURED", "result": "3"},
            {"week": 3, "state": "PLANNED", "result": None},
            {"week": 4, "state": "PLANNED", "result": None},
        ],
    }
    desk.set_today("2026-11-22")


def test_a_founder_from_outside_is_screened_for_the_permit(served_demo: Served) -> None:
    desk = Desk(served_demo)
    stay = desk.apply(
        startup="copperway-logistics",
        host="crosspring-lab",
        arrival="2027-11-01",
        departure="2027-11-28",
        travellers=[{"name": "Chandra Demo", "nationalities": ["IN"]}],
        goals=["Find a port"],
    )["id"]
    desk.accept(stay)
    assert desk.answer(stay, plan(permit=True))["state"] == "DONE"
    majority = desk.answer(stay, terms(share="51"))
    assert (majority["state"], majority["verdict"]["code"]) == ("FAILED", "FACILITATOR_MAJORITY")
    assert own_keys(desk, stay) == ["crosspring_lab.facilitator_terms"]
    assert desk.answer(stay, terms(share="50"))["state"] == "DONE"
    assert own_keys(desk, stay) == []

    screen = {"meansForStay": {"amount": "20000"}, "activeRole": False}
    failed = desk.answer(stay, {"crosspringLabPermitScreen": screen})
    assert failed["verdict"]["message"]["value"] == (
        "Condition not met: active role \u2013 work in the company, not only own or finance it."
        " A person must decide on means: the figure is not verified."
    )
    reviewed = desk.answer(stay, {"crosspringLabPermitScreen": {**screen, "activeRole": True}})
    assert (reviewed["state"], reviewed["verdict"]["code"]) == (
        "NEEDS_REVIEW",
        "CONDITION_UNCERTAIN",
    )

    # What the plan says later is seen by the steps that read it.
    desk.answer(stay, plan(words=10, permit=False))
    found = {step["key"]: step for step in desk.onboarding(stay)["steps"]}
    assert found["crosspring_lab.permit_screen"]["verdict"]["code"] == "CONDITION_NOT_MET"
    assert own_keys(desk, stay) == []


def test_a_dutch_start_up_gives_its_numbers_before_it_leaves(served_demo: Served) -> None:
    desk = Desk(served_demo)
    stay = desk.apply(
        startup="kanaal-robotics",
        host="gtec",
        arrival="2027-10-04",
        departure="2027-10-31",
        travellers=[{"name": "Kees Demo", "nationalities": ["NL"]}],
        goals=["See a harbour"],
    )["id"]
    desk.accept(stay)
    assert own_keys(desk, stay) == ["crosspring_lab.company"]
    wrong = desk.answer(stay, {"crosspringLabCompany": {"kvk": "0000002"}})
    assert (wrong["state"], wrong["verdict"]["message"]["value"]) == (
        "FAILED",
        "KvK numbers have 8 digits, got 7.",
    )
    numbers = {"kvk": "00000002", "rsin": "000000024", "btw": "NL000000024B01"}
    assert desk.answer(stay, {"crosspringLabCompany": numbers})["state"] == "DONE"
    assert own_keys(desk, stay) == []
