"""Where the core keeps data of persons."""

from collections.abc import Mapping

from softlanding.domain.personal_data import Places

OF_PERSON = (
    "calendar_addresses",
    "password_resets",
    "identities",
    "sessions",
    "tokens",
    "memberships",
)
"""Tables whose rows are a person's, by `person_id`; in the order in which they are deleted."""

OF_STARTUP = ("memberships", "invitations")
"""Tables whose rows are a start-up's, by `startup_id`, besides its stays."""

OF_STAY = ("calendar_addresses", "records", "history", "onboarding_steps")
"""Tables whose rows are a stay's, by `stay_id`; in the order in which they are deleted."""

TEXTS: Mapping[str, tuple[str, ...]] = {
    "incubators": ("summary",),
    "startups": ("summary",),
    "stays": ("travellers", "goals", "motivation", "report"),
    "onboarding_steps": ("reason", "answers", "signatures", "waived_reason", "verdict"),
    "history": ("actor", "detail"),
    "records": ("data",),
    "invitations": ("invited_by",),
    "tokens": ("label", "created_by"),
    "deliveries": ("error",),
    "webhooks": ("label",),
    "webhook_attempts": ("answer", "error"),
}
"""Columns in which somebody may name a person, by table."""

TRAVELLERS = Places(names=("[].name",))
TRAVELLERS_RETAINED = frozenset({"[].nationalities"})
"""Where `stays.travellers` names persons, and what is theirs beside the name."""

SECRET = frozenset({"hash", "password_hash"})
"""Columns that are told to nobody, not even to whose they are."""
