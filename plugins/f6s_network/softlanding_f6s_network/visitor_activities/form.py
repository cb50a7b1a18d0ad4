"""What is planned for the stay, who pays, and how long it takes."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Described, Form, Line, Prose
from softlanding_f6s_network.house import Hours


class ActivityCode(Described):
    """What a visitor does in the United Kingdom."""

    MEETING = "MEETING", "Meetings and interviews."
    CONFERENCE = "CONFERENCE", "Conferences and seminars."
    TALK = "TALK", "A talk or speech."
    NEGOTIATE = "NEGOTIATE", "Negotiating and signing deals and contracts."
    FAIR = "FAIR", "A trade fair, without selling directly."
    SITE_VISIT = "SITE_VISIT", "Visits of sites."
    FACT_FINDING = "FACT_FINDING", "Gathering information for the work at home."
    REMOTE_OWN_WORK = "REMOTE_OWN_WORK", "Remote work for the own company abroad."
    EMPLOYMENT = "EMPLOYMENT", "Forbidden: employment in the United Kingdom."
    UK_CLIENT_WORK = "UK_CLIENT_WORK", "Forbidden: goods or services for a client there."
    INTERNSHIP = "INTERNSHIP", "Forbidden: a placement or internship."
    DIRECT_SALES = "DIRECT_SALES", "Forbidden: selling directly to the public."
    RUN_UK_BUSINESS = "RUN_UK_BUSINESS", "Forbidden: running a business there."


class ActivityPayer(Described):
    """Who pays a traveller for an activity."""

    NOBODY = "NOBODY", "It is not paid."
    OWN_COMPANY = "OWN_COMPANY", "The start-up, which is abroad."
    OVERSEAS_ORGANISATION = "OVERSEAS_ORGANISATION", "Another organisation abroad."
    UK_ORGANISATION = "UK_ORGANISATION", "An organisation in the United Kingdom."


class PlannedActivity(Form):
    """One activity."""

    code: ActivityCode = Field(description="What kind of activity it is.")
    text: Line = Field(description="What is done, in a few words.")
    payer: ActivityPayer = Field(description="Who pays the traveller for it.")
    hours: Hours = Field(description="Planned hours during the whole stay.")


class VisitorActivities(
    Form,
    json_schema_extra={
        "examples": [
            {
                "activities": [
                    {
                        "code": "MEETING",
                        "text": "Meetings with three hospitals",
                        "payer": "OWN_COMPANY",
                        "hours": "40",
                    },
                    {
                        "code": "REMOTE_OWN_WORK",
                        "text": "Work on the own product",
                        "payer": "OWN_COMPANY",
                        "hours": "30",
                    },
                ],
                "accelerator_desk": True,
                "invitation_letter": "We invite the team to meet hospitals in February 2027.",
            }
        ]
    },
):
    """The planned activities, the desk, and the invitation."""

    activities: list[PlannedActivity] = Field(
        default_factory=list, max_length=200, description="All that is planned; without the desk."
    )
    accelerator_desk: bool = Field(
        default=False, description="Is there a desk at the accelerator besides?"
    )
    invitation_letter: Annotated[Prose | None, PERSONAL] = Field(
        default=None, description="Text of the letter with which the host invites the travellers."
    )
