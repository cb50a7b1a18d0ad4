"""Who sees what: the same question asked by everybody, by every path; on both databases."""

from typing import Any

import pytest
from strawberry.utils.str_converters import to_camel_case, to_snake_case

from softlanding.access import ACTIONS, FIELDS, PUBLIC_STAY_STATES
from softlanding.domain.vocabulary import StayState
from softlanding.host.registry import Registry
from softlanding.storage.database import Transaction
from softlanding.testing.house import House
from softlanding_schema.compose import compose

APPLY = """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
  stay { id } problems { code message } } }"""


class Scene:
    """One unpublished incubator and start-up, one draft stay; and everybody who may ask."""

    def __init__(self, house: House, tokens: dict[str, str], ids: dict[str, str]) -> None:
        self.house = house
        self.tokens = tokens
        self.ids = ids

    async def as_(self, who: str, query: str, **variables: Any) -> dict[str, Any]:
        token = self.tokens.get(who)
        return await self.house.data(query, variables, token=token)

    async def put(self, table: str, columns: dict[str, Any]) -> None:
        """Change a row behind the services' back, to look at one state at a time."""
        from softlanding_schema.reads.global_ids import decode

        _, key = decode(self.ids[table])

        async def work(transaction: Transaction) -> None:
            await transaction.update(f"{table}s", key, columns)

        await self.house.core.database.transact(work)


@pytest.fixture
async def scene(seeded: House, admin: str) -> Scene:
    house = seeded
    tokens = {
        "admin": admin,
        "founder": await house.person("Fay Founder", founder_of=["polderlens"]),
        "other founder": await house.person("Otto Other", founder_of=["kanaal-robotics"]),
        "home": await house.person("Hanna Home", staff_of=["crosspring-lab"]),
        "host": await house.person("Hugo Host", staff_of=["gtec"]),
        "stranger": await house.person("Sara Stranger", staff_of=["f6s-network"]),
        "auditor": await house.person("Aude Auditor", auditor=True),
        "manager": await house.person("Mia Manager", manager_of=["gtec"]),
        "reviewer": await house.person("Rita Reviewer", reviewer_of=["gtec"]),
        "other reviewer": await house.person("Rolf Other", reviewer_of=["f6s-network"]),
    }
    from softlanding.services.tokens import create_token

    tokens["website"] = await create_token(house.core, label="site", incubator_slug="gtec")
    found = await house.data(
        '{ startup(slug: "polderlens") { id } incubator(slug: "gtec") { id } }'
    )
    ids = {"startup": found["startup"]["id"], "incubator": found["incubator"]["id"]}
    application = {
        "startup": ids["startup"],
        "host": ids["incubator"],
        "arrival": "2027-09-06",
        "departure": "2027-10-03",
        "travellers": [{"name": "Secret Traveller", "nationalities": ["NL"]}],
        "goals": ["secret goal"],
        "motivation": "secret motivation",
    }
    data = await house.data(APPLY, {"input": application}, token=tokens["founder"])
    ids["stay"] = data["applyForStay"]["stay"]["id"]
    return Scene(house, tokens, ids)


EVERYBODY = (
    "admin",
    "founder",
    "other founder",
    "home",
    "host",
    "stranger",
    "auditor",
    "manager",
    "reviewer",
    "other reviewer",
    "website",
    "anonymous",
)

PARTIES = {"admin", "auditor", "founder", "home", "host", "manager"}

# Every way to reach a stay; each must agree with the others.
PATHS = {
    "node": "query($stay: ID!) { node(id: $stay) { id } }",
    "stay": "query($stay: ID!) { stay(id: $stay) { id } }",
    "stays": "{ stays(first: 100) { nodes { id } } }",
    "filtered": '{ stays(first: 100, where: {arrival: {gte: "2027-09-06"}}) { nodes { id } } }',
    "of the startup": '{ startup(slug: "polderlens") { stays { nodes { id } } } }',
    "hosted": '{ incubator(slug: "gtec") { hostedStays { nodes { id } } } }',
    "sent": '{ incubator(slug: "crosspring-lab") { sentStays { nodes { id } } } }',
}


def ids_in(answer: Any) -> set[str]:
    if isinstance(answer, dict):
        return {value for key, value in answer.items() if key == "id"}.union(
            *(ids_in(value) for value in answer.values())
        )
    if isinstance(answer, list):
        return set().union(*(ids_in(value) for value in answer))
    return set()


