"""The tables. Rows are private to storage and services; nobody else sees a model.

Keys are UUIDv7, so that they sort by creation. `revision` counts the changes of an editable
row. Each foreign key has an index together with the order column of the list it feeds, and so
has each column by which a page is likely to be filtered.
"""

from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model
from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a new key."""
    return uuid7()


class KeyedRow(Model):
    """A row with a key of its own."""

    id = fields.UUIDField(primary_key=True, default=new_id)

    class Meta:
        abstract = True


class _EditableRow(KeyedRow):
    revision = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        abstract = True


class Incubator(_EditableRow):
    """A partner structure."""

    slug = fields.CharField(max_length=80, unique=True)
    name = fields.CharField(max_length=200)
    country = fields.CharField(max_length=2)
    city = fields.CharField(max_length=200, null=True)
    website = fields.CharField(max_length=500, null=True)
    summary: fields.Field[dict[str, str]] = fields.JSONField()
    languages: fields.Field[list[str]] = fields.JSONField()
    public_funding = fields.BooleanField(null=True)
    stay_capacity = fields.IntField(null=True)
    project_capacity = fields.IntField(null=True)
    published = fields.BooleanField(default=False)
    demo = fields.BooleanField(default=False)

    class Meta:
        table = "incubators"
        indexes = (Index(fields=("name", "id")),)


class Startup(_EditableRow):
    """A company supported by its home incubator."""

    slug = fields.CharField(max_length=80, unique=True)
    name = fields.CharField(max_length=200)
    country = fields.CharField(max_length=2)
    website = fields.CharField(max_length=500, null=True)
    summary: fields.Field[dict[str, str]] = fields.JSONField()
    founded_on = fields.DateField(null=True)
    nace = fields.CharField(max_length=5, null=True)
    trl = fields.IntField(null=True)
    stage = fields.CharField(max_length=20, null=True)
    registrations: fields.Field[list[dict[str, str]]] = fields.JSONField()
    home: fields.ForeignKeyRelation[Incubator] = fields.ForeignKeyField(
        "core.Incubator", related_name=False, on_delete=fields.RESTRICT
    )
    home_id: UUID
    published = fields.BooleanField(default=False)
    demo = fields.BooleanField(default=False)

    class Meta:
        table = "startups"
        indexes = (
            Index(fields=("name", "id")),
            Index(fields=("home_id", "name", "id")),
            Index(fields=("country", "name", "id")),
            Index(fields=("stage", "name", "id")),
            Index(fields=("nace", "name", "id")),
        )


class Stay(_EditableRow):
    """One start-up at one host from arrival to departure, both days included."""

    startup: fields.ForeignKeyRelation[Startup] = fields.ForeignKeyField(
        "core.Startup", related_name=False, on_delete=fields.RESTRICT
    )
    startup_id: UUID
    home: fields.ForeignKeyRelation[Incubator] = fields.ForeignKeyField(
        "core.Incubator", related_name=False, on_delete=fields.RESTRICT
    )
    home_id: UUID
    host: fields.ForeignKeyRelation[Incubator] = fields.ForeignKeyField(
        "core.Incubator", related_name=False, on_delete=fields.RESTRICT
    )
    host_id: UUID
    arrival = fields.DateField()
    departure = fields.DateField()
    state = fields.CharField(max_length=20)
    travellers: fields.Field[list[dict[str, object]]] = fields.JSONField()
    goals: fields.Field[list[str]] = fields.JSONField()
    motivation = fields.TextField(null=True)
    report: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    submitted_at = fields.DatetimeField(null=True)
    # Counts the changes of the stay's steps, so that a check made outside the transaction is
    # saved only when nothing it looked at has changed since.
    onboarding_revision = fields.IntField(default=0)
    # Under which definitions, and until which day, the stored states of its steps hold.
    standing_under = fields.CharField(max_length=64, null=True)
    standing_until = fields.DateField(null=True)
    demo = fields.BooleanField(default=False)

    class Meta:
        table = "stays"
        indexes = (
            Index(fields=("arrival", "id")),
            Index(fields=("departure", "id")),
            Index(fields=("state", "arrival", "id")),
            Index(fields=("startup_id", "arrival", "id")),
            Index(fields=("home_id", "arrival", "id")),
            Index(fields=("host_id", "arrival", "id")),
        )


class StepDefinition(KeyedRow):
    """One version of a step as its plugin declared it.

    `form` is its JSON Schema by language, `applies` its condition. In force is the latest
    version of each step that a plugin of the last start declared.
    """

    key = fields.CharField(max_length=120)
    version = fields.IntField()
    plugin = fields.CharField(max_length=60)
    fingerprint = fields.CharField(max_length=64)
    title: fields.Field[dict[str, str]] = fields.JSONField()
    help: fields.Field[dict[str, str]] = fields.JSONField()
    form: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    filled_by: fields.Field[list[str]] = fields.JSONField()
    signed_by: fields.Field[list[str]] = fields.JSONField()
    after: fields.Field[list[str]] = fields.JSONField()
    due = fields.IntField()
    severity = fields.CharField(max_length=10)
    applies: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    in_force = fields.BooleanField(db_default=False)

    class Meta:
        table = "step_definitions"
        unique_together = (("key", "version"),)


class RuleSet(KeyedRow):
    """One version of a rule set as its plugin declared it, as verdicts name it."""

    key = fields.CharField(max_length=120)
    version = fields.CharField(max_length=60)
    plugin = fields.CharField(max_length=60)
    title = fields.TextField()
    figures: fields.Field[list[dict[str, object]]] = fields.JSONField()
    in_force = fields.BooleanField(default=False)

    class Meta:
        table = "rule_sets"
        unique_together = (("key", "version"),)


class OnboardingStep(_EditableRow):
    """A step of one stay: answers, state, verdict.

    `answers_kept_until` is the last day on which all answers may be kept, `answers_deleted_on`
    the day on which some were deleted last.
    """

    stay: fields.ForeignKeyRelation[Stay] = fields.ForeignKeyField(
        "core.Stay", related_name=False, on_delete=fields.CASCADE
    )
    stay_id: UUID
    definition: fields.ForeignKeyRelation[StepDefinition] = fields.ForeignKeyField(
        "core.StepDefinition", related_name=False, on_delete=fields.RESTRICT
    )
    definition_id: UUID
    key = fields.CharField(max_length=120)
    position = fields.IntField()
    due_on = fields.DateField()
    state = fields.CharField(max_length=20)
    severity = fields.CharField(max_length=10)
    reason = fields.TextField(default="")
    applies = fields.BooleanField(default=True)
    answers: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    answers_kept_until = fields.DateField(null=True)
    answers_deleted_on = fields.DateField(null=True)
    signatures: fields.Field[list[dict[str, str]]] = fields.JSONField()
    waived_reason = fields.TextField(null=True)
    verdict: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    verdict_valid_until = fields.DateField(null=True)

    class Meta:
        table = "onboarding_steps"
        unique_together = (("stay_id", "key"),)
        indexes = (
            Index(fields=("stay_id", "position", "id")),
            Index(fields=("definition_id", "id")),
            Index(fields=("answers_kept_until", "id")),
        )


class History(KeyedRow):
    """What happened to a stay or one of its steps, one row per object and revision."""

    stay: fields.ForeignKeyRelation[Stay] = fields.ForeignKeyField(
        "core.Stay", related_name=False, on_delete=fields.CASCADE
    )
    stay_id: UUID
    object_id = fields.UUIDField()
    revision = fields.IntField()
    at = fields.DatetimeField()
    actor = fields.CharField(max_length=200)
    action = fields.CharField(max_length=40)
    detail = fields.TextField(default="")

    class Meta:
        table = "history"
        unique_together = (("object_id", "revision"),)
        indexes = (Index(fields=("stay_id", "at", "id")),)


class Record(KeyedRow):
    """What a verdict left behind."""

    plugin = fields.CharField(max_length=60)
    kind = fields.CharField(max_length=60)
    startup: fields.ForeignKeyRelation[Startup] = fields.ForeignKeyField(
        "core.Startup", related_name=False, on_delete=fields.CASCADE
    )
    startup_id: UUID
    stay: fields.ForeignKeyRelation[Stay] = fields.ForeignKeyField(
        "core.Stay", related_name=False, on_delete=fields.CASCADE
    )
    stay_id: UUID
    step: fields.ForeignKeyRelation[OnboardingStep] = fields.ForeignKeyField(
        "core.OnboardingStep", related_name=False, on_delete=fields.CASCADE
    )
    step_id: UUID
    data: fields.Field[dict[str, object]] = fields.JSONField()

    class Meta:
        table = "records"
        indexes = (
            Index(fields=("startup_id", "plugin", "kind", "id")),
            Index(fields=("stay_id", "id")),
            Index(fields=("step_id", "id")),
        )


class Duty(Model):
    """A periodic task of the core, since when it is in hand and the last day it was done."""

    id = fields.CharField(max_length=60, primary_key=True)
    started_at = fields.DatetimeField(null=True)
    done_on = fields.DateField(null=True)

    class Meta:
        table = "duties"


class DemoClock(Model):
    """The frozen day of a demo database."""

    id = fields.IntField(primary_key=True)
    today = fields.DateField()

    class Meta:
        table = "demo_clock"
