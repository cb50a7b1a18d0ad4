"""Who may see and do what: for each table its rows and fields, and who takes each action.

One table, in three parts. `ROWS` says which rows of a table somebody sees, `FIELDS` which fields of
them are not for everybody who sees the row, `ACTIONS` who may change what. A scope is data:
`softlanding.storage.scopes` turns it into SQL, and every statement that reads a table for somebody
carries that table's scope, relations included; every service asks `allows` before it writes; so no
path leads around it. `softlanding why` tells which line of the table decides.

Administrators see and do all. Auditors see all and change nothing. A key of a partner acts as
staff of its incubator, as far as its scope says (see `actors.KeyScope`).

What a write discloses about rows that its actor may not see: that a slug is taken
(`SLUG_TAKEN`), that a host is full on a date (`HOST_FULL`), and, to whoever may move a stay, its
host too, on which days the start-up has another one (`OVERLAPPING_STAY`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from softlanding.actors import Actor, ActorKind
from softlanding.predicates import EVERYTHING, AllOf, Equals, OneOf, Predicate, Through
from softlanding.roles import (
    Condition,
    Role,
    any_of,
    applied,
    holder,
    holds,
    member,
    of_startup,
    of_stay,
    of_webhook,
    own,
    signed_in,
    submitted,
)

PUBLIC_STAY_STATES = ("CONFIRMED", "ACTIVE", "COMPLETED", "CLOSED")


_R = Role
_PARTIES = (_R.FOUNDER, _R.HOME, _R.HOST)
_APPLICATION = (*_PARTIES, _R.REVIEWER)
# What the staff of an incubator is to rows; a key of the incubator is no more.
_OF_STAFF = frozenset({_R.STAFF, _R.HOME, _R.HOST})


_PUBLISHED = Equals("published", True)
_PUBLIC_STARTUP = AllOf((_PUBLISHED, Through("home_id", "incubators", _PUBLISHED, common=True)))
_PUBLIC_STAY = AllOf(
    (
        OneOf("state", PUBLIC_STAY_STATES, common=True),
        Through("startup_id", "startups", _PUBLIC_STARTUP, common=True),
        Through("home_id", "incubators", _PUBLISHED, common=True),
        Through("host_id", "incubators", _PUBLISHED, common=True),
    )
)


@dataclass(frozen=True)
class Grant:
    """A line of `ROWS`: to whom it shows which rows, `told` in words and `rows` as a condition."""

    to: Role
    told: str
    rows: Condition


_OWN_STARTUP = of_startup(own("startups", _R.HOME))
_OF_OWN_STAYS = (
    Grant(_R.FOUNDER, "of stays of their start-ups", of_stay(own("stays", _R.FOUNDER))),
    Grant(_R.HOME, "of stays that their incubator sends", of_stay(own("stays", _R.HOME))),
    Grant(_R.HOST, "of submitted stays at their incubator", of_stay(submitted(_R.HOST))),
)

# What is quickly decided comes first: the databases stop where a condition holds.
ROWS: Mapping[str, tuple[Grant, ...]] = {
    "incubators": (
        Grant(_R.EVERYBODY, "published ones", lambda actor: _PUBLISHED),
        Grant(_R.SIGNED_IN, "all", signed_in),
    ),
    "startups": (
        Grant(_R.FOUNDER, "their own", own("startups", _R.FOUNDER)),
        Grant(_R.HOME, "those of their incubator", own("startups", _R.HOME)),
        Grant(_R.EVERYBODY, "published ones of published homes", lambda actor: _PUBLIC_STARTUP),
        Grant(_R.HOST, "those that applied to their incubator", applied(_R.HOST)),
        Grant(_R.REVIEWER, "those that applied to their incubator", applied(_R.REVIEWER)),
    ),
    "stays": (
        Grant(_R.FOUNDER, "those of their start-ups", own("stays", _R.FOUNDER)),
        Grant(_R.HOME, "those that their incubator sends", own("stays", _R.HOME)),
        Grant(_R.HOST, "submitted ones at their incubator", submitted(_R.HOST)),
        Grant(_R.REVIEWER, "submitted ones at their incubator", submitted(_R.REVIEWER)),
        Grant(
            _R.EVERYBODY,
            "from CONFIRMED on and never cancelled, with all three sides published",
            lambda actor: _PUBLIC_STAY,
        ),
    ),
    "onboarding_steps": _OF_OWN_STAYS,
    "history": _OF_OWN_STAYS,
    "records": _OF_OWN_STAYS,
    "calendar_addresses": _OF_OWN_STAYS,
    # Figures of law and house rules are no secret: whoever is judged by them may read them.
    "rule_sets": (Grant(_R.EVERYBODY, "all", lambda actor: EVERYTHING),),
    "persons": (
        Grant(_R.PERSON, "themselves", own("persons", _R.PERSON)),
        Grant(_R.MANAGER, "members of their incubator", member(own("memberships", _R.MANAGER))),
        Grant(_R.HOME, "founders of their start-ups", member(_OWN_STARTUP)),
        Grant(_R.FOUNDER, "founders of the same start-up", member(own("memberships", _R.FOUNDER))),
    ),
    "memberships": (
        Grant(_R.PERSON, "their own", own("memberships", _R.PERSON)),
        Grant(_R.MANAGER, "those of their incubator", own("memberships", _R.MANAGER)),
        Grant(_R.HOME, "founders of their start-ups", _OWN_STARTUP),
        Grant(_R.FOUNDER, "founders of the same start-up", own("memberships", _R.FOUNDER)),
    ),
    "invitations": (
        Grant(_R.MANAGER, "those of their incubator", own("invitations", _R.MANAGER)),
        Grant(_R.HOME, "to be founder of their start-ups", own("invitations", _R.HOME)),
    ),
    "tokens": (
        Grant(_R.PERSON, "their own", own("tokens", _R.PERSON)),
        Grant(_R.MANAGER, "keys of their incubator", own("tokens", _R.MANAGER)),
    ),
    "webhooks": (Grant(_R.MANAGER, "those of their incubator", own("webhooks", _R.MANAGER)),),
    "webhook_attempts": (
        Grant(
            _R.MANAGER,
            "of webhooks of their incubator",
            of_webhook(own("webhooks", _R.MANAGER)),
        ),
    ),
    "sessions": (Grant(_R.PERSON, "their own", own("sessions", _R.PERSON)),),
    "identities": (Grant(_R.PERSON, "their own", own("identities", _R.PERSON)),),
}
"""Who sees which rows, by table; of all other tables nobody sees any."""

FIELDS: Mapping[str, Mapping[str, tuple[Role, ...]]] = {
    "incubators": {
        "revision": (_R.STAFF,),
        "revisions": (_R.STAFF,),
        "changes_between": (_R.STAFF,),
        "published": (_R.STAFF,),
        "memberships": (_R.MANAGER,),
        "invitations": (_R.MANAGER,),
        "api_keys": (_R.MANAGER,),
        "webhooks": (_R.MANAGER,),
    },
    "startups": {
        "revision": (_R.FOUNDER, _R.HOME),
        "revisions": (_R.FOUNDER, _R.HOME),
        "changes_between": (_R.FOUNDER, _R.HOME),
        "published": (_R.FOUNDER, _R.HOME),
        "memberships": (_R.FOUNDER, _R.HOME),
        "invitations": (_R.HOME,),
    },
    "stays": {
        "submitted_at": _APPLICATION,
        "goals": _APPLICATION,
        "motivation": _APPLICATION,
        "travellers": _PARTIES,
        "report": _PARTIES,
        "onboarding": _PARTIES,
        "calendar": _PARTIES,
        "calendar_addresses": _PARTIES,
        "history": _PARTIES,
        "revision": _PARTIES,
    },
}
"""Fields that are null for whoever is none of these to the row, by table."""


@dataclass(frozen=True)
class Action:
    """A line of `ACTIONS`: on a row of which table, and by whom besides administrators.

    `told` is the sentence for whoever is refused. What only `people` do is for no key: it binds a
    person, or hands out rights.
    """

    on: str | None
    by: tuple[Role, ...]
    told: str
    people: bool = False


def _moving(verb: str, *by: Role) -> Action:
    sides = _words(_SIDE_NAMES[role] for role in by)
    return Action("stays", by, f"To {verb} the stay is for {sides}.")


def _words(items: Iterable[str]) -> str:
    listed = sorted(items)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"


_SIDE_NAMES = {_R.FOUNDER: "STARTUP", _R.HOME: "HOME", _R.HOST: "HOST"}
_STEPS = "Only the parties of a stay work on its steps."
_SENDERS = (_R.FOUNDER, _R.HOME)
_MEMBERS = Action(
    "memberships", (_R.MANAGER,), "Only managers of an incubator change its members.", people=True
)
_KEYS = Action(
    "incubators", (_R.MANAGER,), "Only managers of an incubator have its keys.", people=True
)

_WEBHOOKS = Action(
    "webhooks", (_R.MANAGER,), "Only managers of an incubator have its webhooks.", people=True
)

ACTIONS: Mapping[str, Action] = {
    "create_incubator": Action(None, (), "Only a network administrator creates incubators."),
    "update_incubator": Action(
        "incubators", (_R.STAFF,), "Only staff of this incubator may change it."
    ),
    "publish_incubator": Action(
        "incubators", (_R.STAFF,), "Only staff of this incubator may change it."
    ),
    "create_startup": Action(
        "incubators", (_R.STAFF,), "Only staff of the home incubator may create its start-ups."
    ),
    "update_startup": Action(
        "startups", _SENDERS, "Only its founders and staff of its home may change a start-up."
    ),
    "publish_startup": Action(
        "startups", _SENDERS, "Only its founders and staff of its home may change a start-up."
    ),
    "apply_for_stay": Action(
        "startups",
        _SENDERS,
        "Only founders of the start-up and staff of its home may apply for it.",
    ),
    "update_stay": _moving("change", *_SENDERS),
    "submit_stay": _moving("submit", *_SENDERS),
    "review_stay": _moving("review", _R.HOST),
    "accept_stay": _moving("accept", _R.HOST),
    "decline_stay": _moving("decline", _R.HOST),
    "withdraw_stay": _moving("withdraw", *_SENDERS),
    "confirm_stay": _moving("confirm", _R.HOST),
    "cancel_stay": _moving("cancel", *_PARTIES),
    "start_stay": _moving("start", _R.HOST),
    "complete_stay": _moving("complete", _R.HOST),
    "submit_report": _moving("close", *_SENDERS),
    # Which of the parties fills or signs a step, its definition says.
    "submit_step": Action("stays", _PARTIES, _STEPS),
    "recheck_step": Action(
        "stays", _PARTIES, "Only the parties of a stay may have its steps checked."
    ),
    "sign_off_step": Action("stays", _PARTIES, _STEPS, people=True),
    "waive_step": Action(
        "stays", (_R.HOST,), "A step is waived by staff of the host.", people=True
    ),
    "create_calendar_address": Action(
        "stays", _PARTIES, "Only the parties of a stay have its calendar.", people=True
    ),
    "revoke_calendar_address": Action(
        "calendar_addresses", (_R.PERSON,), "Only who made an address revokes it.", people=True
    ),
    "revoke_session": Action(
        "sessions", (_R.PERSON,), "A session is ended by whoever signed in.", people=True
    ),
    "create_access_token": Action(
        "persons", (_R.PERSON,), "Tokens are made for oneself.", people=True
    ),
    "revoke_token": Action(
        "tokens", (_R.PERSON,), "A token is revoked by whose it is.", people=True
    ),
    "update_viewer": Action(
        "persons", (_R.PERSON,), "Preferences are changed by whose they are.", people=True
    ),
    "set_today": Action(None, (), "Only a network administrator moves the day.", people=True),
    "invite_member": Action(
        "incubators", (_R.MANAGER,), "Only managers of an incubator invite to it.", people=True
    ),
    "invite_founder": Action(
        "startups", (_R.HOME,), "Only staff of its home invite founders of a start-up.", people=True
    ),
    "invite_officer": Action(
        None, (), "Only administrators invite administrators and auditors.", people=True
    ),
    "revoke_invitation": Action(
        "invitations",
        (_R.MANAGER, _R.HOME),
        "Only those who may invite take an invitation back.",
        people=True,
    ),
    "change_member": _MEMBERS,
    "remove_member": _MEMBERS,
    "remove_founder": Action(
        "startups", (_R.HOME,), "Only staff of its home remove founders of a start-up.", people=True
    ),
    "leave": Action("memberships", (_R.PERSON,), "Members leave by themselves.", people=True),
    "create_api_key": _KEYS,
    "rotate_api_key": _KEYS,
    "revoke_api_key": _KEYS,
    "create_webhook": Action(
        "incubators", (_R.MANAGER,), "Only managers of an incubator have its webhooks.", people=True
    ),
    "update_webhook": _WEBHOOKS,
    "rotate_webhook_secret": _WEBHOOKS,
    "delete_webhook": _WEBHOOKS,
    "redeliver_webhook": _WEBHOOKS,
}
"""Who may do what, by the name of the mutation."""


def rows(table: str, actor: Actor) -> Predicate:
    """Return the scope of `table` for `actor`: which of its rows the actor may see."""
    if actor.reads_everything and table in ROWS:
        return EVERYTHING
    return any_of(grant.rows(actor) for grant in ROWS.get(table, ()))


def readers(table: str, field: str, actor: Actor) -> Predicate:
    """Return of which rows the actor may read a field; the scope comes on top of it."""
    roles = FIELDS.get(table, {}).get(field)
    if roles is None or actor.reads_everything:
        return EVERYTHING
    return any_of(holder(role, table, actor) for role in roles)


def may_read(table: str, field: str, actor: Actor, row: Mapping[str, Any]) -> bool:
    """Tell whether the actor may read a field of a row that they see."""
    return holds(readers(table, field, actor), row)


def allows(actor: Actor, action: str, row: Mapping[str, Any] | None = None) -> bool:
    """Tell whether the actor may do something, to a row of the table that the action is on."""
    asked = ACTIONS[action]
    if asked.people and actor.kind is not ActorKind.PERSON:
        return False
    if actor.scope is not None and action not in actor.scope.mutations:
        return False
    if actor.is_admin:
        return True
    if asked.on is None or row is None:
        return False
    return any(role_of(actor, role, asked.on, row) for role in asked.by)


def role_of(actor: Actor, role: Role, table: str, row: Mapping[str, Any]) -> bool:
    """Tell whether the actor is this to a row, by a membership."""
    return holds(holder(role, table, actor), row)


def key_may_do(action: str) -> bool:
    """Tell whether a key may be given an action: one that staff may take, and not only people."""
    asked = ACTIONS.get(action)
    return asked is not None and not asked.people and not _OF_STAFF.isdisjoint(asked.by)


def key_may_read(table: str, field: str) -> bool:
    """Tell whether a key may be given a field: one that staff may read."""
    roles = FIELDS.get(table, {}).get(field)
    return roles is None or not _OF_STAFF.isdisjoint(roles)
