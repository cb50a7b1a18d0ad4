"""Where the start-up lives during the stay, and where it normally does."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, CountryCode, Day, Form


class GtecAddress(
    Form,
    json_schema_extra={
        "examples": [{"move_in": "2027-05-03", "move_out": "2027-06-01", "usual_residence": "FR"}]
    },
):
    """The days in a dwelling in Germany; the address itself is not asked for."""

    move_in: Annotated[Day, PERSONAL] = Field(description="First day in the dwelling.")
    move_out: Annotated[Day, PERSONAL] = Field(description="Last day in the dwelling, as planned.")
    usual_residence: Annotated[CountryCode, PERSONAL] = Field(
        description="The country one normally lives in, ISO 3166-1 alpha-2."
    )
