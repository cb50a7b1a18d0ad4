"""What GTEC adds to the schema: output types, each name begins with `Gtec`."""

from datetime import date
from decimal import Decimal

import strawberry


@strawberry.type(description="Days of a traveller in the Schengen area, 90 in any 180.")
class GtecSchengen:
    """Days of a traveller in the Schengen area."""

    used_days: int = strawberry.field(
        description="Days in the 180 days before the arrival, by what was told."
    )
    remaining_days: int = strawberry.field(description="Days left on the arrival, never below 0.")
    latest_exit: date | None = strawberry.field(
        description="Last lawful day of one who stays on from the arrival; null when not even the"
        " arrival is lawful."
    )


@strawberry.type(description="A traveller of a stay.")
class GtecTraveller:
    """A traveller of a stay."""

    name: str = strawberry.field(description="Name.")
    schengen: GtecSchengen | None = strawberry.field(
        description="Days in the Schengen area; null for those who move freely and where nothing"
        " was told."
    )


@strawberry.type(description="A corporate that fits the start-up.")
class GtecCorporateMatched:
    """A corporate that fits the start-up."""

    name: str = strawberry.field(description="Name of the company.")
    section: str | None = strawberry.field(
        description="The section of NACE Rev. 2.1 that both are in, by its letter, if any."
    )
    interests: list[str] = strawberry.field(
        description="Interests of the company that the start-up offers."
    )
    first_meeting_on: date | None = strawberry.field(description="Day of the first meeting.")


@strawberry.type(description="An agreement on secrecy (NDA).")
class GtecNda:
    """An agreement on secrecy."""

    party: str = strawberry.field(description="The company it was signed with.")
    signed_on: date = strawberry.field(description="The day on which the last party signed.")


@strawberry.type(description="What a start-up attended at the founder school.")
class GtecAttendance:
    """What a start-up attended at the founder school."""

    hours: Decimal = strawberry.field(description="Hours attended.")
    topics: list[str] = strawberry.field(description="Topics attended, in order.")
    missed_topics: list[str] = strawberry.field(description="Topics that were offered and missed.")
    mentor_hours: Decimal = strawberry.field(description="Hours with the mentor.")
    signed_on: date | None = strawberry.field(
        description="The day on which the mentor signed the attendance log."
    )


@strawberry.type(description="What GTEC adds to a stay; null for stays at other hosts.")
class GtecStay:
    """What GTEC adds to a stay."""

    travellers: list[GtecTraveller] = strawberry.field(description="The travellers of the stay.")
    corporate_matches: list[GtecCorporateMatched] | None = strawberry.field(
        description="Corporates that fit; null until the host has listed some."
    )
    ndas: list[GtecNda] | None = strawberry.field(
        description="Agreements on secrecy; null until the host has listed corporates."
    )
    attendance: GtecAttendance | None = strawberry.field(
        description="Attendance of the founder school; null until it is noted."
    )
