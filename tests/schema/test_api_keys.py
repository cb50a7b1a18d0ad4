"""Keys of incubators: what they reach, who has them, how they end; on both databases."""

from datetime import timedelta
from typing import Any

import pytest

from softlanding.predicates import EVERYTHING
from softlanding.services.api_keys import MOST_KEYS
from softlanding.testing.house import House, open_house

CREATE = """mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  secret apiKey { id label prefix types fields mutations drafts introspection createdBy }
  problems { code message path } } }"""
ROTATE = """mutation($input: RotateApiKeyInput!) { rotateApiKey(input: $input) {
  secret apiKey { id } problems { code message path } } }"""
REVOKE = """mutation($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) {
  apiKey { revokedAt } problems { code message path } } }"""
KEYS = """{ incubator(slug: "gtec") { apiKeys {
  id label drafts expiresAt revokedAt lastUsedAt replacedBy } } }"""
NAMES = "{ startups(first: 100) { nodes { slug } } }"


class Desk:
    """A manager of GTEC with what they work on."""

    def __init__(self, house: House, manager: str, gtec: str) -> None:
        self.house = house
        self.manager = manager
        self.gtec = gtec

    async def answer(self, mutation: str, token: str | None = None, **given: Any) -> Any:
        data = await self.house.data(mutation, {"input": given}, token=token or self.manager)
        return next(iter(data.values()))

    async def key(self, **given: Any) -> str:
        answer = await self.answer(CREATE, incubator=self.gtec, label="website", **given)
        assert answer["problems"] == []
        return str(answer["secret"])

    async def keys(self) -> Any:
        return (await self.house.data(KEYS, token=self.manager))["incubator"]["apiKeys"]

    async def stored(self) -> list[Any]:
        return await self.house.core.database.rows.select("tokens", EVERYTHING, order=("id",))


@pytest.fixture
async def desk(seeded: House) -> Desk:
    manager = await seeded.person("Mia Manager", manager_of=["gtec"])
    found = await seeded.data('{ incubator(slug: "gtec") { id } }')
    return Desk(seeded, manager, found["incubator"]["id"])


async def refused(house: House, query: str, key: str, **variables: Any) -> Any:
    """Return why an operation is refused, as code and message."""
    answer = await house.ask(query, variables, token=key)
    assert answer.get("data") is None, answer
    (error,) = answer["errors"]
    return error["extensions"]["code"], error["message"]


def beyond(what: str) -> tuple[str, str]:
    return "FORBIDDEN", f"{what} lies beyond the scope of this key."


async def test_a_manager_makes_a_key_whose_secret_is_told_once(desk: Desk) -> None:
    answer = await desk.answer(
        CREATE,
        incubator=desk.gtec,
        label="gtec.example",
        fields=["Stay.goals"],
        mutations=["applyForStay"],
        drafts=True,
    )
    secret, made = answer["secret"], answer["apiKey"]
    assert secret.startswith("slk_")
    assert len(secret) > 40
    assert {name: value for name, value in made.items() if name != "id"} == {
        "label": "gtec.example",
        "prefix": secret[:12],
        "types": ["Incubator", "Startup", "Stay"],
        "fields": ["Stay.goals"],
        "mutations": ["applyForStay"],
        "drafts": True,
        "introspection": False,
        "createdBy": "Mia Manager",
    }
    assert secret not in str(await desk.stored())


async def test_without_drafts_a_key_sees_what_everybody_sees(desk: Desk) -> None:
    await unpublish(desk, "startups", "havelwerk-3d")
    key = await desk.key()
    public = await desk.house.data(NAMES)
    assert {"slug": "havelwerk-3d"} not in public["startups"]["nodes"]
    assert await desk.house.data(NAMES, token=key) == public
    staff = await desk.house.person("Stan Staff", staff_of=["gtec"])
    key = await desk.key(drafts=True)
    assert await desk.house.data(NAMES, token=key) == await desk.house.data(NAMES, token=staff)


