"""Keys of incubators."""

from datetime import datetime

import strawberry
from strawberry.utils.str_converters import to_camel_case

from softlanding.services.authentication import scope_of
from softlanding.storage.tables import Row
from softlanding_schema.reads.global_ids import encode

TYPE_NAME = "ApiKey"


@strawberry.type(
    description="A key of an incubator, for its website or a program. Its secret is shown once,"
    " when it is made; what it may not do is refused with FORBIDDEN."
)
class ApiKey:
    """A key."""

    id: strawberry.ID = strawberry.field(description="Global id, for rotating and revoking it.")
    label: str = strawberry.field(description="What it is for.")
    prefix: str = strawberry.field(description="How its secret begins, to tell it from others.")
    types: list[str] = strawberry.field(
        description="Types of which it reads all fields that everybody reads."
    )
    fields: list[str] = strawberry.field(description="Single fields that it reads besides.")
    mutations: list[str] = strawberry.field(description="Mutations that it may send.")
    drafts: bool = strawberry.field(
        description="Whether it sees what the staff of the incubator sees."
    )
    introspection: bool = strawberry.field(description="Whether it may ask for the schema.")
    created_at: datetime = strawberry.field(description="When it was made.")
    created_by: str | None = strawberry.field(description="Who made it.")
    expires_at: datetime | None = strawberry.field(description="Until when it is in force.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked, if it was.")
    last_used_at: datetime | None = strawberry.field(
        description="When it was used last, to the minute; null while nobody has."
    )
    replaced_by: strawberry.ID | None = strawberry.field(
        description="Global id of the key that was made of it by rotation."
    )

    @classmethod
    def of(cls, row: Row) -> "ApiKey":
        """Return a stored key; one without a scope reads what everybody reads."""
        scope = scope_of(row["scope"])
        replaced_by = row["replaced_by_id"]
        return cls(
            id=strawberry.ID(encode(TYPE_NAME, row["id"])),
            label=row["label"],
            prefix=row["prefix"],
            types=sorted(scope.types) if scope else ["Incubator", "Startup", "Stay"],
            fields=sorted(scope.fields) if scope else [],
            mutations=sorted(to_camel_case(name) for name in scope.mutations) if scope else [],
            drafts=scope.drafts if scope else False,
            introspection=scope.introspection if scope else False,
            created_at=row["created_at"],
            created_by=row["created_by"],
            expires_at=row["expires_at"],
            revoked_at=row["revoked_at"],
            last_used_at=row["last_used_at"],
            replaced_by=strawberry.ID(encode(TYPE_NAME, replaced_by)) if replaced_by else None,
        )
