from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from softlanding import Outcome, Verdict

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]


def grant(amount: int, state: str = "FR") -> dict[str, Any]:
    return {
        "grantor_name": "Exemple Agence",
        "grantor_state": state,
        "amount": {"amount": str(amount)},
        "granted_on": "2026-01-15",
        "regime": "DE_MINIMIS",
    }


async def test_lithuanian_aid_of_150000_leaves_gintaras_all_room(
    check: Check, answers: Answers
) -> None:
    verdict = await check("de_minimis", answers("de_minimis", grants=[grant(150000, "LT")]))
    facts = {fact.name: str(fact.value) for fact in verdict.facts}
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "BELOW_CEILING")
    assert (facts["state"], facts["headroom"]) == ("FR", "300000.00")


async def test_the_host_grants_the_stay(check: Check, answers: Answers) -> None:
    record = (await check("de_minimis", answers("de_minimis"))).records[0]
    assert (record.data["grantor_name"], record.data["register_due_on"]) == (
        "IMT Starter",
        "2027-03-30",
    )


@pytest.mark.parametrize(
    ("granted", "outcome", "code"),
    [
        (0, Outcome.WARNING, "JEI_COUNTS"),
        (236800, Outcome.WARNING, "NEAR_CEILING"),
        (296801, Outcome.FAILED, "CEILING_EXCEEDED"),
    ],
)
async def test_a_jei_is_reminded_that_its_advantage_counts(
    check: Check, answers: Answers, granted: int, outcome: Outcome, code: str
) -> None:
    verdict = await check("de_minimis", answers("de_minimis", jei=True, grants=[grant(granted)]))
    assert (verdict.outcome, verdict.code) == (outcome, code)
    reminded = "The JEI advantage is de minimis aid too" in verdict.message["en"]
    assert reminded is (outcome is Outcome.WARNING)
    assert len(verdict.records) == reminded
