"""What waits for which side of a stay: the next move of its life, and steps."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from softlanding.contract.catalogues import Catalogue
from softlanding.domain.onboarding import next_signer
from softlanding.domain.texts import Text
from softlanding.domain.vocabulary import Party, StayState, StepState
from softlanding.services.core import Core
from softlanding.services.standing import standing_on
from softlanding.storage.tables import Row

told = Catalogue("softlanding")

_S = StayState
_SENDERS = frozenset({Party.STARTUP, Party.HOME})
_HOST = frozenset({Party.HOST})
_ONBOARDING = frozenset({_S.ACCEPTED, _S.CONFIRMED, _S.ACTIVE, _S.COMPLETED})
"""States in which steps are waited for: before, the host has not said yes."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits for sides of a stay: what, and until when; the step, where it is one."""

    parties: frozenset[Party]
    text: Text
    due: Text | None = None
    step_id: object = None


def waiting_at(
    core: Core, stay: Mapping[str, Any], steps: Collection[Row], *, parties: Collection[Party]
) -> list[Waiting]:
    """Return what of a stay waits for one of these sides, the move of the stay first."""
    today = core.clock.today()
    standing = standing_on(core, steps, today)
    found = [*_moves(stay, ready=standing.ready, today=today)]
    if StayState(stay["state"]) in _ONBOARDING:
        for step in steps:
            found += _step(step, standing.states[step["key"]].state, today)
    return [one for one in found if not one.parties.isdisjoint(parties)]


def _moves(stay: Mapping[str, Any], *, ready: bool, today: date) -> Iterator[Waiting]:
    state = StayState(stay["state"])
    if state is _S.DRAFT and today <= stay["arrival"]:
        yield Waiting(parties=_SENDERS, text=told("The application waits to be submitted."))
    elif state is _S.SUBMITTED:
        yield Waiting(parties=_HOST, text=told("The application waits to be reviewed."))
    elif state is _S.IN_REVIEW:
        yield Waiting(parties=_HOST, text=told("The application waits to be accepted or declined."))
    elif state is _S.ACCEPTED and ready:
        yield Waiting(
            parties=_HOST,
            text=told("The stay waits to be confirmed: every blocking step is passed or waived."),
        )
    elif state is _S.CONFIRMED and stay["arrival"] <= today:
        text = told("The stay waits to be started: the arrival is {day}.", day=stay["arrival"])
        yield Waiting(parties=_HOST, text=text)
    elif state is _S.ACTIVE and stay["departure"] <= today:
        text = told(
            "The stay waits to be completed: the departure is {day}.", day=stay["departure"]
        )
        yield Waiting(parties=_HOST, text=text)
    elif state is _S.COMPLETED:
        yield Waiting(parties=_SENDERS, text=told("The outcome report waits to be handed in."))


def _step(step: Row, state: StepState, today: date) -> Iterator[Waiting]:
    definition = step["definition"]
    fill = frozenset(Party(party) for party in definition["filled_by"])
    title = definition["title"]
    if state is StepState.OPEN:
        parties, text = fill, told("{step}: to be answered.", step=title)
    elif state is StepState.FAILED:
        parties, text = fill, told("{step}: the check failed; to be answered anew.", step=title)
    elif state is StepState.NEEDS_REVIEW:
        parties, text = _HOST, told("{step}: a person must decide.", step=title)
    elif state is StepState.AWAITING_SIGNATURES:
        signer = next_signer(
            [Party(party) for party in definition["signed_by"]],
            [Party(signature["party"]) for signature in step["signatures"]],
        )
        parties = frozenset({signer} if signer else ())
        text = told("{step}: to be signed.", step=title)
    else:
        return
    day = step["due_on"]
    due = told("Was due on {day}.", day=day) if day < today else told("Due on {day}.", day=day)
    yield Waiting(parties=parties, text=text, due=due, step_id=step["id"])
