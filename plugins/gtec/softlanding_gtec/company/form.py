"""Where a German company is registered."""

from typing import Annotated

from pydantic import Field, StringConstraints

from softlanding import Described, Form, Line


class RegisterSection(Described):
    """A German register of companies and associations."""

    HRA = "HRA", "Commercial register, section A: sole traders and partnerships."
    HRB = "HRB", "Commercial register, section B: companies with limited liability."
    GNR = "GNR", "Register of cooperatives."
    PR = "PR", "Register of professional partnerships."
    VR = "VR", "Register of associations."


class GermanLegalForm(Described):
    """A legal form whose register is known."""

    EK = "EK", "Sole trader (e.K.)."
    OHG = "OHG", "General partnership (OHG)."
    KG = "KG", "Limited partnership (KG), also GmbH & Co. KG."
    KGAA = "KGAA", "Partnership limited by shares (KGaA)."
    GMBH = "GMBH", "Limited company (GmbH)."
    UG = "UG", "Entrepreneurial company (UG, haftungsbeschränkt)."
    AG = "AG", "Stock company (AG)."
    EG = "EG", "Cooperative (e.G.)."
    PARTG = "PARTG", "Professional partnership (PartG)."
    EV = "EV", "Registered association (e.V.)."


class GtecCompany(
    Form,
    json_schema_extra={
        "examples": [
            {
                "court": "Berlin (Charlottenburg)",
                "register_section": "HRB",
                "number": "999999",
                "legal_form": "GMBH",
                "ust_id": "DE999999911",
            }
        ]
    },
):
    """The register entry and the VAT number of a German company."""

    court: Line = Field(
        description="The court that keeps the register, as in the extract: Berlin, München, …"
    )
    register_section: RegisterSection = Field(description="The register.")
    number: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,5}( ?[A-ZÖ]{1,3})?$")] = Field(
        description="The number, up to six digits, with its letters if it has some: 12345 B."
    )
    legal_form: GermanLegalForm = Field(description="The legal form of the company.")
    ust_id: Line | None = Field(
        default=None, description="The VAT number (USt-IdNr.): DE and 9 digits."
    )
