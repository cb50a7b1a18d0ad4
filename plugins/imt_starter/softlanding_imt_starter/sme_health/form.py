"""What a start-up tells about its size, its owners and its accounts."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, Day, Described, Form, MoneyInput, Name
from softlanding_common.quantities import Percent, Quantity


class SmeOwnerType(Described):
    """Who holds a share of the start-up, or is held by it."""

    PERSON = "PERSON", "A natural person."
    ENTERPRISE = "ENTERPRISE", "A company that holds a share of the start-up."
    HELD_ENTERPRISE = "HELD_ENTERPRISE", "A company in which the start-up holds a share."
    VENTURE_CAPITAL = "VENTURE_CAPITAL", "A venture capital fund; no partner up to 50 %."
    UNIVERSITY = "UNIVERSITY", "A university; no partner up to 50 %."
    PUBLIC_BODY = "PUBLIC_BODY", "Another public body; from 25 % on a person decides."


class SmeFigures(Form):
    """The size of an enterprise in one accounting period."""

    headcount: Quantity = Field(description="Headcount in annual work units.")
    turnover: MoneyInput = Field(description="Turnover of the period, in EUR.")
    balance: MoneyInput = Field(description="Balance sheet total, in EUR.")


class SmePeriod(Form):
    """The start-up itself in one accounting period."""

    ends_on: Day = Field(description="The last day of the period.")
    figures: SmeFigures = Field(description="Headcount, turnover, balance sheet.")


class SmeOwner(Form):
    """A holder of the start-up, or an enterprise held by it."""

    name: Annotated[Name, PERSONAL] = Field(description="Its name.")
    type: SmeOwnerType = Field(description="Who it is.")
    share_pct: Percent = Field(description="Share of capital or votes, in percent.")
    figures: SmeFigures | None = Field(
        default=None, description="Its own size; needed where it is a partner or linked."
    )


_EXAMPLE = {
    "periods": [
        {
            "ends_on": "2025-12-31",
            "figures": {
                "headcount": "5",
                "turnover": {"amount": "100000", "currency": "EUR"},
                "balance": {"amount": "100000", "currency": "EUR"},
            },
        }
    ],
    "owners": [],
    "share_capital": {"amount": "20000", "currency": "EUR"},
    "share_premium": {"amount": "0", "currency": "EUR"},
    "reserves": {"amount": "0", "currency": "EUR"},
    "accumulated_losses": {"amount": "0", "currency": "EUR"},
    "founded_on": "2022-05-02",
    "insolvency": False,
    "rescue_aid": False,
}


class SmeHealth(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """Size and health of the undertaking, from its accounts."""

    periods: list[SmePeriod] = Field(
        min_length=1,
        max_length=2,
        description="The last two closed accounting periods; one if there is only one.",
    )
    owners: list[SmeOwner] = Field(
        default_factory=list,
        max_length=50,
        description="Holders, and enterprises held; those below 25 % may be left out.",
    )
    share_capital: MoneyInput = Field(
        description="Subscribed share capital, in EUR; for unlimited partners, the capital shown"
        " in the accounts."
    )
    share_premium: MoneyInput = Field(description="Share premium, in EUR.")
    reserves: MoneyInput = Field(description="Reserves and other own funds, in EUR.")
    accumulated_losses: MoneyInput = Field(description="Accumulated losses, in EUR, not negative.")
    founded_on: Day = Field(description="The day of the registration.")
    insolvency: bool = Field(description="Is there, or must there be, a collective insolvency?")
    rescue_aid: bool = Field(
        description="Is rescue aid not paid back, or a restructuring plan still running?"
    )
    counted_under_gber: bool = Field(
        default=False, description="Is the stay counted as aid under Regulation (EU) 651/2014?"
    )
