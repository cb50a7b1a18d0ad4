"""The subscription root: stays and their onboarding, followed while one is connected."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry

from softlanding.contract.events import Event
from softlanding.services.core import not_found
from softlanding.services.following import (
    StayNews,
    is_of_onboarding,
    onboarding_news,
    reads_onboarding,
    stay_news,
    visible_stay,
)
from softlanding_schema.context import Info
from softlanding_schema.reads.global_ids import encode, key_of
from softlanding_schema.types.onboarding import OnboardingStep
from softlanding_schema.types.query import onboarding_step
from softlanding_schema.types.stays import Stay

LOOK_AGAIN_SECONDS = 4.0
"""So often it is looked at whether somebody may still follow, where nothing happens."""

_MOST_KNOWN = 1000

_EVENTS = (
    "Names of what happened, such as stay.confirmed, in their order; what came at once is told"
    " together."
)


@strawberry.type(description="Something that happened to a stay.")
class StayChanged:
    """News of a stay."""

    id: strawberry.ID = strawberry.field(description="Global id of the stay.")
    events: list[str] = strawberry.field(description=_EVENTS)
    stay: Stay | None = strawberry.field(
        description="The stay as it is now; null once it is not to be seen any more."
    )


@strawberry.type(description="Something that happened to the onboarding of a stay.")
class OnboardingChanged:
    """News of the onboarding of a stay."""

    events: list[str] = strawberry.field(description=_EVENTS)
    stay: Stay = strawberry.field(description="The stay as it is now.")
    news: strawberry.Private[StayNews]

    @strawberry.field(description="The steps that it happened to, as they are now.")
    async def steps(self, info: Info) -> list[OnboardingStep]:
        """Return those that there still are."""
        rows = {row["id"]: row for row in await info.context.batches.steps(self.news.stay_id)}
        return [await onboarding_step(info, rows[key]) for key in self.news.step_ids if key in rows]


@strawberry.type(
    description="What can be followed: as server-sent events, or over a websocket with the protocol"
    " graphql-transport-ws. Who may see an object is looked at with every event."
)
class Subscription:
    """The subscription root."""

    @strawberry.subscription(
        description="Changes of one stay, or of all that the asker sees; of fields that the asker"
        " may read. That a stay is gone is told where it is named, or was told of before."
    )
    async def stay_changed(
        self,
        info: Info,
        stay: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Global id of a stay; all where it is left out."),
        ] = None,
    ) -> AsyncGenerator[StayChanged, None]:
        """Follow stays."""
        key = None if stay is None else key_of(stay, "Stay", "stay")
        context, core = info.context, info.context.core

        def wants(event: Event) -> bool:
            return event.object_type == "Stay" and key in (None, event.object_id)

        async with core.changes.follow(wants) as follower:
            if key is not None and await visible_stay(core, context.actor, key) is None:
                raise not_found("stays", "stay")
            known = {} if key is None else {key: None}
            while True:
                events = await follower.events(within=LOOK_AGAIN_SECONDS)
                await context.renew()
                for news in await stay_news(core, context.actor, events, known):
                    known.pop(news.stay_id, None)
                    if news.row is not None:
                        known[news.stay_id] = None
                    yield StayChanged(
                        id=strawberry.ID(encode("Stay", news.stay_id)),
                        events=list(news.events),
                        stay=Stay.of(news.row) if news.row else None,
                    )
                    if key is not None and news.row is None:
                        return
                while len(known) > _MOST_KNOWN:
                    del known[next(iter(known))]

    @strawberry.subscription(
        description="Changes of the onboarding of one stay, for those who may read it."
    )
    async def onboarding_changed(
        self,
        info: Info,
        stay: Annotated[strawberry.ID, strawberry.argument(description="Global id of the stay.")],
    ) -> AsyncGenerator[OnboardingChanged, None]:
        """Follow the onboarding of a stay."""
        key = key_of(stay, "Stay", "stay")
        context, core = info.context, info.context.core

        def wants(event: Event) -> bool:
            return event.aggregate_id == key and is_of_onboarding(event)

        async with core.changes.follow(wants) as follower:
            while True:
                row = await visible_stay(core, context.actor, key)
                if row is None or not reads_onboarding(context.actor, row):
                    raise not_found("stays", "stay")
                events = await follower.events(within=LOOK_AGAIN_SECONDS)
                await context.renew()
                for news in await onboarding_news(core, context.actor, events):
                    assert news.row is not None  # noqa: S101 - onboarding is told with its stay
                    yield OnboardingChanged(
                        events=list(news.events), stay=Stay.of(news.row), news=news
                    )
