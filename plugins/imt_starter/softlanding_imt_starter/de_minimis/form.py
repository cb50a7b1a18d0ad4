"""What a start-up declares about public support at a French host."""

from pydantic import Field

from softlanding_common.de_minimis.form import DeMinimisDeclaration

_EXAMPLE = {
    "grants": [
        {
            "grantor_name": "Exemple Agence",
            "grantor_state": "FR",
            "amount": {"amount": "20000", "currency": "EUR"},
            "granted_on": "2026-01-15",
            "regime": "DE_MINIMIS",
        }
    ],
    "stay_value": {
        "desk_per_day": {"amount": "40", "currency": "EUR"},
        "days": 30,
        "mentor_hours": "20",
        "mentor_rate": {"amount": "100", "currency": "EUR"},
    },
    "jei": False,
    "declared_complete": True,
}


class DeMinimis(DeMinimisDeclaration, json_schema_extra={"examples": [_EXAMPLE]}):
    """All public support of the past three years, and what the stay is worth."""

    jei: bool = Field(
        default=False, description="Does a company of the group have the French JEI status?"
    )
