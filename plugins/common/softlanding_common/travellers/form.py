"""Who travels; no scan and no full number of a document is kept."""

from typing import Annotated

from pydantic import Field, StringConstraints

from softlanding import PERSONAL, Day, Described, Form, Name

LastCharacters = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{1,4}$")]
"""One to four capitals and digits: the end of a document's number, never the whole of it."""


class TravelDocumentKind(Described):
    """A document one travels with."""

    PASSPORT = "PASSPORT", "A passport."
    IDENTITY_CARD = "IDENTITY_CARD", "A national identity card."


class TravelDocument(Form):
    """A traveller and the document this person travels with."""

    name: Annotated[Name, PERSONAL] = Field(description="Name, as on the stay.")
    document: TravelDocumentKind = Field(description="What the person travels with.")
    expires_on: Annotated[Day, PERSONAL] = Field(description="Last day the document is valid.")
    last_characters: Annotated[LastCharacters | None, PERSONAL] = Field(
        default=None,
        description="The last characters of its number, at most four; never the whole number.",
    )
    emergency_contact: bool = Field(
        description="Does the home incubator know whom to call in an emergency?"
    )


_EXAMPLE = {
    "travellers": [
        {
            "name": "Example Founder",
            "document": "PASSPORT",
            "expires_on": "2031-06-30",
            "last_characters": "42K7",
            "emergency_contact": True,
        }
    ]
}


class Travellers(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """The travellers of the stay, each once; nationalities stand on the stay itself."""

    travellers: list[TravelDocument] = Field(
        min_length=1, max_length=20, description="All travellers, each once."
    )
