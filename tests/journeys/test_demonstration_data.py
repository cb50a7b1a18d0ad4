"""The demonstration data show what they are there to show."""

from typing import Any

from softlanding.testing.house import House

QUERY = """query($slug: String!) { startup(slug: $slug) { stays { nodes { state
  report { meetingsHeld settlement } imtStarter { aidPosition {
    state used { amount } ceiling { amount } headroom { amount } stayValue { amount } } }
  onboarding { ready earliestArrival limitedBy blockedBy { key state }
    steps { key state verdict { outcome code } } } } } } }"""


async def stay_of(seeded: House, admin: str, slug: str) -> dict[str, Any]:
    data = await seeded.data(QUERY, {"slug": slug}, token=admin)
    (stay,) = data["startup"]["stays"]["nodes"]
    found: dict[str, Any] = stay
    return found


def verdicts(stay: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    """Return state and code by step of the host; those of others have a file of their own."""
    return {
        step["key"]: (step["state"], step["verdict"] and step["verdict"]["code"])
        for step in stay["onboarding"]["steps"]
        if step["key"].startswith("imt_starter.")
    }


async def test_stay_1_waits_for_the_opinion_on_a_restricted_lab_and_lithuanian_aid_does_not_count(
    seeded: House, admin: str
) -> None:
    stay = await stay_of(seeded, admin, "gintaras-laser-lab")
    assert stay["state"] == "ACCEPTED"
    assert verdicts(stay) == {
        "imt_starter.lab_access": ("NEEDS_REVIEW", "OPINION_PENDING"),
        "imt_starter.research_profile": ("DONE", "PROFILE_USABLE"),
        "imt_starter.de_minimis": ("DONE", "BELOW_CEILING"),
        "imt_starter.sme_health": ("DONE", "HEALTHY_SME"),
        "imt_starter.research_match": ("OPEN", None),
        "imt_starter.campus_pass": ("OPEN", None),
        "imt_starter.follow_up_funding": ("OPEN", None),
    }
    assert stay["imtStarter"]["aidPosition"] == {
        "state": "FR",
        "used": {"amount": "0.00"},
        "ceiling": {"amount": "300000.00"},
        "headroom": {"amount": "300000.00"},
        "stayValue": {"amount": "3200.00"},
    }
    assert (stay["onboarding"]["earliestArrival"], stay["onboarding"]["limitedBy"]) == (
        "2027-01-20",
        "imt_starter.lab_access",
    )


async def test_stay_8_is_over_with_aid_near_the_ceiling_and_a_report(
    seeded: House, admin: str
) -> None:
    stay = await stay_of(seeded, admin, "havelwerk-3d")
    assert (stay["state"], stay["report"]) == (
        "CLOSED",
        {"meetingsHeld": 14, "settlement": "LATER"},
    )
    assert verdicts(stay) == {
        "imt_starter.research_profile": ("DONE", "PROFILE_USABLE"),
        "imt_starter.de_minimis": ("DONE", "NEAR_CEILING"),
        "imt_starter.sme_health": ("DONE", "HEALTHY_SME"),
        "imt_starter.research_match": ("DONE", "MATCHED"),
        "imt_starter.campus_pass": ("DONE", "CAMPUS_READY"),
        "imt_starter.follow_up_funding": ("DONE", "DOORS_OPEN"),
    }
    assert stay["imtStarter"]["aidPosition"] == {
        "state": "FR",
        "used": {"amount": "296000.00"},
        "ceiling": {"amount": "300000.00"},
        "headroom": {"amount": "4000.00"},
        "stayValue": {"amount": "3200.00"},
    }
    assert stay["onboarding"]["ready"] is True


async def test_the_eight_stays_are_in_the_states_they_are_to_show(
    seeded: House, admin: str
) -> None:
    query = "{ stays(first: 20) { nodes { startup { slug } host { slug } arrival state demo } } }"
    data = await seeded.data(query, token=admin)
    assert [
        (stay["startup"]["slug"], stay["host"]["slug"], stay["arrival"], stay["state"])
        for stay in data["stays"]["nodes"]
    ] == [
        ("havelwerk-3d", "imt-starter", "2026-09-01", "CLOSED"),
        ("plume-sante", "f6s-network", "2027-02-01", "ACCEPTED"),
        *sorted(
            [
                ("gintaras-laser-lab", "imt-starter", "2027-03-01", "ACCEPTED"),
                ("thistle-and-loom-ai", "imt-starter", "2027-03-01", "IN_REVIEW"),
            ]
        ),
        ("spreekern-energie", "crosspring-lab", "2027-04-12", "ACCEPTED"),
        ("aubaine-reseau", "gtec", "2027-05-03", "SUBMITTED"),
        ("copperway-logistics", "gtec", "2027-06-01", "SUBMITTED"),
        ("polderlens", "startup-division", "2027-06-07", "ACCEPTED"),
    ]
    assert {stay["demo"] for stay in data["stays"]["nodes"]} == {True}


async def test_the_public_sees_the_one_stay_that_took_place(seeded: House) -> None:
    data = await seeded.data("{ stays { nodes { startup { name } state } } }")
    assert data["stays"]["nodes"] == [{"startup": {"name": "Havelwerk 3D"}, "state": "CLOSED"}]
