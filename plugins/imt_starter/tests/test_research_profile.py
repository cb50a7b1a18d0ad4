from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import ValidationError

from softlanding import Outcome, Verdict
from softlanding_imt_starter.research_profile.check import distinct

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
WORDS = [f"word {number}" for number in range(1, 14)]
TOPICS = ["T10400", "T11504", "T13983", "T11498", "T10714", "T10138"]


def test_keywords_differ_whatever_their_case() -> None:
    assert distinct(["Laser", "dust", "LASER", "Dust"]) == ["Laser", "dust"]


@pytest.mark.parametrize(
    ("changes", "outcome", "code"),
    [
        ({"keywords": WORDS[:2]}, Outcome.FAILED, "TOO_FEW_KEYWORDS"),
        ({"keywords": [*WORDS[:2], "WORD 1"]}, Outcome.FAILED, "TOO_FEW_KEYWORDS"),
        ({"keywords": WORDS[:3]}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"keywords": WORDS[:12]}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"keywords": WORDS[:13]}, Outcome.FAILED, "TOO_MANY_KEYWORDS"),
        ({"keywords": [*WORDS[:2], "5g"]}, Outcome.FAILED, "KEYWORD_LENGTH"),
        ({"keywords": [*WORDS[:2], "iot"]}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"keywords": [*WORDS[:2], "x" * 40]}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"keywords": [*WORDS[:2], "x" * 41]}, Outcome.FAILED, "KEYWORD_LENGTH"),
        ({"openalex_topic_ids": []}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"openalex_topic_ids": TOPICS[:5]}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"openalex_topic_ids": TOPICS}, Outcome.FAILED, "TOO_MANY_TOPICS"),
        ({"openalex_topic_ids": ["T1"]}, Outcome.FAILED, "TOPIC_UNKNOWN"),
        ({"lab": None}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"lab": "NONE"}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"lab": "samovar"}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"lab": "somewhere"}, Outcome.FAILED, "LAB_UNKNOWN"),
        ({"trl": 1}, Outcome.PASSED, "PROFILE_USABLE"),
        ({"trl": 9}, Outcome.PASSED, "PROFILE_USABLE"),
    ],
)
async def test_a_profile_is_measured(
    check: Check, answers: Answers, changes: dict[str, Any], outcome: Outcome, code: str
) -> None:
    verdict = await check("research_profile", answers("research_profile", **changes))
    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize("trl", [0, 10])
async def test_the_readiness_level_is_1_to_9(check: Check, answers: Answers, trl: int) -> None:
    with pytest.raises(ValidationError):
        await check("research_profile", answers("research_profile", trl=trl))


async def test_all_faults_are_told_at_once(check: Check, answers: Answers) -> None:
    given = answers("research_profile", keywords=["one"], openalex_topic_ids=["T1"])
    verdict = await check("research_profile", given)
    assert (verdict.code, verdict.message) == (
        "TOO_FEW_KEYWORDS",
        {
            "en": "Give at least 3 different keywords. Topic T1 is unknown.",
            "fr": "Indiquez au moins 3 mots-clés différents. Le thème T1 est inconnu.",
        },
    )


async def test_the_version_of_a_profile_is_its_evidence(check: Check, answers: Answers) -> None:
    verdicts = [
        await check("research_profile", answers("research_profile", trl=trl)) for trl in (5, 6)
    ]
    hashes = [verdict.evidence[0].sha256 for verdict in verdicts]
    assert hashes[0] != hashes[1]
    assert [(one.name, one.value) for one in verdicts[0].facts] == [
        ("keywords", 3),
        ("topics", 2),
        ("keywords_minimum", 3),
        ("keywords_maximum", 12),
        ("keyword_shortest", 3),
        ("keyword_longest", 40),
        ("topics_maximum", 5),
    ]
