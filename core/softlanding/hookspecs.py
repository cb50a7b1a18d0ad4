"""The contract with plugins: every hook, each with an example.

A plugin is a module named by an entry point of the group `softlanding.plugins`; the entry
point's name is the plugin's key. It implements the hooks it needs with `hookimpl`. A hook is
a declaration: it is called once at start, takes nothing and returns frozen dataclasses. What
runs later (a check, a loader) is an async function inside such a dataclass.

A plugin may name the contract it was written for: `CONTRACT = 1`.
"""

from collections.abc import Iterable

import pluggy
from pydantic_settings import BaseSettings

from softlanding.contract.channels import Channel
from softlanding.contract.events import Subscriber
from softlanding.contract.graphql import GraphQLPart
from softlanding.contract.personal_data import PersonalData
from softlanding.contract.rules import RuleSet
from softlanding.contract.steps import Step

CONTRACT = 1
GROUP = "softlanding.plugins"

hookspec = pluggy.HookspecMarker("softlanding")
hookimpl = pluggy.HookimplMarker("softlanding")


@hookspec
def steps() -> Iterable[Step]:  # type: ignore[empty-body] # a specification has no body
    """Declare the onboarding steps of the plugin.

    ```python
    from softlanding import Party, Severity, Step, hookimpl


    @hookimpl
    def steps():
        return [
            Step(
                key="example.house_rules",
                title={"en": "House rules"},
                help={"en": "Read the house rules and sign them."},
                filled_by=frozenset({Party.STARTUP}),
                signed_by=(Party.STARTUP,),
                due=-7,
                severity=Severity.BLOCK,
            )
        ]
    ```
    """


@hookspec
def rules() -> Iterable[RuleSet]:  # type: ignore[empty-body] # a specification has no body
    """Declare the rule sets of the plugin: versioned figures with their sources.

    ```python
    from datetime import date
    from decimal import Decimal

    from softlanding import Figure, RuleSet, hookimpl


    @hookimpl
    def rules():
        return [
            RuleSet(
                key="example.insurance",
                version="2026-11-22",
                title="Liability insurance of guests",
                figures=(
                    Figure(
                        name="minimum_cover",
                        value=Decimal(30000),
                        unit="EUR",
                        valid_from=date(2026, 1, 1),
                        source="House rules, section 3",
                        checked_on=date(2026, 11, 22),
                    ),
                ),
            )
        ]
    ```

    `RuleSet.all_in("softlanding_example")` reads the same from TOML files in the package's folder
    `rules`.
    """


@hookspec
def graphql() -> GraphQLPart:  # type: ignore[empty-body] # a specification has no body
    """Declare what the plugin adds to the types Incubator, Startup and Stay.

    ```python
    import strawberry

    from softlanding import Audience, GraphQLField, GraphQLPart, hookimpl


    @strawberry.type(description="What the example plugin knows about a stay.")
    class ExampleStay:
        nights: int = strawberry.field(description="Nights between arrival and departure.")


    async def load(stays, ctx):
        return [ExampleStay(nights=stay.days - 1) for stay in stays]


    @hookimpl
    def graphql():
        return GraphQLPart(
            fields=(
                GraphQLField(
                    target="Stay",
                    type=ExampleStay,
                    load=load,
                    description="Figures of the example plugin.",
                    audience=Audience.PUBLIC,
                ),
            )
        )
    ```
    """


@hookspec
def settings() -> type[BaseSettings]:  # type: ignore[empty-body] # a specification has no body
    """Declare the settings of the plugin, read from the environment and validated at start.

    A secret may lie in a file instead, which `SOFTLANDING_EXAMPLE_SECRET_FILE` names.

    ```python
    from pydantic_settings import SettingsConfigDict

    from softlanding import PluginSettings, hookimpl


    class ExampleSettings(PluginSettings):
        model_config = SettingsConfigDict(env_prefix="SOFTLANDING_EXAMPLE_")

        desk_block: int = 4


    @hookimpl
    def settings():
        return ExampleSettings
    ```
    """


@hookspec
def personal_data() -> PersonalData:  # type: ignore[empty-body] # a specification has no body
    """Declare where the plugin keeps data of persons, so that it can be exported and erased.

    ```python
    from softlanding import PersonalData, PersonalFields, hookimpl


    async def export(subject, ctx):
        return {"badges": []}


    async def erase(subject, ctx):
        return {"badges": 0}


    @hookimpl
    def personal_data():
        return PersonalData(
            records=(PersonalFields(of="badge", names=("holder",)),),
            export=export,
            erase=erase,
        )
    ```

    Answers are declared by the key of their step:
    `PersonalFields(of="example.badges", names=("badges[].holder",))`. A plugin that keeps nothing
    beside answers and records needs neither `export` nor `erase`.
    """


@hookspec
def subscribers() -> Iterable[Subscriber]:  # type: ignore[empty-body] # a specification has no body
    """Declare who reacts to what has happened.

    ```python
    from softlanding import Subscriber, hookimpl


    async def order(delivery, ctx):
        ctx.log.info("a stay is confirmed", stay=delivery.event.object_id)


    @hookimpl
    def subscribers():
        return [Subscriber(key="example.lunch", events=("stay.confirmed",), handle=order)]
    ```

    It is called after the change was committed, at least once, and again where it raises; so it
    recognises by `delivery.id` what it has done already. Names of events are `stay.created`,
    `stay.changed`, `stay.` with each state in small letters, `step.` with each state,
    `incubator.`, `startup.`, `membership.` and `invitation.` with `created`, `changed`, `deleted`,
    and more; `softlanding.storage.events` has them all.
    """


@hookspec
def channels() -> Iterable[Channel]:  # type: ignore[empty-body] # a specification has no body
    """Declare ways on which messages reach people and incubators.

    ```python
    from softlanding import Channel, hookimpl


    def reaches(addressee, ctx):
        return addressee.kind == "INCUBATOR" and addressee.address in ctx.settings.pagers


    async def send(message, ctx):
        ctx.log.info("paged", incubator=message.to.address, subject=message.subject)


    @hookimpl
    def channels():
        return [Channel(key="example.pager", reaches=reaches, send=send)]
    ```
    """
