"""Steps and fields of this plugin in a partner's language, as GraphQL shows them."""

from collections.abc import Callable
from typing import Any

import softlanding_common.plugin
from softlanding.testing.house import House

INCUBATOR = """mutation($input: CreateIncubatorInput!) { createIncubator(input: $input) {
  incubator { id } problems { message } } }"""
STARTUP = """mutation($input: CreateStartupInput!) { createStartup(input: $input) {
  startup { id } problems { message } } }"""
STAY = """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
  stay { onboarding { steps { key title(locale: "de") { value locale } form(locale: "de") } } }
  problems { message } } }"""


async def made(house: House, token: str, query: str, **values: Any) -> dict[str, Any]:
    (payload,) = (await house.data(query, {"input": values}, token=token)).values()
    assert payload.pop("problems") == []
    ((found),) = payload.values()
    return dict(found)


async def test_every_step_has_its_title_and_its_labels_in_german(
    softlanding_house: Callable[[Any], Any],
) -> None:
    async with softlanding_house({"common": softlanding_common.plugin}) as house:
        token = await house.person("Ada", admin=True)
        home = await made(
            house, token, INCUBATOR, slug="example-home", name="Example Home", country="LT"
        )
        host = await made(
            house, token, INCUBATOR, slug="example-host", name="Example Host", country="DE"
        )
        startup = await made(
            house, token, STARTUP, slug="example", name="Example", country="LT", home=home["id"]
        )
        stay = await made(
            house,
            token,
            STAY,
            startup=startup["id"],
            host=host["id"],
            arrival="2027-06-07",
            departure="2027-07-04",
            travellers=[{"name": "Example Founder", "nationalities": ["LT"]}],
        )
    steps = {step["key"]: step for step in stay["onboarding"]["steps"]}
    assert {step["title"]["locale"] for step in steps.values()} == {"de"}
    assert steps["common.a1"]["title"]["value"] == "Bescheinigung über die soziale Sicherheit (A1)"
    certificate = steps["common.a1"]["form"]["$defs"]["A1Certificate"]["properties"]
    assert {name: field["title"] for name, field in certificate.items()} == {
        "name": "Name",
        "status": "Erwerbsstatus",
        "appliedOn": "Beantragt am",
        "validFrom": "Gültig ab",
        "validTo": "Gültig bis",
        "postedSince": "Entsandt seit",
        "activeSince": "Selbstständig tätig seit",
    }
