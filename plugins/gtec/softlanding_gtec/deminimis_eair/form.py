"""Whether a German public programme pays, what it is worth, and when it was registered."""

from pydantic import Field

from softlanding import Day, Form, Line
from softlanding_common.de_minimis.form import DeMinimisDeclaration


class GtecDeminimisEair(
    Form,
    json_schema_extra={
        "examples": [
            {
                "programme": "Beispielprogramm Berlin",
                "declaration": {
                    "grants": [
                        {
                            "grantor_name": "Beispielbehörde",
                            "grantor_state": "DE",
                            "amount": {"amount": "50000.00", "currency": "EUR"},
                            "granted_on": "2025-09-01",
                            "regime": "DE_MINIMIS",
                        }
                    ],
                    "stay_value": {
                        "desk_per_day": {"amount": "40.00", "currency": "EUR"},
                        "days": 30,
                        "mentor_hours": "10",
                        "mentor_rate": {"amount": "100.00", "currency": "EUR"},
                    },
                    "granted_on": "2027-05-03",
                    "declared_complete": True,
                },
            }
        ]
    },
):
    """Aid of a German public programme; GTEC itself is not financed by public money."""

    programme: Line | None = Field(
        default=None,
        description="The German public programme that pays for the stay; empty when none does.",
    )
    declaration: DeMinimisDeclaration | None = Field(
        default=None,
        description="All aid of the past 36 months and the value of the stay; only when a"
        " programme pays.",
    )
    registered_on: Day | None = Field(
        default=None, description="The day on which the aid was entered in the register (eAIR)."
    )
