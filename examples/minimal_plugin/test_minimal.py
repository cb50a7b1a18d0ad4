import datetime

import softlanding_minimal as minimal
from softlanding.testing.checks import a_stay, run_check


async def test_a_team_without_english_is_warned():
    today, answers = datetime.date(2026, 11, 22), {"spoken": ["fr"]}
    verdict = await run_check(minimal, "minimal.languages", answers, stay=a_stay(), today=today)
    assert verdict.outcome == "WARNING"
