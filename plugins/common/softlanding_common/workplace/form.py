"""What the host prepares for the first day."""

from pydantic import Field

from softlanding import Day, Form, Line

_EXAMPLE = {
    "desk": "Room 12, desk 3",
    "desk_from": "2027-03-01",
    "desk_to": "2027-03-30",
    "badge_on": "2027-03-01",
    "safety_on": "2027-03-01",
    "house_rules_on": "2027-03-01",
    "non_disclosure_needed": True,
    "non_disclosure_on": "2027-02-26",
}


class Workplace(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """Desk, badge, safety, house rules and secrecy; days may be planned or past."""

    desk: Line | None = Field(default=None, description="Room and desk set aside for the stay.")
    desk_from: Day | None = Field(default=None, description="First day the desk is free.")
    desk_to: Day | None = Field(default=None, description="Last day the desk is free.")
    badge_on: Day | None = Field(default=None, description="Day the badges are handed over.")
    safety_on: Day | None = Field(default=None, description="Day of the safety briefing.")
    house_rules_on: Day | None = Field(
        default=None, description="Day the house rules are explained."
    )
    non_disclosure_needed: bool = Field(description="Is a non-disclosure agreement needed?")
    non_disclosure_on: Day | None = Field(
        default=None, description="Day the non-disclosure agreement is signed."
    )
