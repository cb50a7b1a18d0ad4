"""What the host asks a founder who thinks of staying."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, CountryCode, Described, Form, MoneyInput


class FounderField(Described):
    """What the start-up works on; the Startup Visa lists some fields."""

    BIO = "BIO", "Biotechnology."
    NANO = "NANO", "Nanotechnology."
    IT = "IT", "Information technology."
    MECHATRONICS = "MECHATRONICS", "Mechatronics."
    ELECTRONICS = "ELECTRONICS", "Electronics."
    LASER = "LASER", "Lasers."
    OTHER = "OTHER", "Another field, which the Startup Visa does not list."


class FounderRoute(
    Form,
    json_schema_extra={
        "examples": [
            {
                "nationalities": ["IN"],
                "field": "IT",
                "part_owner": True,
                "means_per_month": {"amount": "1200.00", "currency": "EUR"},
                "insurance": {"amount": "30000.00", "currency": "EUR"},
            }
        ]
    },
):
    """A founder's situation, without documents."""

    nationalities: Annotated[list[CountryCode], PERSONAL] = Field(
        min_length=1,
        max_length=5,
        description="All nationalities of the founder, ISO 3166-1 alpha-2.",
    )
    field: FounderField = Field(description="What the start-up works on.")
    part_owner: bool = Field(description="Does the founder own a part of the start-up?")
    means_per_month: Annotated[MoneyInput, PERSONAL] = Field(
        description="Means of subsistence, in EUR per month."
    )
    insurance: Annotated[MoneyInput, PERSONAL] = Field(
        description="Cover of the health insurance, in EUR."
    )
