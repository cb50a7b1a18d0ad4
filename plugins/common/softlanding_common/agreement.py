"""The agreement between start-up, home and host.

Its contents follow the "Commitment to Quality" of Erasmus for Young Entrepreneurs, signed by
all parties: objectives, activity plan, responsibilities, expected outcomes, duration
(erasmus-entrepreneurs.eu/page.php?pid=015). The duration is that of the stay itself.
"""

from typing import Annotated

from pydantic import Field

from softlanding import Form, Line, Party, Prose, Severity, Step

Items = Annotated[list[Line], Field(min_length=1, max_length=20)]


class Agreement(Form):
    """What the three parties agree on before they sign."""

    objectives: Items = Field(description="What the stay is to achieve, 1 to 20 lines.")
    activity_plan: Prose = Field(description="What happens in which week.")
    startup_responsibilities: Items = Field(description="What the start-up undertakes.")
    home_responsibilities: Items = Field(description="What the home incubator undertakes.")
    host_responsibilities: Items = Field(description="What the host incubator undertakes.")
    expected_outcomes: Items = Field(description="By what one will see that it succeeded.")


AGREEMENT = Step(
    key="common.agreement",
    title={
        "en": "Agreement of the three parties",
        "fr": "Convention entre les trois parties",
    },
    help={
        "en": "Write down objectives, plan, responsibilities and expected outcomes; then the"
        " start-up, its home and its host sign, in this order. New contents need new signatures.",
        "fr": "Écrivez les objectifs, le programme, les responsabilités et les résultats attendus ;"
        " puis la start-up, son incubateur d'origine et son hôte signent, dans cet ordre. Un"
        " nouveau contenu demande de nouvelles signatures.",
    },
    filled_by=frozenset({Party.STARTUP, Party.HOME, Party.HOST}),
    signed_by=(Party.STARTUP, Party.HOME, Party.HOST),
    due=-60,
    severity=Severity.BLOCK,
    form=Agreement,
)
