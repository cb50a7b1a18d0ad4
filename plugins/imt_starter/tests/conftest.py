"""What the tests of this plugin share: a check at hand, and plain answers for each step."""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

import softlanding_common.plugin
from softlanding import RulesInForce, Verdict
from softlanding.testing.checks import a_stay, run_check
from softlanding_imt_starter import plugin

TODAY = date(2026, 11, 22)
Check = Callable[..., Awaitable[Verdict]]


@pytest.fixture
def check() -> Check:
    """Return `check(name, answers, stay=…, today=…, …)` for a step of this plugin."""

    async def run(name: str, answers: Any, **more: Any) -> Verdict:
        more.setdefault("stay", a_stay())
        more.setdefault("today", TODAY)
        return await run_check(
            plugin, f"imt_starter.{name}", answers, beside=[softlanding_common.plugin], **more
        )

    return run


@pytest.fixture
def rules() -> Callable[..., RulesInForce]:
    """Return `rules(name, today)`: the figures of a step on a day."""

    def in_force(name: str, today: date = TODAY) -> RulesInForce:
        found = {rule_set.key: rule_set for rule_set in plugin.rules()}
        return found[f"imt_starter.{name}"].on(today)

    return in_force


def eur(amount: str | int) -> dict[str, str]:
    return {"amount": str(amount), "currency": "EUR"}


_ANSWERS: dict[str, dict[str, Any]] = {
    "de_minimis": {
        "grants": [],
        "stay_value": {
            "desk_per_day": eur(40),
            "days": 30,
            "mentor_hours": "20",
            "mentor_rate": eur(100),
        },
        "declared_complete": True,
    },
    "sme_health": {
        "periods": [
            {
                "ends_on": "2025-12-31",
                "figures": {"headcount": "5", "turnover": eur(100000), "balance": eur(100000)},
            }
        ],
        "owners": [],
        "share_capital": eur(20000),
        "share_premium": eur(0),
        "reserves": eur(0),
        "accumulated_losses": eur(0),
        "founded_on": "2022-05-02",
        "insolvency": False,
        "rescue_aid": False,
    },
    "research_profile": {
        "keywords": ["laser", "dust measurement", "particle sensors"],
        "openalex_topic_ids": ["T10988", "T12564"],
        "trl": 6,
        "need": "EXPERTISE",
        "lab": "demo-lab-photonics",
    },
    "research_match": {
        "contacts": [
            {
                "orcid": "0099-0000-0000-0062",
                "meeting": {"day": "2027-03-09", "starts_at": "10:00", "minutes": 60},
            }
        ]
    },
    "lab_access": {
        "travellers": [
            {
                "name": "Example Founder",
                "nationality": "LT",
                "employer": "Example Startup",
                "purpose": "Compare two instruments.",
                "cv_handed_in": True,
                "foreign_support_declared": True,
            }
        ],
        "request_sent_on": "2026-11-20",
        "opinion": "PENDING",
    },
    "campus_pass": {
        "liability_insurance": {
            "insurer": "Example Insurance",
            "cover": eur(1000000),
            "valid_from": "2027-03-01",
            "valid_to": "2027-03-30",
        },
        "persons": ["Example Founder"],
        "rooms": ["ETOILE 1"],
        "convention_signed_on": "2026-11-22",
        "resident_projects": 20,
    },
    "follow_up_funding": {
        "french_entity": True,
        "siren": "000000109",
        "founded_on": "2022-05-02",
        "is_sme": True,
        "headcount": "8",
        "turnover": eur(100000),
        "rd_spend": eur(20),
        "deductible_charges": eur(100),
        "esus": False,
        "phd_planned": False,
        "founder_nationalities": ["LT"],
    },
}


@pytest.fixture
def answers() -> Callable[..., dict[str, Any]]:
    """Return `answers(name, **changes)`: plain answers of a step that pass, with changes."""

    def changed(name: str, **changes: Any) -> dict[str, Any]:
        return {**deepcopy(_ANSWERS[name]), **changes}

    return changed
