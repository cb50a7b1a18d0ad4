"""The demonstration data show the month that a stay is, and what comes after it."""

from datetime import date
from typing import Any

from softlanding.testing.house import House

QUERY = """query($slug: String!) { startup(slug: $slug) { stays { nodes { id
  common { mentor meetingsBooked kickoffOn midtermOn nextKpiFollowUp
    goals { key needs needsWithoutIntroduction state introductions { need to on outcome } }
    report { meetingsHeld meetingsUseful usefulness leads pilots customers investorsMet
      researchersMet collaborations mentorHours daysPresent } }
  report { meetingsHeld meetingsUseful leads pilots customers investorsMet researchersMet
    mentorHours daysPresent }
  onboarding { steps { id key state dueOn verdict { code message { value } } } } } } } }"""


async def stay_of(seeded: House, token: str, slug: str) -> dict[str, Any]:
    data = await seeded.data(QUERY, {"slug": slug}, token=token)
    (stay,) = data["startup"]["stays"]["nodes"]
    found: dict[str, Any] = stay
    return found


def step_of(stay: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in stay["onboarding"]["steps"] if one["key"] == key)
    return found


async def test_the_founder_of_stay_1_reads_a_month_made_from_its_goals(seeded: House) -> None:
    founder = await seeded.person("Gabija", founder_of=["gintaras-laser-lab"])
    stay = await stay_of(seeded, founder, "gintaras-laser-lab")
    assert stay["common"] == {
        "mentor": "Maëlle Demo",
        "meetingsBooked": 3,
        "kickoffOn": None,
        "midtermOn": None,
        "nextKpiFollowUp": "2027-08-28",
        "goals": [
            {
                "key": "dust",
                "needs": ["RESEARCH", "MENTORING"],
                "needsWithoutIntroduction": [],
                "state": None,
                "introductions": [
                    introduction("RESEARCH", "Demo Lab Photonics", "2027-03-03"),
                    introduction("MENTORING", "Club des anciens (démo)", "2027-03-05"),
                ],
            },
            {
                "key": "customers",
                "needs": ["CORPORATES", "REGULATION"],
                "needsWithoutIntroduction": ["REGULATION"],
                "state": None,
                "introductions": [
                    introduction("CORPORATES", "Fonderie Exemple", "2027-03-10"),
                    introduction("CORPORATES", "Usine Modèle", None),
                ],
            },
        ],
        "report": None,
    }
    mentor = step_of(stay, "common.mentor")
    assert (mentor["state"], mentor["verdict"]["message"]["value"]) == (
        "DONE",
        "Without an introduction: regulation for “Meet two industrial customers”."
        " 3 of at least 5 meetings are booked.",
    )


def introduction(need: str, to: str, on: str | None) -> dict[str, Any]:
    return {"need": need, "to": to, "on": on, "outcome": "PLANNED"}


async def test_the_evidence_of_stay_8_adds_up_to_the_figures_of_its_report(
    seeded: House, admin: str
) -> None:
    stay = await stay_of(seeded, admin, "havelwerk-3d")
    sums = stay["common"]["report"]
    assert sums.pop("usefulness") == "3.71"
    assert sums.pop("collaborations") == 0
    assert sums.pop("mentorHours") == "20"
    assert stay["report"].pop("mentorHours") == 20
    assert sums == stay["report"]


async def test_stay_8_went_through_every_step(seeded: House, admin: str) -> None:
    stay = await stay_of(seeded, admin, "havelwerk-3d")
    expected = {
        "common.agreement": ("DONE", None),
        "common.goals": ("DONE", "GOALS_SET"),
        "common.travellers": ("DONE", "TRAVELLERS_NOTED"),
        "common.workplace": ("DONE", "WORKPLACE_READY"),
        "common.mentor": ("DONE", "INTRODUCTIONS_MADE"),
        "common.a1": ("DONE", "CERTIFICATES_COVER_STAY"),
        "common.health_cover": ("DONE", "ALL_COVERED"),
        "common.midterm": ("DONE", "GOAL_AT_RISK"),
        "common.report": ("DONE", "REPORT_PLAUSIBLE"),
        "common.followup": ("OPEN", None),
    }
    assert {
        step["key"]: (step["state"], step["verdict"] and step["verdict"]["code"])
        for step in stay["onboarding"]["steps"]
        if step["key"] in expected
    } == expected


async def test_the_follow_up_of_stay_8_is_due_180_days_after_its_arrival(
    seeded: House, admin: str
) -> None:
    stay = await stay_of(seeded, admin, "havelwerk-3d")
    assert stay["common"]["nextKpiFollowUp"] == "2027-02-28"
    # A Sunday: the step is due on the Friday before.
    assert step_of(stay, "common.followup")["dueOn"] == "2027-02-26"


SUBMIT = """mutation($input: SubmitStepInput!) { submitStep(input: $input) {
  step { state verdict { code } } problems { code message } } }"""
FOLLOW_UP = {
    "measurements": [
        {
            "measuredOn": "2027-03-01",
            "marketEntered": True,
            "customers": 1,
            "pilots": 1,
            "partnerships": 1,
            "researchCollaborations": 0,
            "jobsAdded": 2,
            "newProducts": 0,
            "settlement": "LATER",
        }
    ]
}


async def test_the_home_notes_the_follow_up_of_a_closed_stay(seeded: House, admin: str) -> None:
    home = await seeded.person("Gerda", staff_of=["gtec"])
    stay = await stay_of(seeded, home, "havelwerk-3d")
    seeded.clock.move_to(date(2027, 3, 1))
    answers = {"input": {"stay": stay["id"], "answers": {"commonFollowup": FOLLOW_UP}}}
    assert (await seeded.data(SUBMIT, answers, token=home))["submitStep"] == {
        "step": {"state": "DONE", "verdict": {"code": "FOLLOW_UP_IN"}},
        "problems": [],
    }
    after = await stay_of(seeded, home, "havelwerk-3d")
    assert after["common"]["nextKpiFollowUp"] == "2027-08-27"


async def test_the_month_of_a_stay_is_no_business_of_others(seeded: House) -> None:
    query = "{ stays { nodes { startup { slug } common { mentor } } } }"
    stranger = await seeded.person("Otto", founder_of=["polderlens"])
    website = await seeded.data(query)
    assert website["stays"]["nodes"] == [{"startup": {"slug": "havelwerk-3d"}, "common": None}]
    months = (await seeded.data(query, token=stranger))["stays"]["nodes"]
    assert {stay["startup"]["slug"]: stay["common"] for stay in months} == {
        "havelwerk-3d": None,
        "polderlens": {"mentor": None},
    }
