"""What IMT Starter adds to the schema: output types, each name begins with `ImtStarter`."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from softlanding import Money
from softlanding_imt_starter.research_profile.form import ResearchNeed
from softlanding_imt_starter.sme_health.size import SmeClass


@strawberry.type(description="A lab on the campus.")
class ImtStarterLab:
    """A lab on the campus."""

    key: str = strawberry.field(description="Key of the lab, as used in forms.")
    name: str = strawberry.field(description="Name of the lab.")
    zrr: bool | None = strawberry.field(
        description="Is it a restricted zone (ZRR)? Null where nobody has said."
    )
    ror: str | None = strawberry.field(description="ROR id, if verified.")
    hal_struct_id: str | None = strawberry.field(description="HAL structure id, if verified.")
    demo: bool = strawberry.field(description="Is the entry invented for the demonstration?")


@strawberry.type(description="What IMT Starter adds to an incubator; null for all others.")
class ImtStarterIncubator:
    """What IMT Starter adds to an incubator."""

    labs: list[ImtStarterLab] = strawberry.field(description="The labs of the campus, by key.")


@strawberry.type(description="A researcher who is open to contact.")
class ImtStarterResearcher:
    """A researcher who is open to contact."""

    name: str = strawberry.field(description="Name.")
    orcid: str = strawberry.field(description="ORCID, with hyphens.")
    lab: ImtStarterLab = strawberry.field(description="The researcher's lab.")
    demo: bool = strawberry.field(description="Is the entry invented for the demonstration?")


@strawberry.type(description="A researcher who fits the research profile of a start-up.")
class ImtStarterMatch:
    """A researcher who fits a profile."""

    researcher: ImtStarterResearcher = strawberry.field(description="The researcher.")
    score: Decimal = strawberry.field(description="How well it fits, 0 to 1, four decimals.")
    matched_terms: list[str] = strawberry.field(
        description="Topics and words that profile and researcher share, the rarest words first."
    )
    meeting_at: datetime | None = strawberry.field(
        description="Beginning of the first agreed meeting, time of Évry."
    )


@strawberry.type(description="Where a start-up's group stands with aid from one state.")
class ImtStarterAidPosition:
    """Where an undertaking stands with aid from one state."""

    state: str = strawberry.field(description="The state that grants, ISO 3166-1 alpha-2.")
    granted_on: date = strawberry.field(description="The day the 36 months end on.")
    used: Money = strawberry.field(description="Aid granted in 36 months, without the stay.")
    stay_value: Money = strawberry.field(description="Value of the stay.")
    ceiling: Money = strawberry.field(description="The ceiling that applies.")
    headroom: Money = strawberry.field(description="Ceiling less `used`, never below 0.")
    first_date_below: date | None = strawberry.field(
        description="First day on which the stay fits; null when it never does."
    )


@strawberry.type(description="What IMT Starter knows about a stay at its campus.")
class ImtStarterStay:
    """What IMT Starter knows about a stay."""

    aid_position: ImtStarterAidPosition | None = strawberry.field(
        description="Aid from the host's state; null until it is declared and computed."
    )
    research_matches: list[ImtStarterMatch] | None = strawberry.field(
        description="The researchers who fit best, at most five; null before there is a profile."
    )
    meetings_calendar: str | None = strawberry.field(
        description="The agreed meetings as iCalendar (.ics); null when there are none."
    )


@strawberry.type(description="Aid that a stay at IMT Starter was, as a register would show it.")
class ImtStarterAidGrant:
    """Aid that a stay was."""

    state: str = strawberry.field(description="The state that grants, ISO 3166-1 alpha-2.")
    source: str = strawberry.field(description="Where the record comes from: STAY.")
    form: str = strawberry.field(description="Form of the aid: IN_KIND.")
    grantor_name: str = strawberry.field(description="Who grants.")
    amount: Money = strawberry.field(description="Gross grant equivalent.")
    legal_basis: str = strawberry.field(description="The regulation.")
    beneficiary_name: str = strawberry.field(description="Who receives.")
    beneficiary_code: str | None = strawberry.field(
        description="VAT number of the beneficiary, or another registration."
    )
    granted_on: date = strawberry.field(description="The day on which the right arises.")
    register_due_on: date = strawberry.field(
        description="Last day for the entry in the central register."
    )
    registration_number: str | None = strawberry.field(
        description="Number in the register; null until the entry is made."
    )
    registered_on: date | None = strawberry.field(
        description="Day of the entry; null until it is made."
    )
    reserved: bool = strawberry.field(description="Is the amount reserved, not yet granted?")


@strawberry.type(description="What research a start-up looks for.")
class ImtStarterResearchProfile:
    """What research a start-up looks for."""

    keywords: list[str] = strawberry.field(description="Keywords; none when confidential.")
    topic_ids: list[str] = strawberry.field(
        description="OpenAlex topic ids; none when confidential."
    )
    trl: int = strawberry.field(description="Technology readiness level, 1 to 9.")
    need: ResearchNeed = strawberry.field(description="What it hopes to find.")
    confidential: bool = strawberry.field(
        description="Are keywords and topics only for the people of the stay?"
    )
    lab: str | None = strawberry.field(description="Key of the lab it wants to visit, or NONE.")


@strawberry.type(description="What IMT Starter knows about a start-up from its stays there.")
class ImtStarterStartup:
    """What IMT Starter knows about a start-up."""

    aid_grants: list[ImtStarterAidGrant] = strawberry.field(
        description="Aid that its stays here were, oldest first; stays called off are left out."
    )
    sme_class: SmeClass | None = strawberry.field(
        description="Size class as last checked; null when not known or not certain."
    )
    research_profile: ImtStarterResearchProfile | None = strawberry.field(
        description="The latest profile; null when there is none."
    )
