"""Everybody who asks: the one list of actors of the proofs of the walls.

Who they are is told here by slugs; as what the product lets them in is read from their tokens. The
proofs work out what an asker may with an `Actor` that is made from this list alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from tests.schema.walls.world import World

from softlanding.actors import Actor, ActorKind
from softlanding.services.tokens import create_token
from softlanding.testing.house import House


@dataclass(frozen=True, kw_only=True)
class Asker:
    """A person, by what they are a member of; a website; or, with neither, anybody."""

    name: str
    is_person: bool = True
    website_of: str | None = None
    founder_of: tuple[str, ...] = ()
    staff_of: tuple[str, ...] = ()
    manager_of: tuple[str, ...] = ()
    reviewer_of: tuple[str, ...] = ()
    admin: bool = False
    auditor: bool = False

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@example.org"

    async def enter(self, house: House) -> str | None:
        """Add the asker to a house and return a token of theirs."""
        if self.website_of is not None:
            return await create_token(house.core, label=self.name, incubator_slug=self.website_of)
        if not self.is_person:
            return None
        return await house.person(
            self.name,
            admin=self.admin,
            auditor=self.auditor,
            founder_of=self.founder_of,
            staff_of=self.staff_of,
            manager_of=self.manager_of,
            reviewer_of=self.reviewer_of,
        )

    def actor(self, world: World) -> Actor:
        """Return the asker as an actor, from what stands above."""
        if self.website_of is not None:
            return Actor(kind=ActorKind.WEBSITE, name=self.name)
        if not self.is_person:
            return Actor()

        def keys(table: str, slugs: tuple[str, ...]) -> frozenset[UUID]:
            return frozenset(world.one(table, slug=slug)["id"] for slug in slugs)

        return Actor(
            kind=ActorKind.PERSON,
            name=self.name,
            person_id=world.one("persons", email=self.email)["id"],
            founder_of=keys("startups", self.founder_of),
            staff_of=keys("incubators", (*self.staff_of, *self.manager_of)),
            manager_of=keys("incubators", self.manager_of),
            reviewer_of=keys("incubators", self.reviewer_of),
            is_admin=self.admin,
            is_auditor=self.auditor,
        )


ASKERS: Mapping[str, Asker] = {
    "anonymous": Asker(name="Anonymous", is_person=False),
    "website": Asker(name="Website", website_of="gtec"),
    "nobody": Asker(name="Nina Nobody"),
    "founder": Asker(name="Fay Founder", founder_of=("havelwerk-3d",)),
    "other founder": Asker(name="Otto Other", founder_of=("aubaine-reseau", "kanaal-robotics")),
    "home": Asker(name="Hanna Home", staff_of=("gtec",)),
    "host": Asker(name="Hugo Host", staff_of=("imt-starter",)),
    "third": Asker(name="Tara Third", staff_of=("crosspring-lab",)),
    "several": Asker(
        name="Sven Several", founder_of=("polderlens",), staff_of=("f6s-network", "gtec")
    ),
    "manager": Asker(name="Mia Manager", manager_of=("imt-starter",)),
    "reviewer": Asker(name="Rita Reviewer", reviewer_of=("imt-starter",)),
    "auditor": Asker(name="Aude Auditor", auditor=True),
    "admin": Asker(name="Ada Admin", admin=True),
}
REFERENCE = "admin"
"""Who sees everything: answers are compared with what this asker is told."""
