from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import ValidationError

from softlanding import Evidence, Fact, Outcome, StaySnapshot, Verdict
from softlanding_startup_division.pitch.form import Pitch

Check = Callable[..., Awaitable[Verdict]]
Example = Callable[..., dict[str, Any]]


def kpi(name: str, **changes: Any) -> dict[str, Any]:
    return {"name": name, "base": "1", "m6": "2", "m12": "3", "m24": "4", **changes}


async def test_a_pitch_with_a_plan_passes(
    check: Check, example: Example, here: StaySnapshot
) -> None:
    answers = example("pitch")
    assert await check("pitch", answers, stay=here) == Verdict(
        outcome=Outcome.PASSED,
        code="PITCH_READY",
        message={"en": "Video is 180 s; key figures with all four values: 3."},
        facts=(
            Fact(name="seconds", value=180, unit="seconds"),
            Fact(name="seconds_minimum", value=120, unit="seconds"),
            Fact(name="seconds_maximum", value=300, unit="seconds"),
            Fact(name="kpis_complete", value=3, unit="key figures"),
            Fact(name="kpis_minimum", value=3, unit="key figures"),
        ),
        evidence=(
            Evidence.of_answers(
                kind="kpi_plan",
                label="Pitch and plan of key figures",
                answers=Pitch.model_validate(answers),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (1, "VIDEO_LENGTH"),
        (119, "VIDEO_LENGTH"),
        (120, "PITCH_READY"),
        (121, "PITCH_READY"),
        (299, "PITCH_READY"),
        (300, "PITCH_READY"),
        (301, "VIDEO_LENGTH"),
    ],
)
async def test_a_video_has_120_to_300_seconds(
    check: Check, example: Example, seconds: int, code: str
) -> None:
    assert (await check("pitch", example("pitch", seconds=seconds))).code == code


@pytest.mark.parametrize(
    ("kpis", "code"),
    [
        ([], "KPIS_INCOMPLETE"),
        ([kpi("a"), kpi("b")], "KPIS_INCOMPLETE"),
        ([kpi("a"), kpi("b"), kpi("c")], "PITCH_READY"),
        ([kpi("a"), kpi("b"), kpi("c"), kpi("d", m24=None)], "PITCH_READY"),
        ([kpi("a"), kpi("b"), kpi("A")], "KPIS_INCOMPLETE"),
        *(
            ([kpi("a"), kpi("b"), kpi("c", **{gap: None})], "KPIS_INCOMPLETE")
            for gap in ("base", "m6", "m12", "m24")
        ),
        ([kpi("a"), kpi("b"), kpi("c", base="0", m6="-5.5")], "PITCH_READY"),
    ],
)
async def test_three_key_figures_have_all_four_values(
    check: Check, example: Example, kpis: list[dict[str, Any]], code: str
) -> None:
    assert (await check("pitch", example("pitch", kpis=kpis))).code == code


async def test_both_faults_are_told(check: Check, example: Example) -> None:
    verdict = await check("pitch", example("pitch", seconds=301, kpis=[kpi("a")]))
    assert (verdict.outcome, verdict.code) == (Outcome.FAILED, "VIDEO_LENGTH")
    assert verdict.message["en"] == (
        "Video is 301 s; needed 120-300. Key figures with all four values: 1; needed 3."
    )


@pytest.mark.parametrize("value", ["many", "NaN", "Infinity", "1000000000000.01", "0.001"])
def test_a_key_figure_is_a_number(example: Example, value: str) -> None:
    with pytest.raises(ValidationError):
        Pitch.model_validate(example("pitch", kpis=[kpi("a", base=value)]))


@pytest.mark.parametrize("url", ["http://example.org/a", "https://example", "video", "https:// x"])
def test_a_video_has_an_address(example: Example, url: str) -> None:
    with pytest.raises(ValidationError):
        Pitch.model_validate(example("pitch", video_url=url))
