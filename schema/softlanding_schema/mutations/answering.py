"""Around every mutation: refusals become problems, trials are undone, repetitions act once."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, cast

from graphql import GraphQLResolveInfo
from strawberry.pydantic import InputValidationError
from strawberry.utils.str_converters import to_snake_case

from softlanding.domain.problems import Code, Problem, Refused
from softlanding.services.core import Core, acting, require_writer
from softlanding.storage.idempotency import IdempotentRequest, Repeated, sha256_of
from softlanding.storage.record import canonical
from softlanding_schema.context import Info, RequestContext
from softlanding_schema.mutations.replays import replayed
from softlanding_schema.types import problems as shown
from softlanding_schema.types.object_changes import object_changes

Resolver = Callable[..., Awaitable[Any]]


def answering(resolve: Resolver, payload: type[Any]) -> Resolver:
    """Wrap a mutation's outermost resolver, where its arguments are made too."""

    async def answer(source: Any, info: Any, **arguments: Any) -> Any:
        done = info.context.done
        if info.path is not None and info.path.key in done:
            return _given(done[info.path.key])
        given: Mapping[str, Any] = arguments.get("input") or {}

        async def change() -> Any:
            answered = resolve(source, info, **arguments)
            return await answered if hasattr(answered, "__await__") else answered

        try:
            answered = await _answered(info, payload, given, change)
        except InputValidationError as error:
            answered = _refused(payload, form_problems(error))
        except Refused as refused:
            answered = _refused(payload, refused.problems)
        answered.client_mutation_id = given.get("clientMutationId")
        return answered

    return answer


async def _answered(
    info: GraphQLResolveInfo[RequestContext],
    payload: type[Any],
    given: Mapping[str, Any],
    change: Callable[[], Awaitable[Any]],
) -> Any:
    """Do what is asked for, try it, or tell what was done already."""
    context = info.context
    context.core = context.core.acting(acting(context.actor, to_snake_case(info.field_name)))
    if given.get("dryRun"):
        return await _tried(context, payload, change)
    request = _request(info, given)
    context.core = context.core.once(request)
    if request is None:
        return await change()
    rows = context.core.database.rows
    if known := await request.done(rows):
        return await replayed(cast("Info", info), payload, known)
    try:
        return await change()
    except (Repeated, Refused):
        # Its twin was a moment earlier.
        known = await request.done(rows)
        if known is None:
            raise
        return await replayed(cast("Info", info), payload, known)


async def _tried(
    context: RequestContext, payload: type[Any], change: Callable[[], Awaitable[Any]]
) -> Any:
    core, actor = context.core.once(None), context.actor
    # Visitors hold up nobody who writes.
    require_writer(actor)

    async def attempt(trial: Core) -> None:
        context.core = trial
        context.after_writing()
        await change()

    try:
        _, changes = await core.attempt(attempt)
    finally:
        context.core, context.actor = core, actor
        context.after_writing()
    return payload(changes=object_changes(actor, changes))


def _request(
    info: GraphQLResolveInfo[RequestContext], given: Mapping[str, Any]
) -> IdempotentRequest | None:
    """Return what is to be done once: by the key of the request, or that of the field."""
    actor, sent = info.context.actor.known_as, info.context.sent_key
    if actor is None:
        return None
    if sent is not None:
        node = info.field_nodes[0]
        place = (node.alias or node.name).value
        return IdempotentRequest(actor=actor, key=sent.key, place=place, request=sent.request)
    own = given.get("clientMutationId")
    if not isinstance(own, str) or not own:
        return None
    return IdempotentRequest(
        actor=actor,
        key=sha256_of(b"clientMutationId", own.encode("utf-8", "surrogatepass")),
        place="",
        request=sha256_of(info.field_name.encode(), canonical(given)),
    )


def _refused(payload: type[Any], problems: Iterable[Problem]) -> Any:
    return payload(problems=[shown.Problem.of(problem) for problem in problems])


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
