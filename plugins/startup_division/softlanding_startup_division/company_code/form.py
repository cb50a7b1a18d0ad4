"""What a Lithuanian start-up says about its registration."""

from pydantic import Field

from softlanding import Day, Described, Form, Line


class LegalForm(Described):
    """The legal form of a Lithuanian company."""

    UAB = "UAB", "Private limited company (uždaroji akcinė bendrovė)."
    MB = "MB", "Small partnership (mažoji bendrija)."
    AB = "AB", "Public limited company (akcinė bendrovė)."
    VSI = "VSI", "Public institution, VšĮ (viešoji įstaiga)."
    II = "II", "Individual enterprise, IĮ (individuali įmonė)."


class CompanyCode(
    Form,
    json_schema_extra={
        "examples": [
            {
                "code": "900000016",
                "vat": "LT990000012",
                "legal_form": "UAB",
                "registered_on": "2022-05-02",
            }
        ]
    },
):
    """The company in the Lithuanian register of legal entities."""

    code: Line = Field(description="Legal entity code, 9 digits.")
    vat: Line | None = Field(
        default=None, description="VAT number, 9 or 12 digits, with or without LT in front."
    )
    legal_form: LegalForm = Field(description="Legal form of the company.")
    registered_on: Day = Field(description="The day on which the company was registered.")
