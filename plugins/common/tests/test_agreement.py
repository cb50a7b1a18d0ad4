"""The agreement: its form, and the three signatures."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

import softlanding_common.plugin
from softlanding import Party
from softlanding_common.agreement import AGREEMENT, Agreement

CONTENTS: dict[str, Any] = {
    "objectives": ["Find a research partner"],
    "activity_plan": "Four weeks.",
    "startup_responsibilities": ["Be there"],
    "home_responsibilities": ["Stay in touch"],
    "host_responsibilities": ["A desk"],
    "expected_outcomes": ["One experiment"],
}


def test_the_three_parties_sign_in_this_order() -> None:
    assert AGREEMENT.signed_by == (Party.STARTUP, Party.HOME, Party.HOST)
    assert AGREEMENT.check is None


@pytest.mark.parametrize("field", list(CONTENTS))
def test_every_part_of_the_agreement_is_needed(field: str) -> None:
    assert Agreement.model_validate(CONTENTS)
    with pytest.raises(ValidationError):
        Agreement.model_validate({name: value for name, value in CONTENTS.items() if name != field})
    with pytest.raises(ValidationError):
        Agreement.model_validate({**CONTENTS, field: [] if field != "activity_plan" else " "})


@pytest.mark.parametrize("count", [20, 21])
def test_a_list_has_at_most_20_lines(count: int) -> None:
    contents = {**CONTENTS, "objectives": ["x"] * count}
    if count == 20:
        assert Agreement.model_validate(contents)
    else:
        with pytest.raises(ValidationError, match="at most 20 items"):
            Agreement.model_validate(contents)


async def test_the_product_starts_with_this_plugin_alone(
    softlanding_house: Callable[[Any], Any],
) -> None:
    async with softlanding_house({"common": softlanding_common.plugin}) as house:
        token = await house.person("Ada", admin=True)
        data = await house.data("{ plugins { key state steps } }", token=token)
        assert data["plugins"] == [
            {
                "key": "common",
                "state": "ACTIVE",
                "steps": [step.key for step in softlanding_common.plugin.steps()],
            }
        ]
