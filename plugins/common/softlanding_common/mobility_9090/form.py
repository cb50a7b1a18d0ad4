"""What a start-up tells about the days of its travellers in the Schengen area."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, CountryCode, Day, Described, Form, Name


class MobilityPermitKind(Described):
    """What a traveller may enter or stay with, besides the passport."""

    RESIDENCE_PERMIT = (
        "RESIDENCE_PERMIT",
        "A residence permit; days in the country that issued it do not count.",
    )
    LONG_STAY_VISA = (
        "LONG_STAY_VISA",
        "A national visa for more than 90 days; days in the country that issued it do not count.",
    )
    SHORT_STAY_VISA = "SHORT_STAY_VISA", "A Schengen visa for a short stay; its days count."
    ETIAS = "ETIAS", "A travel authorisation of those who need no visa; its days count."


class MobilityPermit(Form):
    """A permit, visa or travel authorisation that a traveller holds."""

    kind: MobilityPermitKind = Field(description="What it is.")
    country: CountryCode | None = Field(
        default=None, description="The country that issued it, ISO 3166-1 alpha-2; none for ETIAS."
    )
    valid_to: Day = Field(description="Its last day.")


class MobilityPriorStay(Form):
    """An earlier or booked stay in the Schengen area."""

    entry: Day = Field(description="Day of entry; it counts.")
    exit: Day = Field(description="Day of exit; it counts.")
    under_permit: bool = Field(
        default=False,
        description="Was it under a residence permit or a long-stay visa? Then it does not count.",
    )


class MobilitySideTrip(Form):
    """Days elsewhere in the Schengen area, around or during this stay."""

    entry: Day = Field(description="First day of the trip.")
    exit: Day = Field(description="Last day of the trip.")


class MobilityTraveller(Form):
    """One traveller who is a national of a third country."""

    name: Name = Field(description="The name, written as in the application.")
    prior_stays: list[MobilityPriorStay] = Field(
        default_factory=list,
        max_length=100,
        description="All stays in the Schengen area in the 180 days before, those booked too.",
    )
    side_trips: list[MobilitySideTrip] = Field(
        default_factory=list,
        max_length=20,
        description="Trips planned to other countries of the Schengen area around this stay.",
    )
    permit: MobilityPermit | None = Field(
        default=None, description="A permit, visa or travel authorisation, if there is one."
    )
    passport_issued_on: Day = Field(description="The day the passport was issued.")
    passport_valid_to: Day = Field(description="The last day of the passport.")


class Mobility9090(
    Form,
    json_schema_extra={
        "examples": [
            {
                "travellers": [
                    {
                        "name": "Example Founder",
                        "prior_stays": [{"entry": "2026-11-01", "exit": "2026-12-15"}],
                        "side_trips": [{"entry": "2027-03-31", "exit": "2027-04-02"}],
                        "passport_issued_on": "2022-04-11",
                        "passport_valid_to": "2032-04-11",
                    }
                ]
            }
        ]
    },
):
    """The days in the Schengen area of all travellers who need to count them."""

    travellers: Annotated[list[MobilityTraveller], PERSONAL] = Field(
        default_factory=list,
        max_length=20,
        description="Travellers without a nationality of the EU, the EEA or Switzerland; empty"
        " when there is none.",
    )
