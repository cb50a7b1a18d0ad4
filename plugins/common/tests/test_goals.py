from datetime import date

from softlanding import Outcome
from softlanding.testing.checks import a_stay, run_check
from softlanding_common import plugin

TODAY = date(2026, 11, 22)


def goal(key: str) -> dict[str, object]:
    return {"key": key, "text": f"Reach {key}", "needs": ["CUSTOMERS"]}


async def test_goals_with_keys_of_their_own_pass() -> None:
    answers = {"goals": [goal("pilot"), goal("lab")]}
    verdict = await run_check(plugin, "common.goals", answers, stay=a_stay(), today=TODAY)
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "GOALS_SET")
    assert verdict.message["en"] == "The goals are Reach pilot, Reach lab."


async def test_two_goals_must_not_share_a_key() -> None:
    answers = {"goals": [goal("pilot"), goal("pilot")]}
    verdict = await run_check(plugin, "common.goals", answers, stay=a_stay(), today=TODAY)
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "GOAL_KEY_TWICE")
    assert verdict.message["en"] == "Two goals have the key pilot; give each its own."
