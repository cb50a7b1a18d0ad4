"""What the tests of this plugin share: a check at hand, a stay, and plain answers for each step."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import softlanding_common.plugin
from softlanding import RulesInForce, StaySnapshot, Traveller, Verdict
from softlanding.testing.checks import a_stay, run_check
from softlanding_crosspring_lab import plugin

TODAY = date(2026, 11, 22)
Check = Callable[..., Awaitable[Verdict]]


def a_dutch_stay(**changes: Any) -> StaySnapshot:
    """Return a fictional stay at Crosspring Lab, 12 April to 11 May 2027, of a Lithuanian."""
    stay = a_stay(arrival=date(2027, 4, 12), departure=date(2027, 5, 11))
    host = replace(
        stay.host, slug="crosspring-lab", name="Crosspring Lab", country="NL", public_funding=False
    )
    return replace(stay, **{"host": host, **changes})


@pytest.fixture
def dutch_stay() -> Callable[..., StaySnapshot]:
    """Return `dutch_stay(**changes)`: a stay at Crosspring Lab."""
    return a_dutch_stay


@pytest.fixture
def travelling() -> Callable[..., StaySnapshot]:
    """Return `travelling("IN", …)`: a stay whose only traveller has these nationalities."""

    def stay(*nationalities: str) -> StaySnapshot:
        traveller = Traveller(name="Example Founder", nationalities=nationalities)
        return a_dutch_stay(travellers=(traveller,))

    return stay


@pytest.fixture
def check() -> Check:
    """Return `check(name, answers, stay=…, today=…, …)` for a step of this plugin."""

    async def run(name: str, answers: Any, **more: Any) -> Verdict:
        more.setdefault("stay", a_dutch_stay())
        more.setdefault("today", TODAY)
        more.setdefault("beside", [softlanding_common.plugin])
        return await run_check(plugin, f"crosspring_lab.{name}", answers, **more)

    return run


@pytest.fixture
def rules() -> Callable[..., RulesInForce]:
    """Return `rules(name, today)`: the figures of a step on a day."""

    def in_force(name: str, today: date = TODAY) -> RulesInForce:
        found = {rule_set.key: rule_set for rule_set in plugin.rules()}
        return found[f"crosspring_lab.{name}"].on(today)

    return in_force


def facts_of(verdict: Verdict) -> Mapping[str, str]:
    """Return the facts of a verdict as texts, by name."""
    return {fact.name: str(fact.value) for fact in verdict.facts}


@pytest.fixture
def facts() -> Callable[[Verdict], Mapping[str, str]]:
    """Return `facts(verdict)`: its facts as texts, by name."""
    return facts_of


SECTIONS = (
    "structure",
    "roles",
    "legal_form",
    "staff",
    "purpose",
    "product_description",
    "first_year_activities",
)


def experiment(week: int, **changes: Any) -> dict[str, Any]:
    return {
        "week": week,
        "hypothesis": "Tenants look at what they use.",
        "metric": "Tenants out of 20",
        "target": "8",
        **changes,
    }


_ANSWERS: dict[str, dict[str, Any]] = {
    "company": {"kvk": "00000001", "rsin": "000000012", "btw": "NL000000012B01"},
    "innovation_plan": {
        "aspects": [{"aspect": "NEW_TO_NL", "argument": "x" * 100}],
        "plan": {name: " ".join(["word"] * 50) for name in SECTIONS},
        "seek_startup_permit": True,
    },
    "facilitator_terms": {
        "facilitator": {
            "name": "Example Facilitator",
            "kvk": "00000009",
            "years_experience": "2",
            "assets": {"amount": "100.00", "currency": "EUR"},
            "liabilities": {"amount": "100.00", "currency": "EUR"},
            "insolvent": False,
            "share_pct": "50",
            "family_degree": 4,
        },
        "agreement": {
            "facilities": ["A desk"],
            "coaching_hours": "16",
            "ip_clause": "Each keeps its own.",
            "fee_model": "FEE",
            "signed_by_both": True,
        },
        "startup_kvk": "00000008",
    },
    "lab_sprint": {"experiments": [experiment(week) for week in (1, 2, 3, 4)]},
    "registration": {
        "city": "Voorbeeldstad",
        "persons": [{"name": "Example Founder", "nights_before": 0}],
    },
    "permit_screen": {
        "means_for_stay": {"amount": "20000.00", "currency": "EUR"},
        "active_role": True,
    },
}


@pytest.fixture
def answers() -> Callable[..., dict[str, Any]]:
    """Return `answers(name, **changes)`: plain answers of a step that pass, with changes."""

    def changed(name: str, **changes: Any) -> dict[str, Any]:
        return {**deepcopy(_ANSWERS[name]), **changes}

    return changed
