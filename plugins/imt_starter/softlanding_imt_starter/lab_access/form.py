"""The request for access to a restricted zone: who, why, when, and the opinion."""

from pydantic import Field

from softlanding import CountryCode, Day, Described, Form, Line, Prose


class LabOpinion(Described):
    """The opinion of the ministry on a request."""

    PENDING = "PENDING", "No answer yet; after two months silence is favourable."
    FAVOURABLE = "FAVOURABLE", "Access is allowed."
    REFUSED = "REFUSED", "Access is refused."


class LabAccessTraveller(Form):
    """What the request says of one traveller; neither passport nor CV is kept here."""

    name: Line = Field(description="The traveller's name, as in the stay.")
    nationality: CountryCode | None = Field(
        default=None, description="Nationality, ISO 3166-1 alpha-2."
    )
    employer: Line | None = Field(default=None, description="The employer at home.")
    purpose: Prose | None = Field(default=None, description="What the visit to the lab is for.")
    cv_handed_in: bool = Field(description="Has the CV been handed in with the request?")
    foreign_support_declared: bool = Field(
        description="Has the traveller declared support from abroad, or that there is none?"
    )
    foreign_support: list[Line] = Field(
        default_factory=list, max_length=20, description="Support from abroad, one line each."
    )


class LabAccess(Form):
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
