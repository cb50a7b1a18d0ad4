"""The agreement between start-up, home and host.

Its contents follow the "Commitment to Quality" of Erasmus for Young Entrepreneurs, signed by
all parties: objectives, activity plan, responsibilities, expected outcomes, duration
(erasmus-entrepreneurs.eu/page.php?pid=015). The duration is that of the stay itself.
"""

from typing import Annotated

from pydantic import Field

from softlanding import Form, Line, Party, Prose, Severity, Step
from softlanding_common.texts import told

Items = Annotated[list[Line], Field(min_length=1, max_length=20)]

_EXAMPLE = {
    "objectives": ["Work with a research lab", "Meet possible customers"],
    "activity_plan": "Week 1: meet. Weeks 2 and 3: try and measure. Week 4: show the results.",
    "startup_responsibilities": ["Be present, prepare the experiments"],
    "home_responsibilities": ["Stay in touch, prepare the return"],
    "host_responsibilities": ["A desk, a mentor, introductions"],
    "expected_outcomes": ["One joint experiment, two follow-up meetings"],
}


class Agreement(Form, json_schema_extra={"examples": [_EXAMPLE]}):
    """What the three parties agree on before they sign."""

    objectives: Items = Field(description="What the stay is to achieve, 1 to 20 lines.")
    activity_plan: Prose = Field(description="What happens in which week.")
    startup_responsibilities: Items = Field(description="What the start-up undertakes.")
    home_responsibilities: Items = Field(description="What the home incubator undertakes.")
    host_responsibilities: Items = Field(description="What the host incubator undertakes.")
    expected_outcomes: Items = Field(description="By what one will see that it succeeded.")


AGREEMENT = Step(
    key="common.agreement",
    title=told("Agreement of the three parties"),
    help=told(
        "Write down objectives, plan, responsibilities and expected outcomes; then the start-up,"
        " its home and its host sign, in this order. New contents need new signatures."
    ),
    filled_by=frozenset({Party.STARTUP, Party.HOME, Party.HOST}),
    signed_by=(Party.STARTUP, Party.HOME, Party.HOST),
    due=-60,
    severity=Severity.BLOCK,
    form=Agreement,
)
