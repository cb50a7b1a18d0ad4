"""What personal data go to the United Kingdom, from whom to whom, and what for."""

from pydantic import Field

from softlanding import CountryCode, Day, Described, Form, Line, Name, Prose


class DataCategory(Described):
    """A category of personal data; special ones (Article 9 GDPR) are refused."""

    IDENTITY = "IDENTITY", "Names and nationalities."
    CONTACT = "CONTACT", "Addresses and telephone numbers."
    PROFESSIONAL = "PROFESSIONAL", "Role, curriculum, company."
    TRAVEL = "TRAVEL", "Days of travel, travel authorisations."
    FINANCIAL = "FINANCIAL", "Bank details and payments."
    HEALTH = "HEALTH", "Special: health."
    ETHNIC_ORIGIN = "ETHNIC_ORIGIN", "Special: racial or ethnic origin."
    POLITICAL_OPINIONS = "POLITICAL_OPINIONS", "Special: political opinions."
    BELIEFS = "BELIEFS", "Special: religious or philosophical beliefs."
    TRADE_UNION = "TRADE_UNION", "Special: trade union membership."
    GENETIC = "GENETIC", "Special: genetic data."
    BIOMETRIC = "BIOMETRIC", "Special: biometric data that identify a person."
    SEX_LIFE = "SEX_LIFE", "Special: sex life or sexual orientation."


SPECIAL = frozenset(
    {
        DataCategory.HEALTH,
        DataCategory.ETHNIC_ORIGIN,
        DataCategory.POLITICAL_OPINIONS,
        DataCategory.BELIEFS,
        DataCategory.TRADE_UNION,
        DataCategory.GENETIC,
        DataCategory.BIOMETRIC,
        DataCategory.SEX_LIFE,
    }
)


class DataTransfer(
    Form,
    json_schema_extra={
        "examples": [
            {
                "exporter": "IMT Starter",
                "importer": "F6S Network",
                "categories": ["IDENTITY", "CONTACT", "TRAVEL"],
                "purpose": "To prepare the stay and to let the travellers in.",
            }
        ]
    },
):
    """One entry for the record of processing."""

    exporter: Name = Field(description="The organisation that sends the data.")
    importer: Line = Field(description="The organisation that receives them.")
    importer_country: CountryCode = Field(
        default="GB",
        description="Where that is, ISO 3166-1 alpha-2; F6S Network Ireland Ltd is in IE.",
    )
    categories: list[DataCategory] = Field(
        min_length=1, max_length=13, description="The categories of data."
    )
    purpose: Prose = Field(description="What they are sent for.")
    scc_signed_on: Day | None = Field(
        default=None, description="The day on which standard contractual clauses were signed."
    )
