"""For each mutation: valid inputs, the row it is about, and what must be seen to send it.

Whoever adds a mutation is told by the walk to add a case here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.schema.walls.granted import Granted
from tests.schema.walls.scene import REPORT
from tests.schema.walls.world import World

from softlanding.actors import Actor
from softlanding.storage.tables import Row
from softlanding_schema.reads.global_ids import encode

Given = Mapping[str, Any]
Seen = tuple[tuple[str, Row], ...]


def _always(actor: Actor) -> bool:
    return True


@dataclass(frozen=True)
class Case:
    """An input, and who gets past the walls with it.

    `on` is the row that the action is on, where that is not whoever asks (`on_self`); `seen` are
    the rows that must be seen, by table; `also` is what decides besides the table of access.
    """

    mutation: str
    action: str
    given: Given
    on: Row | None = None
    seen: Seen = ()
    also: Callable[[Actor], bool] = field(default=_always)
    on_self: bool = False

    def gets_past(self, granted: Granted) -> bool:
        """Tell whether an actor is refused for nothing that the walls are for."""
        seen = all(granted.sees(table, row) for table, row in self.seen)
        on = {"id": granted.actor.person_id} if self.on_self else self.on
        return seen and granted.may(self.action, on) and self.also(granted.actor)


class Cases:
    """The cases of a scene. `examples` are answers of steps, by their name in `StepAnswers`."""

    def __init__(self, world: World, examples: Mapping[str, Given]) -> None:
        self._world = world
        self._examples = examples
        self._of: Mapping[str, Callable[[], Iterator[Case]]] = {
            "createIncubator": self._create_incubator,
            "updateIncubator": self._update_incubator,
            "publishIncubator": self._publish_incubator,
            "createStartup": self._create_startup,
            "updateStartup": self._update_startup,
            "publishStartup": self._publish_startup,
            "applyForStay": self._apply,
            "updateStay": self._update_stay,
            "submitStay": lambda: self._move("submitStay", "DRAFT"),
            "reviewStay": lambda: self._move("reviewStay", "SUBMITTED"),
            "acceptStay": lambda: self._move("acceptStay", "IN_REVIEW"),
            "declineStay": lambda: self._move("declineStay", "SUBMITTED"),
            "withdrawStay": lambda: self._move("withdrawStay", "DRAFT", "ACCEPTED"),
            "confirmStay": lambda: self._move("confirmStay", "ACCEPTED"),
            "cancelStay": lambda: self._move("cancelStay", "CONFIRMED"),
            "startStay": lambda: self._move("startStay", "CONFIRMED"),
            "completeStay": lambda: self._move("completeStay", "ACTIVE"),
            "submitReport": self._report,
            "submitStep": self._submit_step,
            "recheckStep": self._recheck,
            "signOffStep": self._sign,
            "waiveStep": self._waive,
            "createCalendarAddress": self._create_calendar,
            "revokeCalendarAddress": self._revoke_calendar,
            "createApiKey": self._create_key,
            "rotateApiKey": lambda: self._key("rotateApiKey", {"overlapHours": 1}),
            "revokeApiKey": lambda: self._key("revokeApiKey", {}),
            "createWebhook": self._create_webhook,
            "updateWebhook": lambda: self._webhook("updateWebhook", _WEBHOOK | {"enabled": True}),
            "rotateWebhookSecret": lambda: self._webhook(
                "rotateWebhookSecret", {"overlapHours": 1}
            ),
            "deleteWebhook": lambda: self._webhook("deleteWebhook", {}),
            "redeliverWebhook": self._redeliver,
            "inviteMember": self._invite_member,
            "inviteFounder": self._invite_founder,
            "inviteOfficer": self._invite_officer,
            "revokeInvitation": self._revoke_invitation,
            "changeMember": lambda: self._member("changeMember", {"role": "REVIEWER"}),
            "removeMember": lambda: self._member("removeMember", {}),
            "removeFounder": self._remove_founder,
            "leave": self._leave,
            "updateViewer": self._update_viewer,
            "createAccessToken": self._create_token,
            "revokeToken": self._revoke_token,
            "revokeSession": self._revoke_session,
            "setToday": self._set_today,
        }

    def of(self, mutation: str) -> list[Case]:
        assert mutation in self._of, f"The mutation {mutation} is new: add a case of it here."
        return list(self._of[mutation]())

    def _incubators(self) -> Iterator[Row]:
        for slug in ("imt-starter", "f6s-network"):
            yield self._world.one("incubators", slug=slug)

    def _startups(self) -> Iterator[Row]:
        for slug in ("havelwerk-3d", "plume-sante"):
            yield self._world.one("startups", slug=slug)

    def _stays(self, *states: str) -> Iterator[Row]:
        """Return stays in these states: those of a start-up with many, and others."""
        startup = self._world.one("startups", slug="havelwerk-3d")
        found = [row for row in self._world.all("stays") if row["state"] in states]
        own = [row for row in found if row["startup_id"] == startup["id"]]
        others = [row for row in found if row not in own]
        yield from (*own[:1], *others[:2])

    def _create_incubator(self) -> Iterator[Case]:
        given = {
            "slug": "new-house",
            "name": "New House",
            "country": "AT",
            "city": "Graz",
            "website": "https://new-house.example.org",
            "languages": ["de"],
            "publicFunding": True,
            "stayCapacity": 2,
            "projectCapacity": 20,
            "summary": [{"locale": "en", "value": "A new house."}],
        }
        yield Case("createIncubator", "create_incubator", given)

    def _update_incubator(self) -> Iterator[Case]:
        for row in self._incubators():
            given = {
                "id": encode("Incubator", row["id"]),
                "revision": row["revision"],
                "name": "Renamed",
                "city": "Moved",
                "website": "https://moved.example.org",
                "languages": ["en"],
                "publicFunding": False,
                "stayCapacity": 9,
                "projectCapacity": 90,
                "summary": [{"locale": "en", "value": "Another text."}],
            }
            yield self._case("updateIncubator", given, "incubators", row)

    def _publish_incubator(self) -> Iterator[Case]:
        for row in self._incubators():
            given = {"id": encode("Incubator", row["id"]), "published": not row["published"]}
            yield self._case("publishIncubator", given, "incubators", row)

    def _create_startup(self) -> Iterator[Case]:
        for row in self._incubators():
            given = {
                "home": encode("Incubator", row["id"]),
                "slug": "new-startup",
                "name": "New Start-up",
                "country": row["country"],
                **_FACTS,
            }
            yield self._case("createStartup", given, "incubators", row)

    def _update_startup(self) -> Iterator[Case]:
        for row in self._startups():
            given = {
                "id": encode("Startup", row["id"]),
                "revision": row["revision"],
                "name": "Renamed",
                **_FACTS,
            }
            yield self._case("updateStartup", given, "startups", row)

    def _publish_startup(self) -> Iterator[Case]:
        for row in self._startups():
            given = {"id": encode("Startup", row["id"]), "published": False}
            yield self._case("publishStartup", given, "startups", row)

    def _apply(self) -> Iterator[Case]:
        for startup in self._startups():
            host = self._world.one("incubators", slug="startup-division")
            home = self._world.rows["incubators"][startup["home_id"]]
            given = {
                "startup": encode("Startup", startup["id"]),
                "host": encode("Incubator", host["id"]),
                "arrival": "2029-03-05",
                "departure": "2029-04-01",
                **_APPLICATION,
            }
            seen = (("startups", startup), ("incubators", host), ("incubators", home))
            yield Case("applyForStay", "apply_for_stay", given, startup, seen)

    def _update_stay(self) -> Iterator[Case]:
        for row in self._stays("DRAFT", "SUBMITTED"):
            given = {
                "id": encode("Stay", row["id"]),
                "revision": row["revision"],
                "arrival": "2029-05-07",
                "departure": "2029-06-03",
                **_APPLICATION,
            }
            yield self._case("updateStay", given, "stays", row)

    def _move(self, mutation: str, *states: str) -> Iterator[Case]:
        for row in self._stays(*states):
            given = {"id": encode("Stay", row["id"]), "reason": "A reason."}
            yield self._case(mutation, given, "stays", row)

    def _report(self) -> Iterator[Case]:
        report = {_camel(name): value for name, value in REPORT.items()}
        for row in self._stays("COMPLETED"):
            given = {"id": encode("Stay", row["id"]), "report": report}
            yield self._case("submitReport", given, "stays", row)

    def _submit_step(self) -> Iterator[Case]:
        # Each form once.
        open_steps = {
            step["key"]: step
            for step in self._world.all("onboarding_steps")
            if self._stay_of(step)["state"] in _WORKED_ON
        }
        for key, step in open_steps.items():
            name = _camel(key.replace(".", "_"))
            if name not in self._examples:
                continue
            stay, answers = self._stay_of(step), self._examples[name]
            definition = self._world.rows["step_definitions"][step["definition_id"]]
            given = {"stay": encode("Stay", stay["id"]), "answers": {name: answers}}
            sides = frozenset(definition["filled_by"])
            yield Case(
                "submitStep",
                "submit_step",
                given,
                stay,
                (("stays", stay),),
                lambda actor, stay=stay, sides=sides: not _sides(actor, stay).isdisjoint(sides),  # type: ignore[misc] # bound at once
            )

    def _recheck(self) -> Iterator[Case]:
        for step in self._steps():
            given = {"step": encode("OnboardingStep", step["id"])}
            for more in ({}, {"asOf": "2026-11-23"}):
                yield self._of_step("recheckStep", {**given, **more}, step)

    def _sign(self) -> Iterator[Case]:
        waiting = [
            step
            for step in self._world.all("onboarding_steps")
            if step["state"] == "AWAITING_SIGNATURES" and self._stay_of(step)["state"] in _WORKED_ON
        ]
        for step in waiting[:2]:
            definition = self._world.rows["step_definitions"][step["definition_id"]]
            signed = [one["party"] for one in step["signatures"]]
            due = next(party for party in definition["signed_by"] if party not in signed)
            stay = self._stay_of(step)
            given = {"step": encode("OnboardingStep", step["id"]), "party": due}
            case = self._of_step("signOffStep", given, step)
            yield Case(
                case.mutation,
                case.action,
                given,
                stay,
                case.seen,
                lambda actor, stay=stay, due=due: due in _sides(actor, stay),  # type: ignore[misc] # bound at once
            )

    def _waive(self) -> Iterator[Case]:
        for step in self._steps():
            given = {"step": encode("OnboardingStep", step["id"]), "reason": "A reason."}
            yield self._of_step("waiveStep", given, step)

    def _create_calendar(self) -> Iterator[Case]:
        for row in self._stays("DRAFT", "SUBMITTED", "CONFIRMED"):
            given = {"stay": encode("Stay", row["id"]), "label": "A calendar"}
            yield self._case("createCalendarAddress", given, "stays", row)

    def _revoke_calendar(self) -> Iterator[Case]:
        for row in self._world.all("calendar_addresses")[::3]:
            given = {"id": encode("CalendarAddress", row["id"])}
            yield Case("revokeCalendarAddress", "revoke_calendar_address", given, row)

    def _create_key(self) -> Iterator[Case]:
        for row in self._incubators():
            given = {
                "incubator": encode("Incubator", row["id"]),
                "label": "A key",
                "types": ["Stay"],
                "fields": ["Stay.goals"],
                "mutations": ["submitStep"],
                "drafts": True,
                "introspection": True,
                "days": 30,
            }
            yield self._case("createApiKey", given, "incubators", row)

    def _key(self, mutation: str, more: Given) -> Iterator[Case]:
        for key in self._world.all("tokens"):
            if key["incubator_id"] is None or key["scope"] is None or key["revoked_at"]:
                continue
            incubator = self._world.rows["incubators"][key["incubator_id"]]
            seen = (("tokens", key), ("incubators", incubator))
            given = {"id": encode("ApiKey", key["id"]), **more}
            yield Case(mutation, _snake(mutation), given, incubator, seen)

    def _create_webhook(self) -> Iterator[Case]:
        for key in self._world.all("tokens"):
            if key["incubator_id"] is None or key["scope"] is None or key["revoked_at"]:
                continue
            incubator = self._world.rows["incubators"][key["incubator_id"]]
            given = {"apiKey": encode("ApiKey", key["id"]), **_WEBHOOK}
            seen = (("tokens", key), ("incubators", incubator))
            yield Case("createWebhook", "create_webhook", given, incubator, seen)

    def _webhook(self, mutation: str, more: Given) -> Iterator[Case]:
        for row in self._world.all("webhooks"):
            given = {"id": encode("Webhook", row["id"]), **more}
            yield self._case(mutation, given, "webhooks", row)

    def _redeliver(self) -> Iterator[Case]:
        for row in self._world.all("webhook_attempts"):
            webhook = self._world.rows["webhooks"][row["webhook_id"]]
            seen = (("webhook_attempts", row), ("webhooks", webhook))
            given = {"id": encode("WebhookAttempt", row["id"])}
            yield Case("redeliverWebhook", "redeliver_webhook", given, webhook, seen)

    def _invite_member(self) -> Iterator[Case]:
        for row in self._incubators():
            given = {"incubator": encode("Incubator", row["id"]), "role": "STAFF", **_GUEST}
            yield self._case("inviteMember", given, "incubators", row)

    def _invite_founder(self) -> Iterator[Case]:
        for row in self._startups():
            given = {"startup": encode("Startup", row["id"]), **_GUEST}
            yield self._case("inviteFounder", given, "startups", row)

    def _invite_officer(self) -> Iterator[Case]:
        yield Case("inviteOfficer", "invite_officer", {"role": "AUDITOR", **_GUEST})

    def _revoke_invitation(self) -> Iterator[Case]:
        for row in self._world.all("invitations"):
            given = {"id": encode("Invitation", row["id"])}
            if row["accepted_at"] is None:
                yield self._case("revokeInvitation", given, "invitations", row)

    def _member(self, mutation: str, more: Given) -> Iterator[Case]:
        for row in self._world.all("memberships"):
            # The last manager is not to be removed by managers.
            if row["incubator_id"] is not None and row["role"] != "MANAGER":
                given = {"id": encode("Membership", row["id"]), **more}
                yield self._case(mutation, given, "memberships", row)

    def _remove_founder(self) -> Iterator[Case]:
        for row in self._world.all("memberships"):
            if row["startup_id"] is not None:
                startup = self._world.rows["startups"][row["startup_id"]]
                seen = (("memberships", row), ("startups", startup))
                given = {"id": encode("Membership", row["id"])}
                yield Case("removeFounder", "remove_founder", given, startup, seen)

    def _leave(self) -> Iterator[Case]:
        for row in self._world.all("memberships"):
            yield self._case("leave", {"id": encode("Membership", row["id"])}, "memberships", row)

    def _update_viewer(self) -> Iterator[Case]:
        given = {"locale": "fr", "notifications": "AT_ONCE"}
        yield Case("updateViewer", "update_viewer", given, on_self=True)

    def _create_token(self) -> Iterator[Case]:
        given = {"label": "A token", "hours": 2}
        for row in self._world.all("persons")[:1]:
            # The askers have tokens, and tokens make no tokens.
            yield Case(
                "createAccessToken",
                "create_access_token",
                given,
                row,
                also=lambda actor: actor.session_id is not None,
            )

    def _revoke_token(self) -> Iterator[Case]:
        for row in self._world.all("tokens"):
            # Whoever revokes the token they come with does not come again.
            if row["person_id"] is not None and row["label"].startswith("spare"):
                given = {"id": encode("AccessToken", row["id"])}
                yield self._case("revokeToken", given, "tokens", row)

    def _revoke_session(self) -> Iterator[Case]:
        for row in self._world.all("sessions"):
            given = {"id": encode("Session", row["id"])}
            yield self._case("revokeSession", given, "sessions", row)

    def _set_today(self) -> Iterator[Case]:
        yield Case("setToday", "set_today", {"today": date(2026, 12, 1).isoformat()})

    def _case(self, mutation: str, given: Given, table: str, row: Row) -> Case:
        """Return a case of a mutation that is about one row, which must be seen."""
        return Case(mutation, _snake(mutation), given, row, ((table, row),))

    def _of_step(self, mutation: str, given: Given, step: Row) -> Case:
        stay = self._stay_of(step)
        seen = (("onboarding_steps", step), ("stays", stay))
        return Case(mutation, _snake(mutation), given, stay, seen)

    def _steps(self) -> Iterator[Row]:
        """Return a step of each of some stays."""
        for stay in self._stays("SUBMITTED", "ACCEPTED", "CONFIRMED"):
            steps = [
                step
                for step in self._world.all("onboarding_steps")
                if step["stay_id"] == stay["id"]
            ]
            yield steps[0]

    def _stay_of(self, step: Row) -> Row:
        return self._world.rows["stays"][step["stay_id"]]


_WORKED_ON = {"DRAFT", "SUBMITTED", "IN_REVIEW", "ACCEPTED", "CONFIRMED", "ACTIVE", "COMPLETED"}
_WEBHOOK = {
    "label": "A website",
    "address": "https://website.example.org/hook",
    "query": "query($id: ID!) { node(id: $id) { ... on Incubator { name } } }",
    "events": ["incubator.*"],
}
_GUEST = {"name": "Gus Guest", "email": "gus@example.org"}
_FACTS: Given = {
    "website": "https://startup.example.org",
    "summary": [{"locale": "en", "value": "What it does."}],
    "foundedOn": "2024-01-31",
    "nace": "62.10",
    "trl": 6,
    "stage": "MVP",
    "registrations": [{"scheme": "LEI", "value": "529900T8BM49AURSDO55"}],
}
_APPLICATION: Given = {
    "travellers": [{"name": "Tess Traveller", "nationalities": ["DE"]}],
    "goals": ["A goal"],
    "motivation": "A motivation",
}


def _sides(actor: Actor, stay: Row) -> frozenset[str]:
    """Return the sides of a stay that somebody acts for."""
    own = {
        "STARTUP": stay["startup_id"] in actor.founder_of,
        "HOME": stay["home_id"] in actor.staff_of,
        "HOST": stay["host_id"] in actor.staff_of,
    }
    return frozenset(side for side, acts in own.items() if acts or actor.is_admin)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(one.capitalize() for one in others)


def _snake(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name)
