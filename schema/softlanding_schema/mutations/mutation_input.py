"""What the input of every mutation has."""

from pydantic import Field

from softlanding.contract.forms import Form, Line

CLIENT_MUTATION_ID = (
    "A key of your own for this change: sent again within a day with the same input, it is"
    " answered again and done once. It comes back in the payload."
)
DRY_RUN = "Run all rules and tell what would change, and change nothing."


class MutationInput(Form):
    """A change that somebody asks for."""

    client_mutation_id: Line | None = Field(default=None, description=CLIENT_MUTATION_ID)
    dry_run: bool = Field(default=False, description=DRY_RUN)
