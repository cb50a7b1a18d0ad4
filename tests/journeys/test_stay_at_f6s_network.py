"""A German start-up comes to London, over real HTTP, with a sub-grant and public money."""

from typing import Any

from tests.journeys.desk import Desk

from tests.conftest import Served

KEYS = {
    "f6s_network.f6s_profile",
    "f6s_network.border",
    "f6s_network.visitor_activities",
    "f6s_network.mfa",
    "f6s_network.cascade",
    "f6s_network.data_transfer",
}


def own_keys(onboarding: dict[str, Any]) -> set[str]:
    """The keys of the steps of F6S Network."""
    keys = {step["key"] for step in onboarding["steps"]}
    return {key for key in keys if key.startswith("f6s_network.")}


def profile(*, uses_open_call: bool, uk_public_money: bool) -> dict[str, Any]:
    return {
        "f6sNetworkF6sProfile": {
            "f6sUrl": "https://www.f6s.com/spreekern-demo",
            "fields": {
                "oneLiner": "Storage for housing blocks",
                "description": "Batteries in the cellar.",
                "team": 4,
                "market": "Housing.",
                "traction": "Three blocks.",
                "videoUrl": "https://example.org/video",
            },
            "usesOpenCall": uses_open_call,
            "ukPublicMoney": uk_public_money,
        }
    }


def border(*travellers: dict[str, Any]) -> dict[str, Any]:
    british = {"name": "Blake Demo", "nationalities": ["GB", "DE"]}
    return {"f6sNetworkBorder": {"travellers": [*travellers, british]}}


def selma(granted_on: str | None) -> dict[str, Any]:
    return {
        "name": "Selma Demo",
        "nationalities": ["DE"],
        "etaGrantedOn": granted_on,
        "passportExpiry": "2030-08-01",
    }


def activities(code: str) -> dict[str, Any]:
    meeting = {"code": "MEETING", "text": "Meetings", "payer": "OWN_COMPANY", "hours": "60"}
    other = {"code": code, "text": "Installing a battery", "payer": "NOBODY", "hours": "8"}
    letter = "We invite the team to meet owners of housing blocks."
    return {
        "f6sNetworkVisitorActivities": {
            "activities": [meeting, other],
            "invitationLetter": letter,
        }
    }


def mfa(used: str) -> dict[str, Any]:
    grant = {
        "authority": "Demo Council",
        "amount": {"amount": used, "currency": "GBP"},
        "givenOn": "2024-04-01",
        "kind": "SPEI",
    }
    return {
        "f6sNetworkMfa": {
            "grants": [grant],
            "newAmount": {"amount": "5000", "currency": "GBP"},
            "confirmed": True,
        }
    }


CASCADE = {
    "f6sNetworkCascade": {
        "callId": "DEMO-OC-1",
        "projectEndsOn": "2028-12-31",
        "requested": {"amount": "60000"},
        "smeDeclaration": True,
        "ownershipDeclaration": True,
        "bankKyc": True,
        "sameCostFundedElsewhere": False,
    }
}
TRANSFER = {
    "f6sNetworkDataTransfer": {
        "exporter": "GTEC",
        "importer": "F6S Network",
        "categories": ["IDENTITY", "CONTACT"],
        "purpose": "To prepare the stay.",
    }
}
SHOWN = """query($id: ID!) { stay(id: $id) {
  startup { f6sNetwork { f6sUrl subsidyPosition {
    regime used { amount currency } ceiling { amount } headroom { amount } windowStart } } }
  f6sNetwork {
    travellers { name travelAuthorisations { kind validTo } }
    plannedActivities { code allowed }
    dataTransfers { basis validUntil }
    cascadeCall {
      callId requested { amount currency } maximum { amount } ready recordsUntil } } } }"""


