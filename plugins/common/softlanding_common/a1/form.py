"""The certificate of each traveller about the social security that applies."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Day, Described, Form, Name


class WorkStatus(Described):
    """How a person works for the start-up."""

    EMPLOYEE = "EMPLOYEE", "Employed by the start-up."
    SELF_EMPLOYED = "SELF_EMPLOYED", "Self-employed, such as many founders."


class A1Certificate(Form):
    """The certificate of one traveller, granted or applied for."""

    name: Annotated[Name, PERSONAL] = Field(description="Name of the traveller, as on the stay.")
    status: WorkStatus = Field(description="Employed or self-employed.")
    applied_on: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="The day it was applied for."
    )
    valid_from: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="First day of the certificate; none while it is not granted."
    )
    valid_to: Annotated[Day | None, PERSONAL] = Field(
        default=None, description="Last day of the certificate; none while it is not granted."
    )
    active_since: Annotated[Day | None, PERSONAL] = Field(
        default=None,
        description="Since when a self-employed person has done the same work at home.",
    )
    posted_since: Annotated[Day | None, PERSONAL] = Field(
        default=None,
        description="First day of the work in the host's country, if it began before the stay.",
    )


_EXAMPLE = {
    "certificates": [
        {
            "name": "Example Founder",
            "status": "SELF_EMPLOYED",
            "applied_on": "2026-12-01",
            "valid_from": "2027-03-01",
            "valid_to": "2027-03-31",
            "active_since": "2022-05-02",
        }
    ]
}


class A1Certificates(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """The certificates of all travellers."""

    certificates: list[A1Certificate] = Field(
        min_length=1, max_length=20, description="One for each traveller."
    )
