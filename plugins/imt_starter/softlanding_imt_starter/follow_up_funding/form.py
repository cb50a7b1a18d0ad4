"""What the incubators know about a start-up that may want to settle in France."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, CountryCode, Day, Form, Line, MoneyInput
from softlanding_common.quantities import Percent, Quantity


class FollowUpScientificHelp(Form):
    """A researcher's help for the company, under the loi Pacte."""

    working_time_pct: Percent = Field(description="Share of the working time, in percent.")
    capital_pct: Percent = Field(description="Share of the capital wanted, in percent.")
    exploits_results: bool = Field(
        description="Does the company exploit research results of the institution?"
    )


_EXAMPLE = {
    "french_entity": True,
    "siren": "000000109",
    "founded_on": "2022-05-02",
    "is_sme": True,
    "headcount": "8",
    "turnover": {"amount": "100000", "currency": "EUR"},
    "rd_spend": {"amount": "20", "currency": "EUR"},
    "deductible_charges": {"amount": "100", "currency": "EUR"},
    "esus": False,
    "phd_planned": False,
    "founder_nationalities": ["LT"],
}


class FollowUpFunding(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """The facts that funding and residence after the stay depend on."""

    french_entity: bool = Field(description="Is there a company under French law?")
    siren: Line | None = Field(default=None, description="Its SIREN, 9 digits, if there is one.")
    founded_on: Day = Field(description="The day of the registration.")
    is_sme: bool = Field(description="Is the group an SME, as its class says?")
    headcount: Quantity = Field(description="Persons employed.")
    turnover: MoneyInput = Field(description="Turnover of the last year, in EUR.")
    rd_spend: MoneyInput = Field(description="Spending on research and development, in EUR.")
    deductible_charges: MoneyInput = Field(
        description="All charges that are deductible for tax, in EUR."
    )
    esus: bool = Field(description="Is it ESUS approved, or a company of the social economy?")
    phd_planned: bool = Field(description="Is a doctoral thesis in the company planned?")
    salary_offer: MoneyInput | None = Field(
        default=None, description="Gross salary offered to the doctoral student, EUR per year."
    )
    loan_wanted: MoneyInput | None = Field(
        default=None, description="Honour loan wanted, in EUR, if any."
    )
    founder_nationalities: Annotated[list[CountryCode], PERSONAL] = Field(
        min_length=1,
        max_length=10,
        description="Nationalities of the founder who would move, ISO 3166-1 alpha-2.",
    )
    founder_means: Annotated[MoneyInput | None, PERSONAL] = Field(
        default=None, description="Means of that founder, in EUR per year."
    )
    scientific_help: FollowUpScientificHelp | None = Field(
        default=None, description="Help of a researcher, if it is wanted."
    )
