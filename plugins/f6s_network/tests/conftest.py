"""What the tests of this plugin share: a check at hand, a stay in London, plain answers."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from softlanding import RulesInForce, StaySnapshot, Traveller, Verdict
from softlanding.testing.checks import a_stay, run_check
from softlanding_f6s_network import plugin

TODAY = date(2026, 11, 22)
Check = Callable[..., Awaitable[Verdict]]


@pytest.fixture
def stay() -> StaySnapshot:
    """Return a stay of a French start-up at F6S Network, all of February 2027."""
    base = a_stay()
    return replace(
        base,
        home=replace(base.home, slug="imt-starter", name="IMT Starter", country="FR"),
        host=replace(
            base.host,
            slug="f6s-network",
            name="F6S Network",
            country="GB",
            public_funding=False,
        ),
        startup=replace(base.startup, country="FR", nace="62.10"),
        arrival=date(2027, 2, 1),
        departure=date(2027, 2, 28),
        travellers=(Traveller(name="Paul Demo", nationalities=("FR",)),),
    )


@pytest.fixture
def check(stay: StaySnapshot) -> Check:
    """Return `check(name, answers, stay=…, today=…, …)` for a step of this plugin."""

    async def run(name: str, answers: Any, **more: Any) -> Verdict:
        more.setdefault("stay", stay)
        more.setdefault("today", TODAY)
        return await run_check(plugin, f"f6s_network.{name}", answers, **more)

    return run


@pytest.fixture
def rules() -> Callable[..., RulesInForce]:
    """Return `rules(name, today)`: the figures of a step on a day."""

    def in_force(name: str, today: date = TODAY) -> RulesInForce:
        found = {rule_set.key: rule_set for rule_set in plugin.rules()}
        return found[f"f6s_network.{name}"].on(today)

    return in_force


def gbp(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "GBP"}


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


_ANSWERS: dict[str, dict[str, Any]] = {
    "f6s_profile": {
        "f6s_url": "https://www.f6s.com/plume-sante",
        "fields": {
            "one_liner": "Digital identity for e-health",
            "description": "We let hospitals know who asks.",
            "team": 1,
            "market": "Hospitals.",
            "traction": "Two pilots.",
            "video_url": "https://example.org/video",
            "deck_url": "https://example.org/deck.pdf",
        },
        "uses_open_call": False,
        "uk_public_money": False,
    },
    "company": {"company_number": "99999991", "vat": "GB999999918"},
    "border": {
        "travellers": [
            {
                "name": "Paul Demo",
                "nationalities": ["FR"],
                "eta_applied_on": "2026-11-10",
                "eta_granted_on": "2026-11-12",
                "passport_expiry": "2031-05-20",
            }
        ]
    },
    "visitor_activities": {
        "activities": [
            {
                "code": "MEETING",
                "text": "Meetings with hospitals",
                "payer": "OWN_COMPANY",
                "hours": "40",
            },
            {
                "code": "REMOTE_OWN_WORK",
                "text": "Work on the own product",
                "payer": "OWN_COMPANY",
                "hours": "30",
            },
        ],
        "accelerator_desk": True,
        "invitation_letter": "We invite you.",
    },
    "mfa": {
        "grants": [],
        "new_amount": gbp("5000.00"),
        "confirmed": True,
    },
    "cascade": {
        "call_id": "DEMO-OC-1",
        "project_ends_on": "2028-12-31",
        "requested": eur("50000.00"),
        "sme_declaration": True,
        "ownership_declaration": True,
        "bank_kyc": True,
        "same_cost_funded_elsewhere": False,
    },
    "data_transfer": {
        "exporter": "IMT Starter",
        "importer": "F6S Network",
        "categories": ["IDENTITY", "TRAVEL"],
        "purpose": "To prepare the stay.",
    },
}


@pytest.fixture
def answers() -> Callable[..., dict[str, Any]]:
    """Return `answers(name, **changes)`: plain answers of a step that pass, with changes."""

    def changed(name: str, **changes: Any) -> dict[str, Any]:
        return {**deepcopy(_ANSWERS[name]), **changes}

    return changed