async def unpublish(desk: Desk, table: str, slug: str) -> None:
    row = await desk.house.core.database.rows.by_slug(table, slug)
    assert row is not None

    async def work(transaction: Any) -> None:
        await transaction.update(table, row["id"], {"published": False})

    await desk.house.core.database.transact(work)


async def test_fields_that_are_not_for_everybody_must_be_named(desk: Desk) -> None:
    key = await desk.key(drafts=True)
    goals = "{ stays(first: 3) { nodes { id goals } } }"
    assert await refused(desk.house, goals, key) == beyond("Stay.goals")
    named = await desk.key(drafts=True, fields=["Stay.goals"])
    staff = await desk.house.person("Stan Staff", staff_of=["gtec"])
    assert await desk.house.data(goals, token=named) == await desk.house.data(goals, token=staff)
    steps = "{ stays(first: 3) { nodes { onboarding { steps { key } } } } }"
    assert await refused(desk.house, steps, named) == beyond("Stay.onboarding")
    only = await desk.key(drafts=True, fields=["Stay.onboarding"])
    assert await refused(desk.house, steps, only) == beyond("OnboardingStep")
    both = await desk.key(drafts=True, fields=["Stay.onboarding"], types=["Stay", "OnboardingStep"])
    assert (await desk.house.data(steps, token=both))["stays"]["nodes"] != []


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("{ startups { nodes { name } } }", "Startup"),
        ("{ startups { totalCount } }", "Startup"),
        ('{ startup(slug: "polderlens") { id } }', "Startup"),
        ("{ stays { nodes { startup { id } } } }", "Stay"),
        ("{ incubators { nodes { startups { totalCount } } } }", "Incubator.startups"),
        ("{ incubators { nodes { city } } }", "Incubator.city"),
        ("{ incubators { nodes { ...on Incubator { city } } } }", "Incubator.city"),
        (
            "{ incubators { ...A } } fragment A on IncubatorConnection { nodes { ...B } } "
            "fragment B on Incubator { city }",
            "Incubator.city",
        ),
        ('{ node(id: "SW5jdWJhdG9yOng=") { ... on Incubator { city } } }', "Incubator.city"),
        ("{ plugins { key } }", "Query.plugins"),
        ("{ viewer { staffOf { city } } }", "Incubator.city"),
        ("{ incubators { nodes { imtStarter { __typename } } } }", "Incubator.imtStarter"),
    ],
)
async def test_what_lies_beyond_types_and_fields_is_an_error_by_every_path(
    desk: Desk, query: str, what: str
) -> None:
    key = await desk.key(drafts=True, types=[], fields=["Incubator.name", "Incubator.slug"])
    assert await desk.house.data("{ incubators { nodes { slug } } }", token=key)
    assert await refused(desk.house, query, key) == beyond(what)


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        ('where: {city: {eq: "Berlin"}}', "Incubator.city"),
        ('where: {or: [{city: {eq: "Berlin"}}]}', "Incubator.city"),
        ('where: {not: {city: {eq: "Berlin"}}}', "Incubator.city"),
        ("where: {startups: {some: {}}}", "Incubator.startups"),
        ("where: {published: {eq: true}}", "Incubator.published"),
        ("orderBy: [{field: COUNTRY}]", "Incubator.country"),
    ],
)
async def test_filters_and_orders_tell_nothing_beyond_the_scope(
    desk: Desk, arguments: str, what: str
) -> None:
    key = await desk.key(drafts=True, types=[], fields=["Incubator.name", "Incubator.slug"])
    query = f"{{ incubators({arguments}) {{ nodes {{ slug }} }} }}"
    assert await refused(desk.house, query, key) == beyond(what)


