"""Stay 3 of the demonstration: a travel authorisation and activities, one of them remote work."""

from typing import Any

from softlanding.testing.house import House

QUERY = """{ startup(slug: "plume-sante") {
  f6sNetwork { f6sUrl subsidyPosition { regime } }
  stays { nodes { state
    f6sNetwork {
      travellers { name travelAuthorisations { kind validTo } }
      plannedActivities { code allowed reason }
      dataTransfers { basis validUntil }
      cascadeCall { callId } }
    onboarding { steps { key state verdict { outcome code message { value } facts { name value } } }
      blockedBy { key } } } } } }"""


async def plume(seeded: House, admin: str) -> dict[str, Any]:
    data = await seeded.data(QUERY, token=admin)
    found: dict[str, Any] = data["startup"]
    return found


async def test_stay_3_has_its_eta_and_its_activities(seeded: House, admin: str) -> None:
    startup = await plume(seeded, admin)
    (stay,) = startup["stays"]["nodes"]
    assert stay["state"] == "ACCEPTED"
    steps = {step["key"]: step for step in stay["onboarding"]["steps"]}
    assert {
        key: (step["state"], step["verdict"]["outcome"], step["verdict"]["code"])
        for key, step in steps.items()
        if key.startswith("f6s_network.")
    } == {
        "f6s_network.f6s_profile": ("DONE", "PASSED", "PROFILE_COMPLETE"),
        "f6s_network.border": ("DONE", "PASSED", "ETA_VALID"),
        "f6s_network.data_transfer": ("DONE", "PASSED", "ADEQUATE"),
        "f6s_network.visitor_activities": ("DONE", "PASSED", "ACTIVITIES_ALLOWED"),
    }
    assert (
        steps["f6s_network.border"]["verdict"]["message"]["value"]
        == "ETA of Paul Demo is valid to 2028-11-12."
    )
    activities = steps["f6s_network.visitor_activities"]["verdict"]["facts"]
    assert {fact["name"]: fact["value"] for fact in activities} == {
        "visitors": "1",
        "activities": "4",
        "refused": "0",
        "planned_hours": "116",
        "remote_hours": "40",
        "remote_share": "34.48",
        "remote_share_limit": "50",
        "accelerator_desk": "true",
    }
    blocking = [step["key"] for step in stay["onboarding"]["blockedBy"]]
    assert [key for key in blocking if not key.startswith("common.")] == []


async def test_stay_3_shows_what_its_website_needs(seeded: House, admin: str) -> None:
    startup = await plume(seeded, admin)
    assert startup["f6sNetwork"] == {
        "f6sUrl": "https://www.f6s.com/plume-sante-demo",
        "subsidyPosition": None,
    }
    (stay,) = startup["stays"]["nodes"]
    allowed = "Allowed for visitors."
    assert stay["f6sNetwork"] == {
        "travellers": [
            {
                "name": "Paul Demo",
                "travelAuthorisations": [{"kind": "ETA", "validTo": "2028-11-12"}],
            }
        ],
        "plannedActivities": [
            {"code": "MEETING", "allowed": True, "reason": allowed},
            {"code": "CONFERENCE", "allowed": True, "reason": allowed},
            {"code": "NEGOTIATE", "allowed": True, "reason": allowed},
            {
                "code": "REMOTE_OWN_WORK",
                "allowed": True,
                "reason": "Allowed as long as it is not the main purpose of the visit.",
            },
        ],
        "dataTransfers": [{"basis": "ADEQUACY", "validUntil": "2031-12-27"}],
        "cascadeCall": None,
    }


async def test_the_public_sees_none_of_it(seeded: House) -> None:
    data = await seeded.data(
        '{ startup(slug: "plume-sante") { f6sNetwork { f6sUrl } stays { nodes { state } } } }'
    )
    assert data == {"startup": {"f6sNetwork": None, "stays": {"nodes": []}}}
