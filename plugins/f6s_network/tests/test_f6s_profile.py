from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import ValidationError

from softlanding import Outcome, Verdict
from softlanding_f6s_network.f6s_profile.completeness import is_profile_address
from softlanding_f6s_network.f6s_profile.form import ProfileFields

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
PARTS = ["one_liner", "description", "team", "market", "traction", "video_url", "deck_url"]


async def test_a_complete_profile_passes_with_all_figures(check: Check, answers: Answers) -> None:
    verdict = await check("f6s_profile", answers("f6s_profile"))
    assert (verdict.outcome, verdict.code) == (Outcome.PASSED, "PROFILE_COMPLETE")
    assert verdict.message == {"en": "Profile 100 % complete."}
    assert [(one.name, str(one.value), one.unit) for one in verdict.facts] == [
        ("filled_parts", "7", "parts"),
        ("parts", "7", "parts"),
        ("completeness", "100", "percent"),
        ("completeness_minimum", "80", "percent"),
        ("missing", "", None),
    ]
    (evidence,) = verdict.evidence
    assert (evidence.kind, evidence.label) == (
        "f6s_profile",
        "https://www.f6s.com/plume-sante, 100 % complete on 2026-11-22",
    )
    assert evidence.sha256 is not None


@pytest.mark.parametrize(
    ("missing", "outcome", "message"),
    [
        (["deck_url"], Outcome.PASSED, "Profile 85 % complete."),
        (
            ["video_url", "deck_url"],
            Outcome.FAILED,
            "Profile 71 % complete; add: video_url, deck_url.",
        ),
        (["team", "market"], Outcome.FAILED, "Profile 71 % complete; add: team, market."),
        (
            PARTS,
            Outcome.FAILED,
            f"Profile 0 % complete; add: {', '.join(PARTS)}.",
        ),
    ],
)
async def test_four_parts_in_five_must_be_filled(
    check: Check, answers: Answers, missing: list[str], outcome: Outcome, message: str
) -> None:
    fields = {
        name: value
        for name, value in answers("f6s_profile")["fields"].items()
        if name not in missing
    }
    verdict = await check("f6s_profile", answers("f6s_profile", fields=fields))
    assert (verdict.outcome, verdict.message) == (outcome, {"en": message})


@pytest.mark.parametrize(("team", "filled"), [(0, "6"), (1, "7"), (2, "7")])
async def test_a_team_needs_one_person(
    check: Check, answers: Answers, team: int, filled: str
) -> None:
    fields = {**answers("f6s_profile")["fields"], "team": team}
    verdict = await check("f6s_profile", answers("f6s_profile", fields=fields))
    assert str(verdict.facts[0].value) == filled


def test_the_parts_are_the_seven_of_the_profile() -> None:
    assert list(ProfileFields.model_fields) == PARTS


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://www.f6s.com/plume-sante", True),
        ("https://WWW.F6S.com/company/plume", True),
        ("https://www.f6s.com/", False),
        ("https://www.f6s.com", False),
        ("https://www.f6s.com//", False),
        ("http://www.f6s.com/plume-sante", False),
        ("https://www.f6s.com.example.org/plume", False),
        ("https://f6s.com/plume-sante", False),
        ("https://www.f6s.com/plume sante", False),
        ("https://[", False),
    ],
)
async def test_a_profile_is_a_page_of_f6s(
    check: Check, answers: Answers, address: str, is_one: bool
) -> None:
    assert is_profile_address(address) is is_one
    verdict = await check("f6s_profile", answers("f6s_profile", f6s_url=address))
    expected = "PROFILE_COMPLETE" if is_one else "ADDRESS_NOT_ON_F6S"
    assert verdict.code == expected


def test_addresses_of_video_and_deck_are_web_addresses() -> None:
    for address in ("ftp://example.org", "https://", "https://example.org/a b"):
        with pytest.raises(ValidationError):
            ProfileFields(video_url=address)
