"""The numbers of a Dutch company."""

from pydantic import Field

from softlanding import Form, Line


class Company(
    Form,
    json_schema_extra={
        "examples": [{"kvk": "00000001", "rsin": "000000012", "btw": "NL000000012B01"}]
    },
):
    """The numbers under which a Dutch company is registered."""

    kvk: Line = Field(description="Number in the trade register of the KvK, 8 digits.")
    rsin: Line | None = Field(
        default=None, description="RSIN of a legal person or partnership, 9 digits."
    )
    btw: Line | None = Field(
        default=None, description="VAT identification number, such as NL000000012B01."
    )