async def test_a_list_in_an_order_that_a_key_may_not_read_is_refused_for_its_cursors(
    desk: Desk,
) -> None:
    key = await desk.key(types=[], fields=["Incubator.slug"])
    query = "{ incubators { pageInfo { endCursor } nodes { slug } } }"
    assert await refused(desk.house, query, key) == beyond("Incubator.name")
    ordered = query.replace("incubators", "incubators(orderBy: [{field: SLUG}])")
    assert (await desk.house.data(ordered, token=key))["incubators"]["nodes"] != []


async def test_a_plan_of_one_key_answers_no_other(desk: Desk) -> None:
    query = """query($where: IncubatorWhere) { incubators(where: $where) { nodes { slug } } }"""
    where = {"city": {"eq": "Paris"}}
    wide = await desk.key()
    narrow = await desk.key(types=[], fields=["Incubator.name", "Incubator.slug"])
    for _ in range(2):
        assert await desk.house.data(query, {"where": where}, token=wide)
        assert await refused(desk.house, query, narrow, where=where) == beyond("Incubator.city")


APPLY = """mutation($input: ApplyForStayInput!) { applyForStay(input: $input) {
  stay { id } problems { code message } } }"""
ACCEPT = """mutation($input: MoveStayInput!) { acceptStay(input: $input) {
  stay { id } problems { code } } }"""


async def test_a_key_sends_the_mutations_of_its_scope_and_no_others(desk: Desk) -> None:
    found = await desk.house.data(
        '{ startup(slug: "havelwerk-3d") { id } host: incubator(slug: "imt-starter") { id } }'
    )
    application = {
        "startup": found["startup"]["id"],
        "host": found["host"]["id"],
        "arrival": "2027-09-06",
        "departure": "2027-10-03",
    }
    key = await desk.key(drafts=True, mutations=["applyForStay"])
    answer = await desk.answer(APPLY, key, **application)
    assert answer["problems"] == []
    assert await refused(desk.house, ACCEPT, key, input={"id": answer["stay"]["id"]}) == beyond(
        "Mutation.acceptStay"
    )
    foreign = await desk.house.data('{ startup(slug: "polderlens") { id } }')
    answer = await desk.answer(APPLY, key, **{**application, "startup": foreign["startup"]["id"]})
    assert answer == {
        "stay": None,
        "problems": [
            {
                "code": "FORBIDDEN",
                "message": "Only founders of the start-up and staff of its home may apply for it.",
            }
        ],
    }
    reader = await desk.key(drafts=True)
    assert await refused(desk.house, APPLY, reader, input=application) == beyond(
        "Mutation.applyForStay"
    )


@pytest.mark.parametrize(
    ("asked", "path", "message"),
    [
        ({"types": ["Person"]}, ["types", "0"], "Person is no type of rows."),
        ({"fields": ["Stay.secret"]}, ["fields", "0"], "The schema has no field Stay.secret."),
        ({"fields": ["goals"]}, ["fields", "0"], "The schema has no field goals."),
        *(
            ({"fields": [name]}, ["fields", "0"], f"{name} is no field that a key may be given.")
            for name in ("Mutation.createApiKey", "Person.email", "Query.stays")
        ),
        (
            {"fields": ["Incubator.apiKeys"]},
            ["fields", "0"],
            "Incubator.apiKeys is not for the staff of an incubator, so no key may have it.",
        ),
        *(
            (
                {"mutations": [name], "drafts": True},
                ["mutations", "0"],
                f"{name} is nothing that a key may be given.",
            )
            for name in ("createIncubator", "createApiKey", "signOffStep", "waiveStep", "nonsense")
        ),
        (
            {"mutations": ["applyForStay"]},
            ["drafts"],
            "A key that sends mutations must see what it changes.",
        ),
    ],
)
async def test_a_key_that_asks_for_more_than_its_owner_is_refused(
    desk: Desk, asked: dict[str, Any], path: list[str], message: str
) -> None:
    before = await desk.stored()
    answer = await desk.answer(CREATE, incubator=desk.gtec, label="website", **asked)
    assert answer == {
        "secret": None,
        "apiKey": None,
        "problems": [{"code": "INVALID", "message": message, "path": path}],
    }
    assert await desk.stored() == before


