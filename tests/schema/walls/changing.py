"""Changing everything: each mutation, sent by everybody, with inputs that are valid."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type
from tests.schema.walls.askers import ASKERS
from tests.schema.walls.cases import Case, Cases
from tests.schema.walls.classified import Classified
from tests.schema.walls.comparing import Comparison
from tests.schema.walls.granted import Granted
from tests.schema.walls.reading import selections
from tests.schema.walls.selections import Path, Selections, printed
from tests.schema.walls.walk import NOT_ALLOWED, TURNS, Answer, Walk
from tests.schema.walls.world import World

STEPS = """{ stays(first: 100) { nodes { onboarding { steps { key form } } } } }"""
HELD_UP = {
    "confirmStay": "the onboarding is open",
    "createAccessToken": "the askers have no session",
    "startStay": "the day of arrival is to come",
}
"""Mutations that are refused in this scene for another reason to whoever may send them."""


class Changes:
    """Sends mutations, and tells what they changed."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._database = walk.house.core.database
        self._selections = selections(walk)
        self.cases = Cases(walk.world, dict(examples_of(walk.classified, walk.reference(STEPS))))

    def send(self, who: str, case: Case, **more: Any) -> Answer:
        document = document_of(self.walk.classified, self._selections, case.mutation)
        data = self.walk.data(who, "planned", document, input={**case.given, **more})
        payload: Answer = data[case.mutation]
        return payload

    def world(self) -> World:
        return self.walk.run(World.of(self._database))

    def restore(self, now: World) -> None:
        self.walk.run(self.walk.world.restore(self._database, now))
        for house in self.walk.houses.values():
            house.clock.move_to(self.walk.today)


def document_of(classified: Classified, selected: Selections, mutation: str) -> str:
    """Return a document that asks for all that the payload leads to, one row far."""
    schema = classified.schema
    assert schema.mutation_type is not None
    field = schema.mutation_type.fields[mutation]
    payload = classified.types[get_named_type(field.type).name]
    paths = []
    for name, one in payload.fields.items():
        kind = get_named_type(one.type)
        if kind.name == "OnboardingStep":
            named = [Path(("__typename",)), *selected.of(kind.name)]
            paths += [path.below(name) for path in named]
        elif kind.name in classified.row_types:
            paths += [path.below(name) for path in selected.around(kind.name)]
        else:
            paths += selected.of_field(payload.name, name)
    argument = field.args["input"].type
    return f"mutation($input: {argument}) {{ {mutation}(input: $input) {{ {printed(paths)} }} }}"


def takes_revision(classified: Classified, mutation: str) -> bool:
    """Tell whether a mutation can be made against a revision."""
    assert classified.schema.mutation_type is not None
    field = classified.schema.mutation_type.fields[mutation]
    kind = get_named_type(field.args["input"].type)
    assert isinstance(kind, GraphQLInputObjectType)
    return "revision" in kind.fields


def examples_of(classified: Classified, told: Answer) -> Iterator[tuple[str, Any]]:
    """Return an example of the answers of each form, by its name in `StepAnswers`.

    `told` is what `STEPS` tells.
    """
    forms: dict[str, Mapping[str, Any]] = {}
    for stay in told["stays"]["nodes"]:
        for step in stay["onboarding"]["steps"]:
            if step["form"] is not None:
                plugin, _, name = step["key"].partition(".")
                forms[f"{plugin}_{name}"] = step["form"]
    answers = classified.schema.type_map["StepAnswers"]
    assert isinstance(answers, GraphQLInputObjectType)
    for name, form in forms.items():
        first, *others = name.split("_")
        field = first + "".join(one.capitalize() for one in others)
        assert field in answers.fields
        yield field, form["examples"][0]


def refuse_all_others(walk: Walk) -> None:
    """Send each mutation as everybody who may not: nothing changes, and nothing is told."""
    changes = Changes(walk)
    for mutation in _mutations(walk):
        for place, case in enumerate(changes.cases.of(mutation)):
            for turn, who in enumerate(ASKERS):
                granted = walk.granted[who]
                # The first cases are sent by all; of further ones each sender has a turn.
                if case.gets_past(granted) or (place > 1 and (turn + place) % TURNS):
                    continue
                # Whoever may not is not even told of a conflict, and not of a trial either.
                stale = {"revision": 1} if takes_revision(walk.classified, mutation) else {}
                payload = changes.send(
                    who,
                    case,
                    clientMutationId="walk",
                    dryRun=bool((turn + place) % 2),
                    **stale,
                )
                codes = {problem["code"] for problem in payload["problems"]}
                seen = all(granted.sees(table, row) for table, row in case.seen)
                hidden = {"FORBIDDEN"} if seen and case.seen else {"NOT_FOUND", "FORBIDDEN"}
                allowed = hidden if walk.actors[who].person_id else {*hidden, "UNAUTHENTICATED"}
                if not seen:
                    allowed = {"NOT_FOUND", "UNAUTHENTICATED"}
                assert len(codes) == 1, (who, case, payload)
                assert codes <= allowed, (who, case, payload)
                known = {"problems", "clientMutationId"}
                others = {name: told for name, told in payload.items() if name not in known}
                assert set(map(str, others.values())) <= {"None", "[]"}, (who, case, payload)
        changed = walk.world.changes_to(changes.world())
        assert changed == [], f"{mutation} changed what its sender may not change"


def let_pass_who_may(walk: Walk) -> None:
    """Send each mutation as everybody who may: it is refused for nothing that walls are for."""
    changes = Changes(walk)
    for mutation in _mutations(walk):
        passed = succeeded = 0
        for place, case in enumerate(changes.cases.of(mutation)):
            senders = [who for who in ASKERS if case.gets_past(walk.granted[who])]
            if place:
                # The first case is sent by all; of further ones each sender has a turn.
                senders = [senders[place % len(senders)]] if senders else []
            for who in senders:
                payload = changes.send(who, case)
                codes = {problem["code"] for problem in payload["problems"]}
                assert not codes & NOT_ALLOWED, (who, case, payload)
                passed += 1
                now = changes.world()
                if not codes:
                    succeeded += 1
                    _compare_payload(changes, who, payload, now)
                changes.restore(now)
        if mutation == "createAccessToken":
            continue
        assert passed, f"nobody of this scene may send {mutation}"
        assert succeeded or mutation in HELD_UP, f"{mutation} never succeeded"


def _compare_payload(changes: Changes, who: str, payload: Answer, world: World) -> None:
    """Hold what a payload tells of rows against what its sender sees now."""
    walk = changes.walk
    granted = Granted(world, ASKERS[who].actor(world))
    Comparison(walk.classified, walk.account, granted).nothing_hidden(payload)


def _mutations(walk: Walk) -> list[str]:
    mutation = walk.classified.schema.mutation_type
    assert mutation is not None
    return list(mutation.fields)
