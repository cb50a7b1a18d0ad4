"""What research a start-up looks for."""

from pydantic import Field

from softlanding import Described, Form, Line


class ResearchNeed(Described):
    """What a start-up hopes to find on the campus."""

    EXPERTISE = "EXPERTISE", "Advice of people who know."
    PLATFORM = "PLATFORM", "A technology platform to work on."
    THESIS = "THESIS", "A doctoral thesis."
    STUDENT_PROJECT = "STUDENT_PROJECT", "A project of students."
    DATA = "DATA", "Data."


_EXAMPLE = {
    "keywords": ["laser", "dust measurement", "particle sensors"],
    "openalex_topic_ids": ["T10988", "T12564"],
    "trl": 6,
    "need": "EXPERTISE",
    "lab": "demo-lab-photonics",
}


class ResearchProfile(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """The research a start-up looks for, in keywords and topics."""

    keywords: list[Line] = Field(
        max_length=50, description="3 to 12 different keywords of 3 to 40 characters each."
    )
    openalex_topic_ids: list[Line] = Field(
        default_factory=list,
        max_length=50,
        description="Up to 5 OpenAlex topic ids, such as T10400.",
    )
    trl: int = Field(ge=1, le=9, description="Technology readiness level, 1 to 9.")
    need: ResearchNeed = Field(description="What the start-up hopes to find.")
    confidential: bool = Field(
        default=False, description="Are keywords and topics only for the people of this stay?"
    )
    lab: Line | None = Field(
        default=None,
        description="Key of the lab that the start-up wants to visit, or NONE for no visit.",
    )
