"""The health cover of each traveller; nothing about anybody's health is asked or kept."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, CountryCode, Day, Described, Form, MoneyInput, Name


class CoverKind(Described):
    """What pays for treatment abroad."""

    EHIC = "EHIC", "European Health Insurance Card."
    GHIC = "GHIC", "Global Health Insurance Card of the United Kingdom."
    PRIVATE = "PRIVATE", "A private insurance."


class TravellerCover(Form):
    """One card or insurance of one traveller."""

    name: Annotated[Name, PERSONAL] = Field(description="Name of the traveller, as on the stay.")
    kind: CoverKind = Field(description="Card or insurance.")
    issued_by: Annotated[CountryCode | None, PERSONAL] = Field(
        default=None,
        description="Country that issued an EHIC; the start-up's country when left out.",
    )
    applied_on: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="The day a card was applied for, if it has not come yet."
    )
    valid_from: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="First day of cover; a card may be without."
    )
    valid_to: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="Last day of cover; none while it is not at hand."
    )
    sum_insured: MoneyInput | None = Field(
        default=None, description="Sum insured of a private insurance."
    )
    for_visa: bool = Field(
        default=False, description="Is the insurance handed in with a visa application?"
    )


_EXAMPLE = {
    "covers": [
        {"name": "Example Founder", "kind": "EHIC", "issued_by": "LT", "valid_to": "2028-12-31"},
        {
            "name": "Example Engineer",
            "kind": "PRIVATE",
            "valid_from": "2027-02-27",
            "valid_to": "2027-04-02",
            "sum_insured": {"amount": "100000.00", "currency": "EUR"},
        },
    ]
}


class HealthCovers(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """The cards and insurances of all travellers."""

    covers: list[TravellerCover] = Field(
        min_length=1, max_length=60, description="At least one for each traveller."
    )