async def test_only_managers_of_the_incubator_have_its_keys(desk: Desk) -> None:
    secret = await desk.key(drafts=True)
    (made,) = await desk.keys()
    others = {
        "staff": await desk.house.person("Stan Staff", staff_of=["gtec"]),
        "other manager": await desk.house.person("Otto Other", manager_of=["imt-starter"]),
        "reviewer": await desk.house.person("Rita Reviewer", reviewer_of=["gtec"]),
        "founder": await desk.house.person("Fay Founder", founder_of=["havelwerk-3d"]),
        "auditor": await desk.house.person("Aude Auditor", auditor=True),
    }
    before = await desk.stored()
    for who, token in others.items():
        answer = await desk.answer(CREATE, token, incubator=desk.gtec, label="x")
        (problem,) = answer["problems"]
        assert problem["code"] == "FORBIDDEN", who
        for mutation in (ROTATE, REVOKE):
            (problem,) = (await desk.answer(mutation, token, id=made["id"]))["problems"]
            assert problem["code"] == ("FORBIDDEN" if who == "auditor" else "NOT_FOUND"), who
        shown = (await desk.house.data(KEYS, token=token))["incubator"]["apiKeys"]
        assert shown == (await desk.keys() if who == "auditor" else None), who
    assert await desk.stored() == before
    assert await refused(
        desk.house, CREATE, secret, input={"incubator": desk.gtec, "label": "x"}
    ) == beyond("Mutation.createApiKey")


async def test_a_rotated_key_is_in_force_for_the_hours_of_the_overlap(desk: Desk) -> None:
    old = await desk.key(drafts=True, days=30)
    (made,) = await desk.keys()
    answer = await desk.answer(ROTATE, id=made["id"], overlapHours=2)
    new = answer["secret"]
    assert new != old
    first, second = await desk.keys()
    assert first["replacedBy"] == second["id"] == answer["apiKey"]["id"]
    assert second["drafts"] is True
    expected = await desk.house.data(NAMES, token=old)
    assert await desk.house.data(NAMES, token=new) == expected
    answer = await desk.answer(ROTATE, id=made["id"])
    assert [problem["code"] for problem in answer["problems"]] == ["WRONG_STATE"]
    desk.house.clock.move_to(desk.house.clock.today() + timedelta(days=1))
    assert await refused(desk.house, NAMES, old) == REFUSED
    assert await desk.house.data(NAMES, token=new) == expected
    desk.house.clock.move_to(desk.house.clock.today() + timedelta(days=30))
    assert await refused(desk.house, NAMES, new) == REFUSED


REFUSED = ("UNAUTHENTICATED", "The token is not known, expired or revoked.")


async def test_rotation_counts_towards_the_keys_in_force(desk: Desk) -> None:
    for _ in range(MOST_KEYS):
        await desk.key()
    before = await desk.stored()
    for mutation, given in (
        (ROTATE, {"id": (await desk.keys())[0]["id"]}),
        (CREATE, {"incubator": desk.gtec, "label": "one more"}),
    ):
        answer = await desk.answer(mutation, **given)
        assert answer["problems"] == [
            {
                "code": "CONFLICT",
                "message": "50 keys of this incubator are in force, which is the most.",
                "path": ["incubator"],
            }
        ]
    assert await desk.stored() == before


