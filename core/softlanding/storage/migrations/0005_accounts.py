"""Accounts: passwords, sessions, invitations, roles of members, scopes of keys."""

from typing import Any

from orjson import loads
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

from softlanding.storage.models import new_id


async def _fill(apps: Any, editor: Any) -> None:
    """Say who is a founder, all others are staff; name the duty that deletes old links."""
    await editor.client.execute_script(
        "UPDATE memberships SET role = 'FOUNDER' WHERE startup_id IS NOT NULL"
    )
    await editor.client.execute_script("INSERT INTO duties (id) VALUES ('forget')")


class Migration(migrations.Migration):
    dependencies = [("core", "0004_lists")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "core.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("issuer", fields.CharField(max_length=500)),
                ("subject", fields.CharField(max_length=255)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "identities",
                "app": "core",
                "unique_together": (("issuer", "subject"),),
                "indexes": [Index(fields=["person_id", "id"])],
                "pk_attr": "id",
                "table_description": "A person as a provider of OpenID Connect knows them: issuer and subject.",
            },
            bases=["_OfPerson"],
        ),
        ops.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("email", fields.CharField(max_length=254)),
                ("name", fields.CharField(max_length=200)),
                ("role", fields.CharField(max_length=20)),
                (
                    "startup",
                    fields.ForeignKeyField(
                        "core.Startup",
                        source_field="startup_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "incubator",
                    fields.ForeignKeyField(
                        "core.Incubator",
                        source_field="incubator_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "home",
                    fields.ForeignKeyField(
                        "core.Incubator",
                        source_field="home_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("hash", fields.CharField(unique=True, max_length=64)),
                ("invited_by", fields.CharField(max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "accepted_at",
                    fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
                ),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invitations",
                "app": "core",
                "indexes": [
                    Index(fields=["startup_id", "id"]),
                    Index(fields=["incubator_id", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A membership or an office offered to an e-mail address, behind a link that works once.",
            },
            bases=["KeyedRow"],
        ),
        ops.CreateModel(
            name="PasswordReset",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "core.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("hash", fields.CharField(unique=True, max_length=64)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "password_resets",
                "app": "core",
                "indexes": [Index(fields=["person_id", "id"])],
                "pk_attr": "id",
                "table_description": "A link that works once, at which a person chooses a new password.",
            },
            bases=["_OfPerson"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                (
                    "person",
                    fields.ForeignKeyField(
                        "core.Person",
                        source_field="person_id",
                        db_constraint=True,
                        to_field="id",
                        related_name=False,
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("hash", fields.CharField(unique=True, max_length=64)),
                ("method", fields.CharField(max_length=20)),
                ("user_agent", fields.CharField(max_length=200)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("last_seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sessions",
                "app": "core",
                "indexes": [Index(fields=["person_id", "id"]), Index(fields=["created_at", "id"])],
                "pk_attr": "id",
                "table_description": "A person signed in with a browser, by the secret in a cookie.",
            },
            bases=["_OfPerson"],
        ),
        ops.CreateModel(
            name="SignInAttempt",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("subject", fields.CharField(max_length=64)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sign_in_attempts",
                "app": "core",
                "indexes": [Index(fields=["subject", "at"]), Index(fields=["at", "id"])],
                "pk_attr": "id",
                "table_description": "An attempt to sign in: `subject` is the SHA-256 of an account or of a network address.",
            },
            bases=["KeyedRow"],
        ),
        ops.CreateModel(
            name="SignInFlow",
            fields=[
                (
                    "id",
                    fields.UUIDField(primary_key=True, default=new_id, unique=True, db_index=True),
                ),
                ("hash", fields.CharField(unique=True, max_length=64)),
                ("nonce", fields.CharField(max_length=100)),
                ("code_verifier", fields.CharField(max_length=200)),
                ("return_to", fields.CharField(max_length=500)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sign_in_flows",
                "app": "core",
                "indexes": [Index(fields=["created_at", "id"])],
                "pk_attr": "id",
                "table_description": "A sign-in on its way through a provider of OpenID Connect, by the hash of its state.",
            },
            bases=["KeyedRow"],
        ),
        ops.AlterModelOptions(
            name="Membership",
            options={
                "table": "memberships",
                "app": "core",
                "unique_together": (("person_id", "startup_id", "incubator_id"),),
                "indexes": [
                    Index(fields=["startup_id", "id"]),
                    Index(fields=["incubator_id", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A person is FOUNDER of a start-up, or STAFF, MANAGER or REVIEWER of an incubator.",
            },
        ),
        ops.AddField(
            model_name="Membership",
            name="role",
            field=fields.CharField(db_default="STAFF", max_length=20),
        ),
        ops.AddField(
            model_name="Person",
            name="is_auditor",
            field=fields.BooleanField(db_default=False),
        ),
        ops.AddField(
            model_name="Person",
            name="password_changed_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Person",
            name="password_hash",
            field=fields.CharField(null=True, max_length=200),
        ),
        ops.AlterModelOptions(
            name="Token",
            options={
                "table": "tokens",
                "app": "core",
                "indexes": [
                    Index(fields=["person_id", "id"]),
                    Index(fields=["incubator_id", "id"]),
                ],
                "pk_attr": "id",
                "table_description": "A bearer token of a person, or a key of an incubator with its scope.",
            },
        ),
        ops.AddField(
            model_name="Token",
            name="created_by",
            field=fields.CharField(null=True, max_length=200),
        ),
        ops.AddField(
            model_name="Token",
            name="last_used_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        ops.AddField(
            model_name="Token",
            name="replaced_by_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="Token",
            name="scope",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        ops.RunPython(_fill, ops.RunPython.noop),
    ]
