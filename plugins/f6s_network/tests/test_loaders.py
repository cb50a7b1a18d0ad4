from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from softlanding import AnsweredStep, Fact, Money, StaySnapshot, Step, StepState, Verdict
from softlanding.testing.checks import MemoryReader, plugin_context
from softlanding_f6s_network import plugin
from softlanding_f6s_network.data_transfer.basis import TransferBasis
from softlanding_f6s_network.startup_loader import load_startups
from softlanding_f6s_network.stay_loader import load_stays
from softlanding_f6s_network.types import (
    AuthorisationKind,
    F6sNetworkCascadeCall,
    F6sNetworkDataTransfer,
    F6sNetworkPlannedActivity,
    F6sNetworkStartup,
    F6sNetworkStay,
    F6sNetworkSubsidyPosition,
    F6sNetworkTravelAuthorisation,
    F6sNetworkTraveller,
    SubsidyRegime,
)
from softlanding_f6s_network.visitor_activities.form import ActivityCode

Check = Callable[..., Awaitable[Verdict]]
Answers = Callable[..., dict[str, Any]]
Answered = Callable[..., Awaitable[AnsweredStep]]
TODAY = date(2026, 11, 22)
STEPS: dict[str, Step] = {step.key: step for step in plugin.steps()}
EMPTY = F6sNetworkStay(
    travellers=None, planned_activities=None, data_transfers=None, cascade_call=None
)


def context(read: MemoryReader, today: date = TODAY) -> Any:
    return plugin_context(plugin, today=today, read=read)


@pytest.fixture
def answered(check: Check, answers: Answers, stay: StaySnapshot) -> Answered:
    """Return `answered(name, stay_id=…, **changes)`: a step as the core keeps it."""

    async def kept(name: str, *, stay_id: UUID = stay.id, **changes: Any) -> AnsweredStep:
        given = answers(name, **changes)
        verdict = await check(name, given)
        form = STEPS[f"f6s_network.{name}"].form
        assert form is not None
        return AnsweredStep(
            stay_id=stay_id,
            key=f"f6s_network.{name}",
            state=StepState.DONE,
            answers=form.model_validate(given),
            outcome=verdict.outcome,
            # Stored values are texts.
            facts=tuple(
                Fact(
                    name=fact.name,
                    value=None if fact.value is None else str(fact.value),
                    unit=fact.unit,
                )
                for fact in verdict.facts
            ),
        )

    return kept


async def test_one_stay_or_three_are_read_in_one_call(stay: StaySnapshot) -> None:
    elsewhere = replace(stay, id=UUID(int=9), host=replace(stay.host, country="DE"))
    second = replace(stay, id=UUID(int=8))
    for stays, found in (
        ([stay], [EMPTY]),
        ([stay, elsewhere, second], [EMPTY, None, EMPTY]),
    ):
        read = MemoryReader()
        assert await load_stays(stays, context(read)) == found
        assert read.calls == ["steps"]


async def test_no_call_is_made_for_stays_elsewhere(stay: StaySnapshot) -> None:
    read = MemoryReader()
    elsewhere = replace(stay, host=replace(stay.host, country="DE"))
    assert await load_stays([elsewhere], context(read)) == [None]
    assert read.calls == []


async def test_a_stay_shows_travellers_activities_data_and_sub_grant(
    stay: StaySnapshot, answered: Answered
) -> None:
    steps = [
        await answered(name)
        for name in ("border", "visitor_activities", "data_transfer", "cascade")
    ]
    assert await load_stays([stay], context(MemoryReader(answered=steps))) == [
        F6sNetworkStay(
            travellers=[
                F6sNetworkTraveller(
                    name="Paul Demo",
                    travel_authorisations=[
                        F6sNetworkTravelAuthorisation(
                            kind=AuthorisationKind.ETA, valid_to=date(2028, 11, 12)
                        )
                    ],
                )
            ],
            planned_activities=[
                F6sNetworkPlannedActivity(
                    code=ActivityCode.MEETING, allowed=True, reason="Allowed for visitors."
                ),
                F6sNetworkPlannedActivity(
                    code=ActivityCode.REMOTE_OWN_WORK,
                    allowed=True,
                    reason="Allowed as long as it is not the main purpose of the visit.",
                ),
            ],
            data_transfers=[
                F6sNetworkDataTransfer(basis=TransferBasis.ADEQUACY, valid_until=date(2031, 12, 27))
            ],
            cascade_call=F6sNetworkCascadeCall(
                call_id="DEMO-OC-1",
                requested=Money(amount=Decimal("50000.00")),
                maximum=Money(amount=Decimal("60000.00")),
                total_maximum=None,
                prior_from_same_project=Money(amount=Decimal(0)),
                ready=True,
                records_until=date(2033, 12, 31),
            ),
        )
    ]