async def test_a_key_learns_nothing_of_types_and_fields_beyond_its_scope(desk: Desk) -> None:
    stays = (await desk.house.data("{ stays { nodes { id } } }"))["stays"]["nodes"]
    key = await desk.key(types=["Startup"], mutations=["applyForStay"], drafts=True)
    for told, what in (
        ("id", "Stay"),
        ("__typename", "Stay"),
        ("... on Stay { id }", "Stay.id"),
        ("... on Startup { id }", "Stay"),
    ):
        node = f"query($id: ID!) {{ node(id: $id) {{ {told} }} }}"
        answer = await desk.house.ask(node, {"id": stays[0]["id"]}, token=key)
        assert answer.get("data") in (None, {"node": None})
        (error,) = answer["errors"]
        assert (error["extensions"]["code"], error["message"]) == beyond(what)
    applying = await desk.key(mutations=["applyForStay"], drafts=True)
    notices = """mutation($input: ApplyForStayInput!) {
      applyForStay(input: $input) { notices { message } } }"""
    assert await refused(desk.house, notices, applying, input={"startup": "x"}) == beyond(
        "StayPayload.notices"
    )


async def test_a_revoked_key_is_refused_at_once_on_every_replica(
    desk: Desk, seeded_url: str
) -> None:
    key = await desk.key()
    registry = desk.house.core.registry
    async with open_house(database_url=seeded_url, registry=registry, migrated=True) as replica:
        assert await replica.data(NAMES, token=key)
        (made,) = await desk.keys()
        assert (await desk.answer(REVOKE, id=made["id"]))["problems"] == []
        assert await refused(replica, NAMES, key) == REFUSED
        assert await refused(desk.house, NAMES, key) == REFUSED


async def test_the_last_use_of_a_key_is_noted(desk: Desk) -> None:
    key = await desk.key()
    (made,) = await desk.keys()
    assert made["lastUsedAt"] is None
    await desk.house.data(NAMES, token=key)
    await desk.house.core.background.settle()
    (made,) = await desk.keys()
    assert made["lastUsedAt"] is not None


async def test_guessed_and_truncated_keys_are_refused_in_one_sentence(desk: Desk) -> None:
    key = await desk.key()
    for wrong in (key[:-1], key + "x", key.upper(), "slk_", "slk_' OR 1=1 --", "x" * 5000):
        assert await refused(desk.house, NAMES, wrong) == REFUSED


@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "Authorization", "other"])
async def test_keys_in_addresses_are_refused(desk: Desk, name: str) -> None:
    key = await desk.key()
    address = "/graphql"
    for answer in (
        await desk.house.http.get(address, params={"query": "{ __typename }", name: key}),
        await desk.house.http.post(address, params={name: key}, json={"query": "{ __typename }"}),
    ):
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["message"] == (
            "Tokens and keys are not taken from addresses, where logs keep them."
        )


async def test_the_schema_is_shown_to_staff_and_to_keys_with_that_scope(
    desk: Desk, seeded_url: str
) -> None:
    people = {
        "manager": desk.manager,
        "key": await desk.key(introspection=True),
        "draft key": await desk.key(drafts=True),
        "plain key": await desk.key(),
        "founder": await desk.house.person("Fay Founder", founder_of=["havelwerk-3d"]),
        "auditor": await desk.house.person("Aude Auditor", auditor=True),
        "anonymous": None,
    }
    registry = desk.house.core.registry
    seen = set()
    async with open_house(
        database_url=seeded_url, registry=registry, migrated=True, open_introspection=False
    ) as closed:
        for who, token in people.items():
            for query in (
                "{ __schema { __typename } }",
                '{ __type(name: "Stay") { name } }',
            ):
                answer = await closed.ask(query, token=token)
                if "errors" not in answer:
                    seen.add(who)
            assert await closed.data("{ __typename }", token=token) == {"__typename": "Query"}
            answer = await closed.ask("{ stayz { nodes { id } } }", token=token)
            suggested = " Did you mean 'stay' or 'stays'?" if who in seen else ""
            assert [one["message"] for one in answer["errors"]] == [
                f"Cannot query field 'stayz' on type 'Query'.{suggested}"
            ]
    assert seen == {"manager", "key", "auditor"}