async def who_sees(scene: Scene) -> set[str]:
    """Return who sees the stay; every path must give the same answer."""
    found = set()
    for who in EVERYBODY:
        seen = set()
        for path, query in PATHS.items():
            answer = await scene.as_(
                who, query, **({"stay": scene.ids["stay"]} if "$" in query else {})
            )
            if scene.ids["stay"] in ids_in(answer):
                seen.add(path)
        assert seen in (set(), set(PATHS)), (who, seen)
        if seen:
            found.add(who)
    return found


async def test_a_draft_is_seen_by_the_startup_its_home_and_the_administrator(scene: Scene) -> None:
    assert await who_sees(scene) == {"admin", "auditor", "founder", "home"}


@pytest.mark.parametrize("state", [state for state in StayState if state is not StayState.DRAFT])
async def test_a_stay_is_public_from_confirmed_on_and_not_once_cancelled(
    scene: Scene, state: StayState
) -> None:
    now = scene.house.core.clock.now()
    await scene.put("stay", {"state": str(state), "submitted_at": now})
    public = state in PUBLIC_STAY_STATES
    assert await who_sees(scene) == (set(EVERYBODY) if public else {*PARTIES, "reviewer"})


FACE = """query($stay: ID!) { stay(id: $stay) { arrival departure days state startup { name }
  home { name } host { name } travellers { name } goals motivation submittedAt revision
  report { summary } onboarding { ready steps { key } } } }"""


async def test_only_parties_read_more_than_the_public_face(scene: Scene) -> None:
    now = scene.house.core.clock.now()
    await scene.put("stay", {"state": "CONFIRMED", "submitted_at": now})
    public = {
        "arrival": "2027-09-06",
        "departure": "2027-10-03",
        "days": 28,
        "state": "CONFIRMED",
        "startup": {"name": "Polderlens"},
        "home": {"name": "Crosspring Lab"},
        "host": {"name": "GTEC"},
    }
    hidden = {to_camel_case(field): None for field in FIELDS["stays"]}
    application = {"goals", "motivation", "submittedAt"}
    for who in EVERYBODY:
        stay = (await scene.as_(who, FACE, stay=scene.ids["stay"]))["stay"]
        assert {name: stay[name] for name in public} == public, who
        read = {name for name in hidden.keys() & stay.keys() if stay[name] is not None}
        if who in PARTIES:
            assert stay["travellers"] == [{"name": "Secret Traveller"}]
            assert stay["onboarding"]["steps"] != []
        else:
            assert read == (application if who == "reviewer" else set()), who


async def test_an_unpublished_startup_hides_its_stays_from_the_public_by_every_path(
    scene: Scene,
) -> None:
    now = scene.house.core.clock.now()
    await scene.put("stay", {"state": "CONFIRMED", "submitted_at": now})
    await scene.put("startup", {"published": False})
    query = '{ startup(slug: "polderlens") { name } startups(first: 100) { nodes { slug } } }'
    for who in ("anonymous", "website", "stranger", "other founder"):
        found = await scene.as_(who, query)
        assert found["startup"] is None
        assert {"slug": "polderlens"} not in found["startups"]["nodes"]
        stays = await scene.as_(who, PATHS["stays"])
        assert scene.ids["stay"] not in ids_in(stays)
    for who in (*PARTIES, "reviewer"):
        assert (await scene.as_(who, query))["startup"] == {"name": "Polderlens"}


async def test_an_unpublished_incubator_is_seen_by_people_of_the_network_only(scene: Scene) -> None:
    await scene.put("incubator", {"published": False})
    query = """{ incubator(slug: "gtec") { name } startup(slug: "havelwerk-3d") { home { name } }
      incubators { nodes { slug startups { nodes { slug } } } } }"""
    for who in ("anonymous", "website"):
        found = await scene.as_(who, query)
        assert (found["incubator"], found["startup"]) == (None, None)
        assert "gtec" not in str(found)
    assert (await scene.as_("stranger", query))["incubator"] == {"name": "GTEC"}


async def test_steps_answers_and_verdicts_are_out_of_reach_for_others(scene: Scene) -> None:
    query = """query($stay: ID!) { stay(id: $stay) { onboarding { steps { id } } } }"""
    found = await scene.as_("founder", query, stay=scene.ids["stay"])
    step = found["stay"]["onboarding"]["steps"][0]["id"]
    node = "query($id: ID!) { node(id: $id) { id ... on OnboardingStep { key answers } } }"
    for who in ("anonymous", "website", "stranger", "other founder", "host"):
        assert await scene.as_(who, node, id=step) == {"node": None}
    for who in ("admin", "founder", "home"):
        assert (await scene.as_(who, node, id=step))["node"]["key"] == "common.agreement"


