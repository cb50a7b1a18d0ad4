"""Which rows of a list: a typed filter for each noun, over its columns and its relations."""

from collections.abc import Mapping
from typing import Any, ClassVar

import strawberry

from softlanding_schema.types.comparisons import (
    BooleanFilter,
    DateFilter,
    DateTimeFilter,
    IdFilter,
    IntFilter,
    NullableBooleanFilter,
    NullableDateFilter,
    NullableTextFilter,
    StartupStageFilter,
    StayStateFilter,
    TextFilter,
)
from softlanding_schema.types.conditions import LONGEST_BRANCH, ToMany, ToOne, Where


def _by(description: str) -> Any:
    return strawberry.field(default=None, description=description)


def _and() -> Any:
    told = f"All of these hold; at most {LONGEST_BRANCH}."
    return strawberry.field(name="and", default=None, description=told)


def _or() -> Any:
    told = f"One of these holds; of an empty list none does. At most {LONGEST_BRANCH}."
    return strawberry.field(name="or", default=None, description=told)


def _not() -> Any:
    return strawberry.field(name="not", default=None, description="This does not hold.")


@strawberry.input(description="Which incubators.")
class IncubatorWhere(Where):
    """Conditions on incubators; all hold."""

    table: ClassVar[str] = "incubators"
    type_name: ClassVar[str] = "Incubator"
    relations: ClassVar[Mapping[str, ToOne | ToMany]] = {
        "startups": ToMany("startups", "home_id"),
        "hosted_stays": ToMany("stays", "host_id"),
        "sent_stays": ToMany("stays", "home_id"),
    }

    id: IdFilter | None = _by("Global id.")
    slug: TextFilter | None = _by("Short name for addresses.")
    name: TextFilter | None = _by("Name of the incubator.")
    country: TextFilter | None = _by("ISO 3166-1 alpha-2 country code.")
    city: NullableTextFilter | None = _by("City.")
    website: NullableTextFilter | None = _by("Its address on the web.")
    public_funding: NullableBooleanFilter | None = _by("Whether public money finances it.")
    stay_capacity: IntFilter | None = _by("Desks for stays a day.")
    project_capacity: IntFilter | None = _by("Published number of projects it can take.")
    demo: BooleanFilter | None = _by("Whether it belongs to the demonstration data.")
    published: BooleanFilter | None = _by(
        "Whether everybody sees it. Holds only for incubators of which one is staff."
    )
    startups: "StartupListFilter | None" = _by("Its start-ups.")
    hosted_stays: "StayListFilter | None" = _by("Stays it receives.")
    sent_stays: "StayListFilter | None" = _by("Stays of its start-ups elsewhere.")
    and_: "list[IncubatorWhere] | None" = _and()
    or_: "list[IncubatorWhere] | None" = _or()
    not_: "IncubatorWhere | None" = _not()


@strawberry.input(description="Which start-ups.")
class StartupWhere(Where):
    """Conditions on start-ups; all hold."""

    table: ClassVar[str] = "startups"
    type_name: ClassVar[str] = "Startup"
    relations: ClassVar[Mapping[str, ToOne | ToMany]] = {
        "home": ToOne("home_id", "incubators"),
        "stays": ToMany("stays", "startup_id"),
    }

    id: IdFilter | None = _by("Global id.")
    slug: TextFilter | None = _by("Short name for addresses.")
    name: TextFilter | None = _by("Name of the start-up.")
    country: TextFilter | None = _by("ISO 3166-1 alpha-2 country code of the seat.")
    website: NullableTextFilter | None = _by("Its address on the web.")
    founded_on: NullableDateFilter | None = _by("Day of registration.")
    nace: NullableTextFilter | None = _by("Class of NACE Rev. 2.1, such as 62.10.")
    trl: IntFilter | None = _by("Technology readiness level, 1 to 9.")
    stage: StartupStageFilter | None = _by("How far it has come.")
    demo: BooleanFilter | None = _by("Whether it belongs to the demonstration data.")
    published: BooleanFilter | None = _by(
        "Whether everybody sees it. Holds only for start-ups that one founds or is home to."
    )
    home: "IncubatorWhere | None" = _by("The incubator that supports it.")
    stays: "StayListFilter | None" = _by("Its stays.")
    and_: "list[StartupWhere] | None" = _and()
    or_: "list[StartupWhere] | None" = _or()
    not_: "StartupWhere | None" = _not()


@strawberry.input(description="Which stays.")
class StayWhere(Where):
    """Conditions on stays; all hold."""

    table: ClassVar[str] = "stays"
    type_name: ClassVar[str] = "Stay"
    relations: ClassVar[Mapping[str, ToOne | ToMany]] = {
        "startup": ToOne("startup_id", "startups"),
        "home": ToOne("home_id", "incubators"),
        "host": ToOne("host_id", "incubators"),
    }

    id: IdFilter | None = _by("Global id.")
    state: StayStateFilter | None = _by("Where it stands in its lifecycle.")
    arrival: DateFilter | None = _by("First day.")
    departure: DateFilter | None = _by("Last day.")
    demo: BooleanFilter | None = _by("Whether it belongs to the demonstration data.")
    submitted_at: DateTimeFilter | None = _by(
        "When it was handed in. Holds only for stays of which one may read it."
    )
    startup: "StartupWhere | None" = _by("The start-up that travels.")
    home: "IncubatorWhere | None" = _by("The incubator it comes from.")
    host: "IncubatorWhere | None" = _by("The incubator that receives it.")
    and_: "list[StayWhere] | None" = _and()
    or_: "list[StayWhere] | None" = _or()
    not_: "StayWhere | None" = _not()


@strawberry.input(description="Which start-ups there are, among those that one sees.")
class StartupListFilter:
    """At least one, or none."""

    some: StartupWhere | None = _by("At least one is such.")
    none: StartupWhere | None = _by("None is such.")


@strawberry.input(description="Which stays there are, among those that one sees.")
class StayListFilter:
    """At least one, or none."""

    some: StayWhere | None = _by("At least one is such.")
    none: StayWhere | None = _by("None is such.")
