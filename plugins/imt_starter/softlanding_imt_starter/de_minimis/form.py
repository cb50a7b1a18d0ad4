"""What a start-up declares about public support at a French host."""

from pydantic import Field

from softlanding_common.de_minimis.form import DeMinimisDeclaration


class DeMinimis(DeMinimisDeclaration):
    """All public support of the past three years, and what the stay is worth."""

    jei: bool = Field(
        default=False, description="Does a company of the group have the French JEI status?"
    )