def test_a_startup_comes_to_london(served_demo: Served) -> None:
    desk = Desk(served_demo)
    applied = desk.apply(
        startup="spreekern-energie",
        host="f6s-network",
        arrival="2027-09-06",
        departure="2027-10-03",
        travellers=[
            {"name": "Selma Demo", "nationalities": ["DE"]},
            {"name": "Blake Demo", "nationalities": ["GB", "DE"]},
        ],
        goals=["Meet owners of housing blocks"],
    )
    stay = applied["id"]
    assert own_keys(applied["onboarding"]) == KEYS
    desk.accept(stay)
    desk.settle_common(stay)

    desk.answer(stay, profile(uses_open_call=False, uk_public_money=False))
    assert own_keys(desk.onboarding(stay)) == KEYS - {"f6s_network.mfa", "f6s_network.cascade"}
    done = desk.answer(stay, profile(uses_open_call=True, uk_public_money=True))
    assert (done["state"], done["verdict"]["code"]) == ("DONE", "PROFILE_COMPLETE")
    assert own_keys(desk.onboarding(stay)) == KEYS

    late = desk.answer(stay, border(selma("2024-11-12")))
    assert (late["state"], late["verdict"]["message"]["value"]) == (
        "FAILED",
        "ETA of Selma Demo ends 2026-11-12, before your arrival.",
    )
    assert desk.answer(stay, border(selma("2026-11-16")))["state"] == "DONE"

    work = desk.answer(stay, activities("UK_CLIENT_WORK"))
    assert (work["state"], work["verdict"]["message"]["value"]) == (
        "FAILED",
        "'Installing a battery' is work for a UK organisation; a visitor may not.",
    )
    allowed = desk.answer(stay, activities("FACT_FINDING"))
    assert allowed["state"] == "AWAITING_SIGNATURES"
    assert desk.sign(allowed["id"]) == "DONE"

    assert desk.answer(stay, mfa("310000.01"))["verdict"]["code"] == "CEILING_EXCEEDED"
    assert desk.answer(stay, mfa("12000"))["state"] == "DONE"
    assert desk.answer(stay, CASCADE)["verdict"]["code"] == "READY"
    assert [step["key"] for step in desk.onboarding(stay)["blockedBy"]] == [
        "f6s_network.data_transfer"
    ]
    assert desk.answer(stay, TRANSFER)["verdict"]["code"] == "ADEQUATE"

    onboarding = desk.onboarding(stay)
    assert (onboarding["ready"], onboarding["blockedBy"]) == (True, [])
    assert desk.move("confirmStay", stay) == ("CONFIRMED", [])
    assert desk.data(SHOWN, id=stay)["stay"] == {
        "startup": {
            "f6sNetwork": {
                "f6sUrl": "https://www.f6s.com/spreekern-demo",
                "subsidyPosition": {
                    "regime": "UK_MFA",
                    "used": {"amount": "12000.00", "currency": "GBP"},
                    "ceiling": {"amount": "315000.00"},
                    "headroom": {"amount": "303000.00"},
                    "windowStart": "2024-04-01",
                },
            }
        },
        "f6sNetwork": {
            "travellers": [
                {
                    "name": "Selma Demo",
                    "travelAuthorisations": [{"kind": "ETA", "validTo": "2028-11-16"}],
                },
                {
                    "name": "Blake Demo",
                    "travelAuthorisations": [{"kind": "NOT_NEEDED", "validTo": None}],
                },
            ],
            "plannedActivities": [
                {"code": "MEETING", "allowed": True},
                {"code": "FACT_FINDING", "allowed": True},
            ],
            "dataTransfers": [{"basis": "ADEQUACY", "validUntil": "2031-12-27"}],
            "cascadeCall": {
                "callId": "DEMO-OC-1",
                "requested": {"amount": "60000.00", "currency": "EUR"},
                "maximum": {"amount": "60000.00"},
                "ready": True,
                "recordsUntil": "2033-12-31",
            },
        },
    }


def test_a_british_company_gives_its_number_wherever_it_goes(served_demo: Served) -> None:
    desk = Desk(served_demo)
    applied = desk.apply(
        startup="thistle-and-loom-ai",
        host="startup-division",
        arrival="2027-11-01",
        departure="2027-11-28",
        travellers=[{"name": "Tess Demo", "nationalities": ["GB"]}],
        goals=["Meet weavers"],
    )
    stay = applied["id"]
    assert "f6s_network.company" in own_keys(applied["onboarding"])
    wrong = desk.answer(stay, {"f6sNetworkCompany": {"companyNumber": "AB12"}})
    assert wrong["verdict"]["message"]["value"] == (
        "Company number needs 8 characters, e.g. 01234567 or SC123456."
    )
    right = desk.answer(
        stay, {"f6sNetworkCompany": {"companyNumber": "sc1234", "vat": "GB 999 9999 18"}}
    )
    assert (right["state"], right["verdict"]["code"]) == ("DONE", "NUMBERS_HAVE_SHAPE")
    assert "SC001234" in right["verdict"]["message"]["value"]
    assert desk.data(
        "query($id: ID!) { stay(id: $id) { f6sNetwork { cascadeCall { ready } } } }", id=stay
    ) == {"stay": {"f6sNetwork": None}}
