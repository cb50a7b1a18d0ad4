"""The demonstration stay at Crosspring Lab shows what it is there to show."""

from typing import Any

from softlanding.testing.house import House

QUERY = """query($slug: String!) { startup(slug: $slug) {
  crosspringLab { innovationAspects { aspect } }
  stays { nodes { state
    crosspringLab { innovationPlan
      facilitation { facilitator coachingHours feeModel rvoCriteria { name ok } }
      experiments { week target plannedOn dueOn state } }
    onboarding { steps { key state severity verdict { outcome code message { value }
      facts { name value } } } } } } } }"""


async def startup_of(seeded: House, admin: str, slug: str) -> dict[str, Any]:
    data = await seeded.data(QUERY, {"slug": slug}, token=admin)
    found: dict[str, Any] = data["startup"]
    return found


async def test_stay_6_has_a_complete_innovation_plan_and_an_experiment_on_kings_day(
    seeded: House, admin: str
) -> None:
    startup = await startup_of(seeded, admin, "spreekern-energie")
    (stay,) = startup["stays"]["nodes"]
    assert stay["state"] == "ACCEPTED"
    steps = {
        step["key"].removeprefix("crosspring_lab."): step
        for step in stay["onboarding"]["steps"]
        if step["key"].startswith("crosspring_lab.")
    }
    shown = {
        name: (step["state"], step["severity"], step["verdict"] and step["verdict"]["code"])
        for name, step in steps.items()
    }
    assert shown == {
        "innovation_plan": ("DONE", "WARN", "PLAN_COMPLETE"),
        "facilitator_terms": ("DONE", "WARN", "TERMS_MET"),
        "lab_sprint": ("DONE", "WARN", "ON_HOLIDAY"),
        "registration": ("DONE", "INFO", "NO_REGISTRATION_DUTY"),
        "permit_screen": ("OPEN", "INFO", None),
    }
    verdict = steps["lab_sprint"]["verdict"]
    assert verdict["outcome"] == "WARNING"
    assert verdict["message"]["value"].startswith("Week 3: 2027-04-27 is a public holiday, ")


async def test_what_graphql_shows_of_the_stay_and_the_start_up(seeded: House, admin: str) -> None:
    startup = await startup_of(seeded, admin, "spreekern-energie")
    assert startup["crosspringLab"] == {
        "innovationAspects": [{"aspect": "NEW_TO_NL"}, {"aspect": "NEW_ORGANISATION"}]
    }
    shown = startup["stays"]["nodes"][0]["crosspringLab"]
    assert shown["innovationPlan"].startswith("# Innovation plan\n\n## The product or service is")
    assert shown["facilitation"] == {
        "facilitator": "Voorbeeld Begeleiding",
        "coachingHours": "16",
        "feeModel": "FEE",
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
    }
    assert shown["experiments"] == [
        {"week": week, "target": target, "plannedOn": day, "dueOn": due, "state": "PLANNED"}
        for week, target, day, due in (
            (1, "8", "2027-04-14", "2027-04-25"),
            (2, "1", "2027-04-21", "2027-05-02"),
            (3, "10", "2027-04-27", "2027-05-09"),
            (4, "450", "2027-05-05", "2027-05-16"),
        )
    ]


async def test_start_ups_and_stays_of_other_hosts_have_nothing_of_it(
    seeded: House, admin: str
) -> None:
    startup = await startup_of(seeded, admin, "gintaras-laser-lab")
    assert startup["crosspringLab"] is None
    assert [stay["crosspringLab"] for stay in startup["stays"]["nodes"]] == [None]


async def test_a_dutch_start_up_is_asked_for_its_numbers_wherever_it_goes(
    seeded: House, admin: str
) -> None:
    (stay,) = (await startup_of(seeded, admin, "polderlens"))["stays"]["nodes"]
    own = [
        step["key"]
        for step in stay["onboarding"]["steps"]
        if step["key"].startswith("crosspring_lab.")
    ]
    assert own == ["crosspring_lab.company"]
