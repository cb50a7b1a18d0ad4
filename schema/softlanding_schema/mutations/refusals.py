"""Refusals and form errors become the problems of the mutation's payload."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from strawberry.pydantic import InputValidationError
from strawberry.utils.str_converters import to_snake_case

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.core import acting
from softlanding_schema.types import problems as shown

Resolver = Callable[..., Awaitable[Any]]


def answering(resolve: Resolver, payload: type[Any]) -> Resolver:
    """Wrap a mutation's outermost resolver, where its arguments are made too."""

    async def answer(source: Any, info: Any, **arguments: Any) -> Any:
        done = info.context.done
        if info.path is not None and info.path.key in done:
            return _given(done[info.path.key])
        context = info.context
        context.core = context.core.acting(acting(context.actor, to_snake_case(info.field_name)))
        try:
            answered = resolve(source, info, **arguments)
            return await answered if hasattr(answered, "__await__") else answered
        except InputValidationError as error:
            found = list(form_problems(error))
        except Refused as refused:
            found = list(refused.problems)
        return payload(problems=[shown.Problem.of(problem) for problem in found])

    return answer


def _given(payload: Any) -> Any:
    """Return what a mutation gave, without doing it again."""
    if isinstance(payload, BaseException):
        raise payload
    return payload


def form_problems(error: InputValidationError) -> Iterable[Problem]:
    """Tell each form error with the path of its field, inside the argument `input`."""
    for detail in error.errors:
        yield Problem(
            code=Code.INVALID,
            message=f"{detail.message}.",
            path=tuple(detail.location[1:]),
            hint="Correct this field and send the form again.",
        )
