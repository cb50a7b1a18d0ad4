"""Numbers of forms that are neither money nor counts."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
"""A share from 0 to 100, at most two decimals."""

Quantity = Annotated[Decimal, Field(ge=0, max_digits=9, decimal_places=2)]
"""A number of persons or hours that is not negative, at most two decimals."""
