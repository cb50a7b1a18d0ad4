"""What a start-up says before it receives a sub-grant of an open call.

Such records are kept for years after the end of the project, so these answers outlive those of
other steps: ten years after the departure, which is the end of the project plus five years for
all projects that end within five years. The check warns when that is too short.
"""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from softlanding import Day, Form, Line, MoneyInput, Retention

KEPT = timedelta(days=3652)
CASCADE_RECORDS = Retention(days=KEPT.days)


class FstpGrant(Form):
    """One sub-grant that the start-up has received before, from any project."""

    project: Line = Field(description="The project that paid it.")
    call_id: Line | None = Field(default=None, description="The open call, if known.")
    amount: MoneyInput = Field(description="What was paid, in EUR.")
    granted_on: Day | None = Field(default=None, description="The day of the sub-grant agreement.")


class CascadeReadiness(
    Form,
    json_schema_extra={
        "examples": [
            {
                "call_id": "EXAMPLE-OC-1",
                "project_ends_on": "2028-12-31",
                "requested": {"amount": "50000.00", "currency": "EUR"},
                "sme_declaration": True,
                "ownership_declaration": True,
                "bank_kyc": True,
                "same_cost_funded_elsewhere": False,
            }
        ]
    },
):
    """The call, the amounts, and what has to be there before any payment."""

    call_id: Annotated[Line, CASCADE_RECORDS] = Field(description="The open call.")
    project_ends_on: Annotated[Day, CASCADE_RECORDS] = Field(
        description="Last day of the project that pays."
    )
    requested: Annotated[MoneyInput, CASCADE_RECORDS] = Field(
        description="What is asked for, in EUR."
    )
    call_maximum: Annotated[MoneyInput | None, CASCADE_RECORDS] = Field(
        default=None,
        description="The most that the call pays one start-up, in EUR; empty for the usual one.",
    )
    call_total_maximum: Annotated[MoneyInput | None, CASCADE_RECORDS] = Field(
        default=None,
        description="The most that the project pays one start-up over all its calls, in EUR.",
    )
    prior_from_same_project: Annotated[MoneyInput | None, CASCADE_RECORDS] = Field(
        default=None,
        description="What the same project has paid or promised before, in EUR; empty for none.",
    )
    prior_fstp_list: Annotated[list[FstpGrant], CASCADE_RECORDS] = Field(
        default_factory=list, max_length=100, description="All sub-grants received before."
    )
    sme_declaration: Annotated[bool, CASCADE_RECORDS] = Field(
        description="Is the SME declaration signed?"
    )
    ownership_declaration: Annotated[bool, CASCADE_RECORDS] = Field(
        description="Is the declaration on ownership and control signed?"
    )
    bank_kyc: Annotated[bool, CASCADE_RECORDS] = Field(
        description="Has the payer finished its checks of bank and company (KYC)?"
    )
    same_cost_funded_elsewhere: Annotated[bool, CASCADE_RECORDS] = Field(
        description="Does anybody else pay for the same costs?"
    )
