"""The tables of people: how they come in, and what they are a member of.

Secrets are kept as SHA-256 only, passwords as Argon2id.
"""

from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from softlanding.storage.models import Incubator, KeyedRow, Startup, Stay


class Person(KeyedRow):
    """Somebody who acts.

    `locale` is the language they want to be told things in, where they have chosen one,
    `notifications` when; `digest_on` the day of the last digest.
    """

    name = fields.CharField(max_length=200)
    email = fields.CharField(max_length=254, unique=True)
    is_admin = fields.BooleanField(default=False)
    is_auditor = fields.BooleanField(db_default=False)
    password_hash = fields.CharField(max_length=200, null=True)
    password_changed_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    locale = fields.CharField(max_length=35, null=True)
    notifications = fields.CharField(max_length=10, db_default="DAILY")
    digest_on = fields.DateField(null=True)

    class Meta:
        table = "persons"


class _OfPerson(KeyedRow):
    person: fields.ForeignKeyRelation[Person] = fields.ForeignKeyField(
        "core.Person", related_name=False, on_delete=fields.CASCADE
    )
    person_id: UUID

    class Meta:
        abstract = True


class Membership(_OfPerson):
    """A person is FOUNDER of a start-up, or STAFF, MANAGER or REVIEWER of an incubator."""

    startup: fields.ForeignKeyNullableRelation[Startup] = fields.ForeignKeyField(
        "core.Startup", related_name=False, null=True, on_delete=fields.CASCADE
    )
    startup_id: UUID | None
    incubator: fields.ForeignKeyNullableRelation[Incubator] = fields.ForeignKeyField(
        "core.Incubator", related_name=False, null=True, on_delete=fields.CASCADE
    )
    incubator_id: UUID | None
    role = fields.CharField(max_length=20, db_default="STAFF")

    class Meta:
        table = "memberships"
        unique_together = (("person_id", "startup_id", "incubator_id"),)
        indexes = (Index(fields=("startup_id", "id")), Index(fields=("incubator_id", "id")))


class Invitation(KeyedRow):
    """A membership or an office offered to an e-mail address, behind a link that works once.

    `role` is one of a membership, or ADMINISTRATOR or AUDITOR of the network. `home_id` is the
    home of the start-up, where one is named.
    """

    email = fields.CharField(max_length=254)
    name = fields.CharField(max_length=200)
    role = fields.CharField(max_length=20)
    startup: fields.ForeignKeyNullableRelation[Startup] = fields.ForeignKeyField(
        "core.Startup", related_name=False, null=True, on_delete=fields.CASCADE
    )
    startup_id: UUID | None
    incubator: fields.ForeignKeyNullableRelation[Incubator] = fields.ForeignKeyField(
        "core.Incubator", related_name=False, null=True, on_delete=fields.CASCADE
    )
    incubator_id: UUID | None
    home: fields.ForeignKeyNullableRelation[Incubator] = fields.ForeignKeyField(
        "core.Incubator", related_name=False, null=True, on_delete=fields.CASCADE
    )
    home_id: UUID | None
    hash = fields.CharField(max_length=64, unique=True)
    invited_by = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    accepted_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "invitations"
        indexes = (Index(fields=("startup_id", "id")), Index(fields=("incubator_id", "id")))


class PasswordReset(_OfPerson):
    """A link that works once, at which a person chooses a new password."""

    hash = fields.CharField(max_length=64, unique=True)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "password_resets"
        indexes = (Index(fields=("person_id", "id")),)


class Identity(_OfPerson):
    """A person as a provider of OpenID Connect knows them: issuer and subject."""

    issuer = fields.CharField(max_length=500)
    subject = fields.CharField(max_length=255)
    created_at = fields.DatetimeField()

    class Meta:
        table = "identities"
        unique_together = (("issuer", "subject"),)
        indexes = (Index(fields=("person_id", "id")),)


class Session(_OfPerson):
    """A person signed in with a browser, by the secret in a cookie.

    `method` is `password`, `openid` or `link`; `user_agent` what the browser said of itself.
    """

    hash = fields.CharField(max_length=64, unique=True)
    method = fields.CharField(max_length=20)
    user_agent = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sessions"
        indexes = (Index(fields=("person_id", "id")), Index(fields=("created_at", "id")))


class SignInAttempt(KeyedRow):
    """An attempt to sign in: `subject` is the SHA-256 of an account or of a network address."""

    subject = fields.CharField(max_length=64)
    at = fields.DatetimeField()

    class Meta:
        table = "sign_in_attempts"
        indexes = (Index(fields=("subject", "at")), Index(fields=("at", "id")))


class SignInFlow(KeyedRow):
    """A sign-in on its way through a provider of OpenID Connect, by the hash of its state."""

    hash = fields.CharField(max_length=64, unique=True)
    nonce = fields.CharField(max_length=100)
    code_verifier = fields.CharField(max_length=200)
    return_to = fields.CharField(max_length=500)
    created_at = fields.DatetimeField()

    class Meta:
        table = "sign_in_flows"
        indexes = (Index(fields=("created_at", "id")),)


class Token(KeyedRow):
    """A bearer token of a person, or a key of an incubator with its scope.

    A key without a scope reads what everybody may. `replaced_by_id` names the key that was made
    of this one by rotation.
    """

    prefix = fields.CharField(max_length=16)
    hash = fields.CharField(max_length=64, unique=True)
    label = fields.CharField(max_length=200)
    person: fields.ForeignKeyNullableRelation[Person] = fields.ForeignKeyField(
        "core.Person", related_name=False, null=True, on_delete=fields.CASCADE
    )
    person_id: UUID | None
    incubator: fields.ForeignKeyNullableRelation[Incubator] = fields.ForeignKeyField(
        "core.Incubator", related_name=False, null=True, on_delete=fields.CASCADE
    )
    incubator_id: UUID | None
    scope: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    created_by = fields.CharField(max_length=200, null=True)
    replaced_by_id = fields.UUIDField(null=True)
    expires_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "tokens"
        indexes = (Index(fields=("person_id", "id")), Index(fields=("incubator_id", "id")))


class CalendarAddress(_OfPerson):
    """A private address of the calendar of one stay, kept as SHA-256 of its secret."""

    stay: fields.ForeignKeyRelation[Stay] = fields.ForeignKeyField(
        "core.Stay", related_name=False, on_delete=fields.CASCADE
    )
    stay_id: UUID
    hash = fields.CharField(max_length=64, unique=True)
    label = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "calendar_addresses"
        indexes = (Index(fields=("stay_id", "id")), Index(fields=("person_id", "id")))
