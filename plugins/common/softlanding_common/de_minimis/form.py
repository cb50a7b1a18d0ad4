"""What a start-up declares about public support."""

from decimal import Decimal

from pydantic import Field

from softlanding import CountryCode, Day, Described, Form, Line, MoneyInput, Name
from softlanding_common.quantities import Percent, Quantity


class DeMinimisRegime(Described):
    """The rules an aid was granted under."""

    DE_MINIMIS = "DE_MINIMIS", "Regulation (EU) 2023/2831 or its predecessor; counted."
    SGEI_DE_MINIMIS = (
        "SGEI_DE_MINIMIS",
        "For a service of general economic interest; it has a ceiling of its own.",
    )
    STATE_AID = "STATE_AID", "Notified or block-exempted aid."


class DeMinimisLink(Described):
    """What, besides votes, links an enterprise to the start-up; chains count too."""

    NONE = "NONE", "Nothing besides the votes."
    BOARD = "BOARD", "A right to appoint or remove the majority of the board."
    CONTRACT = "CONTRACT", "Dominant influence by contract or articles."
    AGREEMENT = "AGREEMENT", "Sole control of a majority of votes by agreement."
    PERSONS = "PERSONS", "Linked through natural persons only; a person decides."
    PUBLIC_BODY = "PUBLIC_BODY", "Linked through a public body only; a person decides."


class DeMinimisNoAid(Described):
    """Why a stay is no aid."""

    MARKET_PRICE_PAID = "MARKET_PRICE_PAID", "The start-up pays what others pay."
    NO_SELECTIVE_ADVANTAGE = (
        "NO_SELECTIVE_ADVANTAGE",
        "Everybody may have the same; a person confirms it.",
    )


class DeMinimisGrant(Form):
    """One aid that the start-up, or an enterprise of its group, was granted."""

    grantor_name: Name = Field(description="The authority that granted the aid.")
    grantor_state: CountryCode = Field(
        description="The Member State whose aid it is, ISO 3166-1 alpha-2."
    )
    amount: MoneyInput = Field(description="Gross grant equivalent, in EUR.")
    granted_on: Day = Field(description="The day on which the legal right arose, not the payment.")
    regime: DeMinimisRegime = Field(description="The rules it was granted under.")
    legal_basis: Line | None = Field(default=None, description="The scheme or act, if known.")
    eligible_cost_key: Line | None = Field(
        default=None, description="A name for the costs it pays, the same for the same costs."
    )
    beneficiary: Name | None = Field(
        default=None, description="The group member that received it; empty for the start-up."
    )


class DeMinimisMember(Form):
    """An enterprise that holds, or is held by, the start-up, directly or through others."""

    name: Name = Field(description="Its name, as used in `beneficiary`.")
    country: CountryCode = Field(description="Its country, ISO 3166-1 alpha-2.")
    votes_pct: Percent = Field(description="Votes held by one in the other, in percent.")
    control: DeMinimisLink = Field(
        default=DeMinimisLink.NONE, description="What links it besides the votes."
    )


class DeMinimisStayValue(Form):
    """What the stay would cost on the market: desk days and mentor hours."""

    desk_per_day: MoneyInput = Field(description="Price of a desk, in EUR per day.")
    days: int = Field(ge=0, le=93, description="Days with a desk.")
    mentor_hours: Quantity = Field(default=Decimal(0), description="Mentoring, in hours.")
    mentor_rate: MoneyInput = Field(description="Price of mentoring, in EUR per hour.")
    no_aid_because: DeMinimisNoAid | None = Field(
        default=None, description="Only when the value is 0: why the stay is no aid."
    )
    eligible_cost_key: Line | None = Field(
        default=None, description="A name for the costs it pays, the same for the same costs."
    )


class DeMinimisDeclaration(Form):
    """All public support of the past three years, and what the stay is worth.

    A partner makes its form of it, with fields of its own.
    """

    grants: list[DeMinimisGrant] = Field(
        default_factory=list,
        max_length=200,
        description="All aid of the past 36 months, from any state, that of earlier stays too.",
    )
    group_members: list[DeMinimisMember] = Field(
        default_factory=list, max_length=50, description="The enterprises of the group."
    )
    stay_value: DeMinimisStayValue = Field(description="The value of this stay.")
    granted_on: Day | None = Field(
        default=None,
        description="The day on which the right to this stay's aid arises; empty for the arrival.",
    )
    declared_complete: bool = Field(
        description="Does the start-up declare that no aid of the past 36 months is missing?"
    )
