"""What F6S Network adds to the schema: output types, each name begins with `F6sNetwork`."""

from datetime import date

import strawberry

from softlanding import Described, Money
from softlanding_f6s_network.data_transfer.basis import TransferBasis
from softlanding_f6s_network.visitor_activities.form import ActivityCode


class AuthorisationKind(Described):
    """What lets a traveller into the United Kingdom."""

    ETA = "ETA", "An electronic travel authorisation that was granted."
    NOT_NEEDED = "NOT_NEEDED", "A nationality or a status that needs no authorisation."


class SubsidyRegime(Described):
    """The rules that limit public money."""

    UK_MFA = "UK_MFA", "Minimal financial assistance, Subsidy Control Act 2022."


@strawberry.type(description="What lets a traveller into the United Kingdom.")
class F6sNetworkTravelAuthorisation:
    """What lets a traveller in."""

    kind: AuthorisationKind = strawberry.field(description="Its kind.")
    valid_to: date | None = strawberry.field(description="Its last day; null when it has none.")


@strawberry.type(description="A traveller, and what lets this person into the United Kingdom.")
class F6sNetworkTraveller:
    """A traveller with travel authorisations."""

    name: str = strawberry.field(description="The name.")
    travel_authorisations: list[F6sNetworkTravelAuthorisation] = strawberry.field(
        description="What is in hand; none when nothing is granted or a person must decide."
    )


@strawberry.type(description="A planned activity, and whether a visitor may do it.")
class F6sNetworkPlannedActivity:
    """A planned activity."""

    code: ActivityCode = strawberry.field(description="What kind of activity it is.")
    allowed: bool = strawberry.field(description="May a visitor do it?")
    reason: str = strawberry.field(description="Why, in English.")


@strawberry.type(description="What a transfer of personal data rests on.")
class F6sNetworkDataTransfer:
    """A transfer of personal data."""

    basis: TransferBasis | None = strawberry.field(
        description="What it rests on; null as long as nothing does."
    )
    valid_until: date | None = strawberry.field(
        description="Last day of the basis; null when it has none."
    )


@strawberry.type(description="A sub-grant of an open call, as it was last checked.")
class F6sNetworkCascadeCall:
    """A sub-grant of an open call."""

    call_id: str = strawberry.field(description="The open call.")
    requested: Money = strawberry.field(description="What is asked for.")
    maximum: Money | None = strawberry.field(description="The most that the call pays.")
    total_maximum: Money | None = strawberry.field(
        description="The most that the project pays in all; null when it is not known."
    )
    prior_from_same_project: Money = strawberry.field(
        description="What the same project has paid or promised before."
    )
    ready: bool = strawberry.field(description="Did the check find the start-up ready?")
    records_until: date | None = strawberry.field(
        description="Until when records are kept: the end of the project and five years."
    )


@strawberry.type(description="What F6S Network knows about a stay in the United Kingdom.")
class F6sNetworkStay:
    """What F6S Network knows about a stay."""

    travellers: list[F6sNetworkTraveller] | None = strawberry.field(
        description="The travellers as the step on the border names them; null until it does."
    )
    planned_activities: list[F6sNetworkPlannedActivity] | None = strawberry.field(
        description="What is planned; null until it is noted."
    )
    data_transfers: list[F6sNetworkDataTransfer] | None = strawberry.field(
        description="Transfers of personal data; null until one is noted."
    )
    cascade_call: F6sNetworkCascadeCall | None = strawberry.field(
        description="The sub-grant; null when there is none."
    )


@strawberry.type(description="Where a start-up stands with public money of the United Kingdom.")
class F6sNetworkSubsidyPosition:
    """Where a start-up stands."""

    regime: SubsidyRegime = strawberry.field(description="The rules that limit it.")
    used: Money = strawberry.field(description="Given since `windowStart`, without the stay.")
    ceiling: Money = strawberry.field(description="The ceiling.")
    headroom: Money = strawberry.field(description="Ceiling less `used`, never below 0.")
    window_start: date = strawberry.field(
        description="First day that counts: 1 April two financial years before."
    )


@strawberry.type(description="What F6S Network knows about a start-up from its stays there.")
class F6sNetworkStartup:
    """What F6S Network knows about a start-up."""

    f6s_url: str | None = strawberry.field(description="Address of its profile on F6S.")
    subsidy_position: F6sNetworkSubsidyPosition | None = strawberry.field(
        description="As last declared; null until it is."
    )
