"""Rule sets: the figures that checks rest on, with their sources."""

from datetime import date

import strawberry

from softlanding.contract import rules
from softlanding.contract.rule_review import attention
from softlanding.storage.tables import Row


@strawberry.type(description="One figure of a rule set, in one period of validity.")
class Figure:
    """A figure."""

    name: str = strawberry.field(description="Name of the figure, as facts of verdicts use it.")
    value: str | None = strawberry.field(
        description="Its value as a decimal; null where nobody has verified it."
    )
    unit: str = strawberry.field(description="Its unit, such as EUR, days or percent.")
    valid_from: date = strawberry.field(description="First day on which it holds.")
    valid_until: date | None = strawberry.field(
        description="Last day on which it holds; null when no end is known."
    )
    source: str = strawberry.field(description="Where it is from.")
    checked_on: date = strawberry.field(description="The day somebody looked at the source last.")
    attention: str | None = strawberry.field(
        description="Why somebody should look at it: unverified, about to end, not checked for a"
        " year; null when all is well."
    )


@strawberry.type(description="A versioned set of figures of one plugin.")
class RuleSet:
    """A rule set."""

    key: str = strawberry.field(description="Key of the rule set: plugin.name.")
    version: str = strawberry.field(description="Version of the rule set.")
    title: str = strawberry.field(description="What it is about: the act, the scheme, the house.")
    plugin: str = strawberry.field(description="Key of the plugin that keeps it.")
    in_force: bool = strawberry.field(
        description="Whether checks use this version now; older ones stay for their verdicts."
    )
    figures: list[Figure] = strawberry.field(description="Its figures, at most 200.")

    @classmethod
    def of(cls, row: Row, today: date) -> "RuleSet":
        """Return a stored rule set as of a day."""
        figures = [rules.Figure.model_validate(figure) for figure in row["figures"]]
        return cls(
            key=row["key"],
            version=row["version"],
            title=row["title"],
            plugin=row["plugin"],
            in_force=row["in_force"],
            figures=[
                Figure(
                    name=figure.name,
                    value=None if figure.value is None else str(figure.value),
                    unit=figure.unit,
                    valid_from=figure.valid_from,
                    valid_until=figure.valid_until,
                    source=figure.source,
                    checked_on=figure.checked_on,
                    attention=attention(figure, figures, today),
                )
                for figure in figures
            ],
        )
