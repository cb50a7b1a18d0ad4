"""Webhooks of incubators, and the log of their deliveries."""

from datetime import datetime

import strawberry

from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.reads.global_ids import encode

TYPE_NAME = "Webhook"
ATTEMPT = "WebhookAttempt"


@strawberry.type(description="One attempt to deliver an event to a webhook.")
class WebhookAttempt:
    """An attempt."""

    id: strawberry.ID = strawberry.field(description="Global id, for sending the event again.")
    message_id: str = strawberry.field(
        description="The header webhook-id: the same each time that the event is sent."
    )
    event: str = strawberry.field(description="Name of the event, such as stay.confirmed.")
    at: datetime = strawberry.field(description="When it was sent.")
    attempt: int = strawberry.field(description="Counts the attempts from 1.")
    status: int | None = strawberry.field(
        description="The status that was answered; null where nobody answered."
    )
    milliseconds: int = strawberry.field(description="How long the answer took.")
    answer: str = strawberry.field(description="The beginning of the answer, up to 1 KiB.")
    error: str = strawberry.field(description="Why it was not taken; empty where it was.")

    @classmethod
    def of(cls, row: Row) -> "WebhookAttempt":
        """Return a stored attempt."""
        return cls(
            id=strawberry.ID(encode(ATTEMPT, row["id"])),
            message_id=str(row["event_key"]),
            event=row["event"],
            at=row["at"],
            attempt=row["attempt"],
            status=row["status"],
            milliseconds=row["milliseconds"],
            answer=row["answer"],
            error=row["error"],
        )


@strawberry.type(
    description="An address that is told of events with the answer to a query, signed by the"
    " Standard Webhooks specification. Its secret is shown once, when it is made."
)
class Webhook:
    """A webhook."""

    id: strawberry.ID = strawberry.field(description="Global id, for changing it.")
    revision: int = strawberry.field(description="Counts its changes.")
    label: str = strawberry.field(description="What it is for.")
    address: str = strawberry.field(description="Where events are posted to.")
    query: str = strawberry.field(description="The query whose answer is sent.")
    events: list[str] = strawberry.field(description="Names of events, and patterns of names.")
    enabled: bool = strawberry.field(description="Whether it is told of events.")
    disabled_because: str = strawberry.field(
        description="Why the product switched it off; empty where somebody did."
    )
    api_key: strawberry.ID = strawberry.field(
        description="Global id of the key with whose rights the query is asked."
    )
    old_secret_until: datetime | None = strawberry.field(
        description="Until when the secret before the last rotation signs, too."
    )
    created_at: datetime = strawberry.field(description="When it was made.")
    row: strawberry.Private[Row]

    @strawberry.field(description="The last 50 attempts, the latest first.")
    async def attempts(self, info: Info) -> list[WebhookAttempt]:
        """Return the log."""
        found = await info.context.batches.children(
            "webhook_attempts", "webhook_id", self.row["id"]
        )
        return [WebhookAttempt.of(row) for row in found[::-1][:50]]

    @classmethod
    def of(cls, row: Row) -> "Webhook":
        """Return a stored webhook."""
        return cls(
            id=strawberry.ID(encode(TYPE_NAME, row["id"])),
            revision=row["revision"],
            label=row["label"],
            address=row["address"],
            query=row["query"],
            events=row["events"],
            enabled=row["enabled"],
            disabled_because=row["disabled_because"],
            api_key=strawberry.ID(encode("ApiKey", row["token_id"])),
            old_secret_until=row["old_secret_until"],
            created_at=row["created_at"],
            row=row,
        )
