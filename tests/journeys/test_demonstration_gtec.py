"""The demonstration data show the borders of the Schengen area and a stay at GTEC."""

from typing import Any

from softlanding.testing.house import House

QUERY = """query($slug: String!) { startup(slug: $slug) { stays { nodes { state
  gtec { travellers { name schengen { usedDays remainingDays latestExit } }
    corporateMatches { name section interests firstMeetingOn }
    ndas { party signedOn } attendance { hours } }
  onboarding { blockedBy { key } steps {
    key state verdict { outcome code message { value } facts { name value } } } } } } } }"""


async def stay_of(seeded: House, admin: str, slug: str) -> dict[str, Any]:
    data = await seeded.data(QUERY, {"slug": slug}, token=admin)
    (stay,) = data["startup"]["stays"]["nodes"]
    found: dict[str, Any] = stay
    return found


def step_of(stay: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in stay["onboarding"]["steps"] if one["key"] == key)
    return found


def shown(stay: dict[str, Any], key: str) -> tuple[str, str, str]:
    """Return state, code and sentence of a step."""
    step = step_of(stay, key)
    return step["state"], step["verdict"]["code"], step["verdict"]["message"]["value"]


async def test_stay_2_passes_90_days_in_the_middle_of_march(seeded: House, admin: str) -> None:
    stay = await stay_of(seeded, admin, "thistle-and-loom-ai")
    assert stay["state"] == "IN_REVIEW"
    assert stay["gtec"] is None
    assert shown(stay, "common.mobility_9090") == (
        "FAILED",
        "OVER_BUDGET",
        "Tess Demo passes 90 days on 2027-03-16; latest lawful exit 2027-03-15.",
    )
    facts = step_of(stay, "common.mobility_9090")["verdict"]["facts"]
    assert {fact["name"]: fact["value"] for fact in facts} == {
        "travellers_counted": "1",
        "limit": "90",
        "window": "180",
        "days_used": "75",
        "days_left": "15",
        "worst_total": "105",
        "first_day_over": "2027-03-16",
        "latest_exit": "2027-03-15",
    }
    assert {"key": "common.mobility_9090"} in stay["onboarding"]["blockedBy"]


async def test_stay_4_is_to_tell_secrets_without_an_nda_and_french_aid_does_not_count(
    seeded: House, admin: str
) -> None:
    stay = await stay_of(seeded, admin, "aubaine-reseau")
    assert stay["state"] == "SUBMITTED"
    assert shown(stay, "gtec.corporate_match") == (
        "FAILED",
        "NDA_MISSING",
        "The meeting with Beispiel Werke on 2027-05-11 is confidential but the NDA is missing.",
    )
    aid = step_of(stay, "gtec.deminimis_eair")
    facts = {fact["name"]: fact["value"] for fact in aid["verdict"]["facts"]}
    assert (aid["state"], aid["verdict"]["outcome"]) == ("DONE", "PASSED")
    assert (facts["state"], facts["aid_used"], facts["register_due_on"]) == (
        "DE",
        "0.00",
        "2027-06-02",
    )
    assert stay["gtec"] == {
        "travellers": [{"name": "Aude Demo", "schengen": None}],
        "corporateMatches": [
            {
                "name": "Beispiel Werke",
                "section": None,
                "interests": ["secure factory networks"],
                "firstMeetingOn": "2027-05-11",
            },
            {
                "name": "Muster Telekom",
                "section": "K",
                "interests": [],
                "firstMeetingOn": "2027-05-18",
            },
            {
                "name": "Probe Energie",
                "section": None,
                "interests": ["secure factory networks"],
                "firstMeetingOn": "2027-05-20",
            },
        ],
        "ndas": [{"party": "Muster Telekom", "signedOn": "2026-11-16"}],
        "attendance": None,
    }


async def test_stay_7_has_days_enough_and_a_visa_that_a_person_decides_on(
    seeded: House, admin: str
) -> None:
    stay = await stay_of(seeded, admin, "copperway-logistics")
    assert stay["state"] == "SUBMITTED"
    days = "Chandra Demo has used 12 of 90 days on arrival, 78 are left; latest lawful exit"
    state, code, sentence = shown(stay, "common.mobility_9090")
    assert (state, code) == ("NEEDS_REVIEW", "VISA_TO_DECIDE")
    assert sentence.startswith(
        f"{days} 2027-08-29. A person decides whether Chandra Demo needs a visa (India)."
    )
    budget = step_of(stay, "gtec.schengen")
    # It has passed by itself, and waits until a person has decided about visa and passport.
    assert (budget["state"], budget["verdict"]["outcome"], budget["verdict"]["code"]) == (
        "BLOCKED",
        "PASSED",
        "WITHIN_BUDGET",
    )
    assert shown(stay, "gtec.address")[:2] == ("DONE", "NO_REGISTRATION")
    assert stay["gtec"]["travellers"] == [
        {
            "name": "Chandra Demo",
            "schengen": {"usedDays": 12, "remainingDays": 78, "latestExit": "2027-08-29"},
        }
    ]
    assert "common.mobility_9090" in {step["key"] for step in stay["onboarding"]["blockedBy"]}


async def test_a_german_company_shows_its_register_wherever_it_goes(
    seeded: House, admin: str
) -> None:
    stay = await stay_of(seeded, admin, "havelwerk-3d")
    assert shown(stay, "gtec.company") == (
        "DONE",
        "REGISTERED",
        "Berlin (Charlottenburg) HRB 999998 is well formed and fits the legal form GmbH.",
    )
