"""The query root."""

from typing import Annotated

import strawberry

from softlanding.access import rows
from softlanding.domain.problems import Code, Problem, Refused
from softlanding.predicates import AllOf, Equals
from softlanding.services.standing import standing_on
from softlanding.storage.tables import Row
from softlanding_schema.context import Info
from softlanding_schema.reads import lists
from softlanding_schema.reads.global_ids import decode, key_of
from softlanding_schema.reads.readings import AnyRow, OneRow, read_by
from softlanding_schema.reads.scopes import require_type
from softlanding_schema.types.connections import to_many
from softlanding_schema.types.filters import IncubatorWhere, StartupWhere, StayWhere
from softlanding_schema.types.incubators import Incubator
from softlanding_schema.types.node import Node
from softlanding_schema.types.onboarding import OnboardingStep
from softlanding_schema.types.orders import IncubatorOrder, StartupOrder, StayOrder
from softlanding_schema.types.plugins import Plugin
from softlanding_schema.types.rules import RuleSet
from softlanding_schema.types.startups import Startup
from softlanding_schema.types.stays import Stay
from softlanding_schema.types.viewer import Viewer

SlugArgument = Annotated[str, strawberry.argument(description="Short name for addresses.")]
_TABLES: dict[str, tuple[str, type[Node]]] = {
    "Incubator": ("incubators", Incubator),
    "Startup": ("startups", Startup),
    "Stay": ("stays", Stay),
}


async def _by_slug(info: Info, table: str, slug: str) -> Row | None:
    scope = rows(table, info.context.actor)
    found = await info.context.core.database.rows.select(
        table, AllOf((Equals("slug", slug), scope)), limit=1
    )
    return found[0] if found else None


async def onboarding_step(info: Info, row: Row) -> OnboardingStep:
    """Return a step as it stands among the other steps of its stay."""
    core = info.context.core
    today = core.clock.today()
    siblings = await info.context.batches.steps(row["stay_id"])
    standing = standing_on(core, siblings, today)
    stored = next(step for step in siblings if step["id"] == row["id"])
    return OnboardingStep.standing(stored, standing, today)


@strawberry.type(description="What can be read. Each answer holds what the asker may see.")
class Query:
    """The query root."""

    incubators = to_many(
        lists.INCUBATORS,
        Incubator,
        where=IncubatorWhere,
        order=IncubatorOrder,
        description="Incubators, by name.",
    )

    @strawberry.field(
        description="One incubator; null where there is none to see.",
        metadata=read_by(OneRow("Incubator", "slug")),
    )
    async def incubator(self, info: Info, slug: SlugArgument) -> Incubator | None:
        """Return it by slug."""
        row = await _by_slug(info, "incubators", slug)
        return Incubator.of(row) if row else None

    startups = to_many(
        lists.STARTUPS,
        Startup,
        where=StartupWhere,
        order=StartupOrder,
        description="Start-ups, by name.",
    )

    @strawberry.field(
        description="One start-up; null where there is none to see.",
        metadata=read_by(OneRow("Startup", "slug")),
    )
    async def startup(self, info: Info, slug: SlugArgument) -> Startup | None:
        """Return it by slug."""
        row = await _by_slug(info, "startups", slug)
        return Startup.of(row) if row else None

    stays = to_many(
        lists.STAYS,
        Stay,
        where=StayWhere,
        order=StayOrder,
        description="Stays, by arrival.",
    )

    @strawberry.field(
        description="One stay; null where there is none to see.",
        metadata=read_by(OneRow("Stay", "id")),
    )
    async def stay(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Global id of a stay.")],  # noqa: A002 - the name GraphQL clients expect
    ) -> Stay | None:
        """Return it by id."""
        row = await info.context.batches.row("stays", key_of(id, "Stay", "id"))
        return Stay.of(row) if row else None

    @strawberry.field(
        description="Any object by its global id; null where there is none to see.",
        metadata=read_by(AnyRow()),
    )
    async def node(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")],  # noqa: A002 - the name Relay prescribes
    ) -> Node | None:
        """Return it by id, in the same scope as every list."""
        type_name, key = decode(id)
        if type_name == OnboardingStep.type_name:
            require_type(info.context.actor, "onboarding_steps", ("id",))
            step = await info.context.batches.row("onboarding_steps", key)
            return await onboarding_step(info, step) if step else None
        if type_name not in _TABLES:
            raise Refused(
                Problem(
                    code=Code.INVALID,
                    message=f"There is no type {type_name[:60]!r} with ids.",
                    path=("id",),
                    hint="Ids come from earlier answers; use them as they are.",
                )
            )
        table, node_type = _TABLES[type_name]
        require_type(info.context.actor, table, ("id",))
        row = await info.context.batches.row(table, key)
        return node_type.of(row) if row else None

    @strawberry.field(description="The plugins of this network.")
    def plugins(self, info: Info) -> list[Plugin]:
        """Return all, quarantined ones too."""
        actor = info.context.actor
        if not (actor.reads_everything or actor.staff_of):
            raise Refused(
                Problem(
                    code=Code.FORBIDDEN,
                    message="Plugins are shown to staff of incubators and to administrators.",
                    hint="Send a token of a member of staff.",
                )
            )
        return [Plugin.of(plugin) for plugin in info.context.core.registry.plugins]

    @strawberry.field(
        description="The figures of the whole network, by key and version, with their sources."
    )
    async def rule_sets(
        self,
        info: Info,
        key: Annotated[
            str | None, strawberry.argument(description="One rule set; all by default.")
        ] = None,
        in_force: Annotated[
            bool, strawberry.argument(description="Only what checks use now, or old versions too.")
        ] = True,
    ) -> list[RuleSet]:
        """Return the stored rule sets."""
        wanted = [rows("rule_sets", info.context.actor)]
        wanted += [Equals("key", key)] if key is not None else []
        wanted += [Equals("in_force", True)] if in_force else []
        core = info.context.core
        found = await core.database.rows.select(
            "rule_sets", AllOf(tuple(wanted)), order=("key", "version")
        )
        return [RuleSet.of(row, core.clock.today()) for row in found]

    @strawberry.field(description="Who is asking.")
    def viewer(self, info: Info) -> Viewer:
        """Return the viewer."""
        return Viewer.of(info)
