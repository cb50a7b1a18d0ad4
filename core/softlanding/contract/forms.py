"""What forms are made of: a base model, bounded texts, days and money.

A form is a pydantic model. It becomes a GraphQL input, a JSON Schema for websites, and the
type of the answers that a check is given; so every field carries a description, every list
a `max_length` of at most 200, and every amount is `Money`. The form of a step gives an example:

    class HouseRules(Form, json_schema_extra={"examples": [{"read_on": "2027-02-26"}]}):
        read_on: Annotated[Day, PERSONAL] = Field(description="The day they were read.")
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema

from softlanding.domain.characters import (
    normalised,
    require_one_alphabet,
    require_one_line,
    require_visible,
)
from softlanding.domain.retention import RETENTION_DAYS

FIRST_DAY = date(1950, 1, 1)
LAST_DAY = date(2099, 12, 31)


def _normalised(given: object) -> object:
    # First of all: lengths count after normalisation.
    return normalised(given) if isinstance(given, str) else given


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    BeforeValidator(_normalised),
    AfterValidator(require_visible),
    AfterValidator(require_one_line),
]
"""One line of text, 1 to 200 characters after normalisation (NFC), none of them invisible."""

Name = Annotated[Line, AfterValidator(require_one_alphabet)]
"""The name of a person or an organisation: a `Line`, each word of it in one alphabet."""

Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=5000),
    BeforeValidator(_normalised),
    AfterValidator(require_visible),
]
"""A text of several lines, 1 to 5,000 characters after normalisation (NFC), none invisible."""

Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day from 1950-01-01 to 2099-12-31, ISO 8601."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2 in capitals; the United Kingdom is `GB`."""

Amount = Annotated[
    Decimal,
    Field(ge=0, max_digits=14, decimal_places=2),
    # A decimal string: a JSON number would be read as a float on its way.
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2})?$"}),
]
"""An amount of money that is not negative, below 10^12, with at most two decimals."""


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long an answer is kept: this many days after the departure, then it is deleted.

    Written into the annotation of a form's field, and shown in the JSON Schema as
    `x-retention-days`. Of a verdict, outcome, code and facts are kept.
    """

    days: int

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Add the days to the schema of the field."""
        return {**handler(schema), RETENTION_DAYS: self.days}


PERSONAL = Retention(days=90)
"""The network's retention of personal answers: 90 days after the departure (house rule)."""


def field_title(name: str, _: object = None) -> str:
    """Return the title of a form's field: `granted_on` → `Granted on`."""
    return name.replace("_", " ").capitalize()


class Form(BaseModel):
    """The base of forms: frozen, no unknown fields, titles from the names of the fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", field_title_generator=field_title, allow_inf_nan=False
    )


class Money(Form):
    """An amount of money: a decimal and an ISO 4217 currency; `Money` in GraphQL."""

    amount: Amount = Field(description="The amount as a decimal, at most two decimals.")
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(
        default="EUR", description="ISO 4217 currency code."
    )


class MoneyInput(Money):
    """An amount of money in a form: a decimal and an ISO 4217 currency."""