async def test_counts_and_filters_tell_nothing_about_hidden_rows(scene: Scene) -> None:
    query = '{ stays(where: {arrival: {gte: "2027-09-06"}, state: {eq: DRAFT}}) { totalCount } }'
    assert (await scene.as_("anonymous", query))["stays"] == {"totalCount": 0}
    assert (await scene.as_("host", query))["stays"] == {"totalCount": 0}
    assert (await scene.as_("founder", query))["stays"] == {"totalCount": 1}


MUTATIONS = {
    "updateStay": '{id: "%(stay)s", goals: ["x"]}',
    "submitStay": '{id: "%(stay)s"}',
    "withdrawStay": '{id: "%(stay)s"}',
    "acceptStay": '{id: "%(stay)s"}',
    "updateStartup": '{id: "%(startup)s", name: "Mine"}',
    "publishStartup": '{id: "%(startup)s", published: false}',
    "updateIncubator": '{id: "%(incubator)s", name: "Mine"}',
    "publishIncubator": '{id: "%(incubator)s", published: false}',
    "createIncubator": '{slug: "mine", name: "Mine", country: "FR"}',
    "createStartup": '{slug: "mine", name: "Mine", country: "FR", home: "%(incubator)s"}',
    "applyForStay": '{startup: "%(startup)s", host: "%(incubator)s", arrival: "2027-05-01",'
    ' departure: "2027-05-30"}',
    "setToday": '{today: "2030-01-01"}',
}


async def everything(scene: Scene) -> Any:
    tables = ("incubators", "startups", "stays", "onboarding_steps", "history", "demo_clock")
    from softlanding.predicates import EVERYTHING

    return [await scene.house.core.database.rows.select(name, EVERYTHING) for name in tables]


@pytest.mark.parametrize("who", ["anonymous", "website", "stranger", "other founder"])
async def test_nothing_is_changed_by_somebody_who_may_not(scene: Scene, who: str) -> None:
    before = await everything(scene)
    for name, arguments in MUTATIONS.items():
        mutation = (
            f"mutation {{ {name}(input: {arguments % scene.ids}) {{ problems {{ code }} }} }}"
        )
        answer = await scene.as_(who, mutation)
        (problem,) = answer[name]["problems"]
        assert problem["code"] in {"UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"}, (name, problem)
    assert await everything(scene) == before


async def test_plugins_are_shown_to_staff_and_administrators(scene: Scene) -> None:
    for who in EVERYBODY:
        answer = await scene.house.ask("{ plugins { key } }", token=scene.tokens.get(who))
        if who in {"admin", "auditor", "manager", "home", "host", "stranger"}:
            assert {"key": "common"} in answer["data"]["plugins"]
        else:
            assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_plugin_fields_are_read_by_their_audience_and_null_for_others(scene: Scene) -> None:
    """Labs are public; what the plugin knows of stays and start-ups is for staff."""
    query = """{ incubator(slug: "imt-starter") { imtStarter { labs { name } } }
      startup(slug: "havelwerk-3d") { imtStarter { smeClass }
        stays { nodes { state imtStarter { aidPosition { state } } } } } }"""
    scene.tokens["imt"] = await scene.house.person("Iris Imt", staff_of=["imt-starter"])
    scene.tokens["hagen"] = await scene.house.person("Hagen", founder_of=["havelwerk-3d"])
    readers = {"admin", "auditor", "imt", "host", "manager"}
    for who in (*EVERYBODY, "imt", "hagen"):
        found = await scene.as_(who, query)
        assert found["incubator"]["imtStarter"]["labs"] != []
        seen = (
            found["startup"]["imtStarter"] is not None,
            [stay["imtStarter"] is not None for stay in found["startup"]["stays"]["nodes"]],
        )
        allowed = who in readers
        assert seen == (allowed, [allowed]), who


def test_every_mutation_is_a_line_of_the_access_table(registry: Registry) -> None:
    mutation = compose(registry)[0]._schema.mutation_type  # noqa: SLF001 - the library offers no other way to look
    assert mutation is not None
    assert {to_snake_case(name) for name in mutation.fields} == set(ACTIONS)
