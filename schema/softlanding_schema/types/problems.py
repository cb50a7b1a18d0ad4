"""Problems, as payloads carry them."""

import strawberry

from softlanding.domain import problems


@strawberry.type(description="A refusal: what is wrong, where, and what to do. Nothing changed.")
class Problem:
    """A problem."""

    code: str = strawberry.field(description="Stable code, for programs.")
    message: str = strawberry.field(description="What is wrong, in a sentence.")
    path: list[str] = strawberry.field(
        description="The field concerned, inside the argument `input`."
    )
    hint: str = strawberry.field(description="What to do next.")
    revision: int | None = strawberry.field(
        default=None, description="Of a CONFLICT: the revision that the object is at."
    )
    fields: list[str] = strawberry.field(
        default_factory=list,
        description="Of a CONFLICT: the fields that were changed since the revision given.",
    )

    @classmethod
    def of(cls, problem: problems.Problem) -> "Problem":
        """Return the domain's problem for GraphQL."""
        return cls(
            code=str(problem.code),
            message=problem.message,
            path=list(problem.path),
            hint=problem.hint,
            revision=problem.revision,
            fields=list(problem.fields),
        )
