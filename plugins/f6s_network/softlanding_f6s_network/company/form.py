"""The numbers of a company in the United Kingdom."""

from pydantic import Field

from softlanding import Form, Line


class UkCompany(
    Form, json_schema_extra={"examples": [{"company_number": "99999991", "vat": "GB999999918"}]}
):
    """The company number, and the VAT number if there is one."""

    company_number: Line = Field(
        description="Number in the register of companies, such as 01234567 or SC123456."
    )
    vat: Line | None = Field(default=None, description="VAT number, with or without GB in front.")
