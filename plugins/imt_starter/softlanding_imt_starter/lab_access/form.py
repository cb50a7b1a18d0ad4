"""The request for access to a restricted zone: who, why, when, and the opinion."""

from typing import Annotated

from pydantic import Field

from softlanding import PERSONAL, CountryCode, Day, Described, Form, Line, Name, Prose


class LabOpinion(Described):
    """The opinion of the ministry on a request."""

    PENDING = "PENDING", "No answer yet; after two months silence is favourable."
    FAVOURABLE = "FAVOURABLE", "Access is allowed."
    REFUSED = "REFUSED", "Access is refused."


class LabAccessTraveller(Form):
    """What the request says of one traveller; neither passport nor CV is kept here."""

    name: Annotated[Name, PERSONAL] = Field(description="The traveller's name, as in the stay.")
    nationality: Annotated[CountryCode | None, PERSONAL] = Field(
        default=None, description="Nationality, ISO 3166-1 alpha-2."
    )
    employer: Annotated[Name | None, PERSONAL] = Field(
        default=None, description="The employer at home."
    )
    purpose: Annotated[Prose | None, PERSONAL] = Field(
        default=None, description="What the visit to the lab is for."
    )
    cv_handed_in: bool = Field(description="Has the CV been handed in with the request?")
    foreign_support_declared: bool = Field(
        description="Has the traveller declared support from abroad, or that there is none?"
    )
    foreign_support: Annotated[list[Line], PERSONAL] = Field(
        default_factory=list, max_length=20, description="Support from abroad, one line each."
    )


_EXAMPLE = {
    "travellers": [
        {
            "name": "Example Founder",
            "nationality": "LT",
            "employer": "Example Startup",
            "purpose": "Compare two instruments.",
            "cv_handed_in": True,
            "foreign_support_declared": True,
        }
    ],
    "request_sent_on": "2026-11-20",
    "opinion": "PENDING",
}


class LabAccess(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """A request for access, one for all travellers."""

    travellers: list[LabAccessTraveller] = Field(
        min_length=1, max_length=20, description="All travellers who visit the lab."
    )
    request_sent_on: Day | None = Field(
        default=None, description="The day on which the host sent the request."
    )
    opinion: LabOpinion = Field(
        default=LabOpinion.PENDING, description="The ministry's opinion so far."
    )
