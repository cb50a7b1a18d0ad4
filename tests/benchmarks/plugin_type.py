"""The type of the field that the bench's plugin adds to a stay."""

import strawberry


@strawberry.type(description="What the bench adds to a stay.")
class BenchStay:
    """What the bench adds to a stay."""

    nights: int = strawberry.field(description="Nights away from home.")
    season: str = strawberry.field(description="The half of the year it begins in.")
    note: str | None = strawberry.field(description="When it begins.")
