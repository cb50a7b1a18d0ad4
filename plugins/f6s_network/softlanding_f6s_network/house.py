"""What the steps of F6S Network share: where they apply, and small types of their forms."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from softlanding import Is

SLUG = "f6s-network"
COUNTRY = "GB"
HOSTED_HERE = Is("host.slug", SLUG)
HOST_IN_UK = Is("host.country", COUNTRY)

BORDER = "f6s_network.border"
CASCADE = "f6s_network.cascade"
DATA_TRANSFER = "f6s_network.data_transfer"
MFA = "f6s_network.mfa"
PROFILE = "f6s_network.f6s_profile"
VISITOR_ACTIVITIES = "f6s_network.visitor_activities"

Hours = Annotated[Decimal, Field(gt=0, le=1000, max_digits=6, decimal_places=2)]
"""A number of hours above 0, at most 1,000, at most two decimals."""

WebAddress = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^https://[!-~]+$"),
]
"""The address of a web page in ASCII, with `https://`."""
