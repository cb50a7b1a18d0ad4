"""What the permit for start-ups asks of a founder beside plan and facilitator."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Form, MoneyInput


class PermitScreen(
    Form,
    json_schema_extra={
        "examples": [
            {
                "means_for_stay": {"amount": "20000.00", "currency": "EUR"},
                "active_role": True,
            }
        ]
    },
):
    """Means and role of the founder from outside the EU, the EEA and Switzerland."""

    means_for_stay: Annotated[MoneyInput, PERSONAL] = Field(
        description="What the founder has to live on during the stay under the permit, in EUR."
    )
    active_role: bool = Field(
        description="Does the founder work in the company, and not only own or finance it?"
    )
