"""What the steps of Crosspring Lab share: where they apply, and small types of their forms."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from softlanding import AllOf, Is

SLUG = "crosspring-lab"
COUNTRY = "NL"
HOSTED_HERE = Is("host.slug", SLUG)
DUTCH_COMPANY = AllOf(Is("home.country", COUNTRY), Is("startup.country", COUNTRY))

Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
"""A share from 0 to 100, at most two decimals."""