async def test_travellers_without_an_eta_in_hand_have_no_authorisation(
    stay: StaySnapshot, answered: Answered
) -> None:
    def one(name: str, nationality: str, **more: Any) -> dict[str, Any]:
        return {"name": name, "nationalities": [nationality], **more}

    border = await answered(
        "border",
        travellers=[
            one("British", "GB"),
            one("Waiting", "FR", eta_applied_on="2026-11-20"),
            one("Announced", "FR", eta_granted_on="2026-11-23", passport_expiry="2030-01-01"),
            one("No passport day", "FR", eta_granted_on="2026-11-20"),
            one("Undecided", "IN", eta_granted_on="2026-11-20"),
        ],
    )
    (found,) = await load_stays([stay], context(MemoryReader(answered=[border])))
    assert found is not None
    assert found.travellers is not None
    assert {
        each.name: [(has.kind, has.valid_to) for has in each.travel_authorisations]
        for each in found.travellers
    } == {
        "British": [(AuthorisationKind.NOT_NEEDED, None)],
        "Waiting": [],
        "Announced": [],
        "No passport day": [(AuthorisationKind.ETA, None)],
        "Undecided": [],
    }


async def test_before_the_rule_an_eta_has_no_end(stay: StaySnapshot, answered: Answered) -> None:
    read = MemoryReader(answered=[await answered("border")])
    (found,) = await load_stays([stay], context(read, date(2025, 4, 1)))
    assert found is not None
    assert found.travellers is not None
    assert found.travellers[0].travel_authorisations == []


async def test_what_is_refused_is_shown_as_refused(stay: StaySnapshot, answered: Answered) -> None:
    steps = [
        await answered(
            "visitor_activities",
            activities=[
                {"code": "EMPLOYMENT", "text": "Serving tea", "payer": "NOBODY", "hours": "1"}
            ],
        ),
        await answered("data_transfer", categories=["HEALTH"]),
        await answered("cascade", bank_kyc=False),
    ]
    (found,) = await load_stays([stay], context(MemoryReader(answered=steps)))
    assert found is not None
    assert found.planned_activities == [
        F6sNetworkPlannedActivity(
            code=ActivityCode.EMPLOYMENT,
            allowed=False,
            reason="'Serving tea' is work for a UK organisation; a visitor may not.",
        )
    ]
    assert found.data_transfers == [F6sNetworkDataTransfer(basis=None, valid_until=None)]
    assert found.cascade_call is not None
    assert found.cascade_call.ready is False


async def test_a_start_up_shows_what_its_latest_stays_tell(
    stay: StaySnapshot, answered: Answered
) -> None:
    later = replace(stay, id=UUID(int=8), arrival=date(2027, 9, 1), departure=date(2027, 9, 28))
    elsewhere = replace(stay, id=UUID(int=9), host=replace(stay.host, country="DE"))
    grant = {
        "authority": "Example Council",
        "amount": {"amount": "12000", "currency": "GBP"},
        "given_on": "2025-06-02",
        "kind": "MFA",
    }
    read = MemoryReader(
        stays=[stay, elsewhere, later],
        answered=[
            await answered("f6s_profile"),
            await answered("mfa", grants=[grant]),
            await answered(
                "f6s_profile", stay_id=later.id, f6s_url="https://www.f6s.com/plume-sante-2"
            ),
        ],
    )
    other = replace(stay.startup, id=UUID(int=99))
    assert await load_startups([other, stay.startup], context(read)) == [
        None,
        F6sNetworkStartup(
            f6s_url="https://www.f6s.com/plume-sante-2",
            subsidy_position=F6sNetworkSubsidyPosition(
                regime=SubsidyRegime.UK_MFA,
                used=Money(amount=Decimal("12000.00"), currency="GBP"),
                ceiling=Money(amount=Decimal("315000.00"), currency="GBP"),
                headroom=Money(amount=Decimal("303000.00"), currency="GBP"),
                window_start=date(2024, 4, 1),
            ),
        ),
    ]
    assert read.calls == ["stays_of", "steps"]


async def test_a_start_up_without_answers_shows_nothing(stay: StaySnapshot) -> None:
    read = MemoryReader(stays=[stay])
    assert await load_startups([stay.startup], context(read)) == [
        F6sNetworkStartup(f6s_url=None, subsidy_position=None)
    ]
    assert read.calls == ["stays_of", "steps"]


async def test_a_start_up_without_a_stay_in_the_uk_is_null(stay: StaySnapshot) -> None:
    elsewhere = replace(stay, host=replace(stay.host, country="DE"))
    read = MemoryReader(stays=[elsewhere])
    assert await load_startups([stay.startup], context(read)) == [None]
    assert read.calls == ["stays_of"]
