"""Plugins, good and bad: a bad one hurts itself, with a reason."""

import asyncio
import base64
import contextlib
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any, cast
from uuid import UUID

import pytest
import strawberry
from pydantic_settings import BaseSettings, SettingsConfigDict

from softlanding import (
    Evidence,
    Fact,
    Figure,
    Form,
    GraphQLField,
    GraphQLPart,
    Is,
    Outcome,
    Party,
    Record,
    RuleSet,
    Severity,
    Step,
    Verdict,
    hookimpl,
)
from softlanding.host.discovery import Candidate, find
from softlanding.host.registry import Registry, RequiredPluginMissing, build
from softlanding.host.verdict_faults import verdict_fault
from softlanding.predicates import Equals
from softlanding.storage.database import Transaction
from softlanding.testing.house import House, open_house
from softlanding_schema.compose import compose


class Note(Form):
    """A note."""

    text: str = "nothing"


async def passes(answers: Note, stay: Any, ctx: Any) -> Verdict:
    return Verdict(outcome=Outcome.PASSED, code="FINE", message={"en": "All is well."})


def a_step(key: str, **changes: Any) -> Step:
    values: dict[str, Any] = {
        "key": key,
        "title": {"en": "Step"},
        "help": {"en": "Do it."},
        "filled_by": frozenset({Party.STARTUP}),
        "due": -10,
        "severity": Severity.BLOCK,
        "form": type("Note", (Note,), {"__doc__": "A note.", "__module__": __name__}),
        "check": passes,
    }
    return Step(**{**values, **changes})


def with_hook(name: str, answer: Any) -> ModuleType:
    module = ModuleType("a_plugin")

    def hook() -> Any:
        return answer() if callable(answer) and not isinstance(answer, type) else answer

    hook.__name__ = name
    setattr(module, name, hookimpl(hook))
    return module


def with_steps(*steps: Step, contract: int = 1) -> ModuleType:
    module = with_hook("steps", list(steps))
    module.CONTRACT = contract  # type: ignore[attr-defined] # a module takes any name
    return module


def built(**modules: ModuleType) -> Registry:
    return build([Candidate.of_module(key, module) for key, module in modules.items()])


def states(registry: Registry) -> dict[str, tuple[str, str]]:
    return {plugin.key: (str(plugin.state), plugin.reason) for plugin in registry.plugins}


ACTIVE = ("ACTIVE", "")


def test_plugins_are_in_the_order_of_their_keys() -> None:
    registry = built(zebra=with_steps(), ant=with_steps())
    assert [plugin.key for plugin in registry.plugins] == ["ant", "zebra"]


def raising(error: BaseException) -> Any:
    def load() -> object:
        raise error

    return load


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ImportError("no module named nothing"), "ImportError: no module named nothing"),
        (SyntaxError("bad"), "SyntaxError: bad"),
        (SystemExit(3), "SystemExit: 3"),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_a_plugin_that_fails_at_import_is_quarantined_and_the_rest_starts(
    error: BaseException, reason: str
) -> None:
    broken = Candidate(key="broken", distribution="b", version="1", load=raising(error))
    registry = build([broken, Candidate.of_module("good", with_steps(a_step("good.one")))])
    assert states(registry) == {"broken": ("QUARANTINED", reason), "good": ACTIVE}
    assert list(registry.steps) == ["good.one"]


def test_a_plugin_that_is_named_but_not_installed_is_seen() -> None:
    registry = build(find(["nowhere"]))
    assert states(registry) == {
        "nowhere": (
            "QUARANTINED",
            "ModuleNotFoundError: no installed distribution provides the plugin 'nowhere'",
        )
    }


def test_a_required_plugin_that_fails_keeps_the_product_from_starting() -> None:
    registry = built(broken=with_hook("steps", lambda: 1 / 0))
    with pytest.raises(RequiredPluginMissing, match="broken fails: ZeroDivisionError"):
        registry.require(["broken"])
    with pytest.raises(RequiredPluginMissing, match="absent is not loaded"):
        registry.require(["absent"])


def test_a_plugin_for_another_contract_is_quarantined() -> None:
    assert states(built(later=with_steps(contract=9))) == {
        "later": ("QUARANTINED", "it was written for contract 9; this version serves 1")
    }


class NeedsAKey(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SOFTLANDING_BAD_")
    secret_key: str


def test_a_hook_that_does_not_exist_quarantines_its_plugin() -> None:
    found = states(built(bad=with_hook("stepps", []), good=with_steps()))
    assert found["good"] == ACTIVE
    assert found["bad"][0] == "QUARANTINED"
    assert "unknown hook 'stepps'" in found["bad"][1]


def test_bad_settings_are_named_without_their_values() -> None:
    assert states(built(bad=with_hook("settings", NeedsAKey))) == {
        "bad": ("QUARANTINED", "ValueError: bad settings: secret_key")
    }


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (a_step("other.one"), "step other.one: its key must be bad.<name>"),
        (a_step("bad.One"), "step bad.One: its key must be bad.<name>"),
        (a_step("bad.one", title={"fr": "x"}), "step bad.one: its title has no English text"),
        (a_step("bad.one", filled_by=frozenset()), "step bad.one: nobody may fill it"),
        (
            a_step("bad.one", check=None),
            "step bad.one: it has neither a check nor a signature, so nothing would ever settle it",
        ),
        (
            a_step("bad.one", check=lambda *_: None),
            "step bad.one: its check must be an async function",
        ),
        (a_step("bad.one", form=dict), "step bad.one: its form must be a pydantic model"),
        (
            a_step("bad.one", rule_set="bad.none"),
            "step bad.one: its rule set bad.none is not among the plugin's rules",
        ),
        (
            a_step("bad.one", timeout=31),
            "step bad.one: its timeout must be above 0 and at most 30 seconds",
        ),
    ],
)
def test_a_bad_declaration_quarantines_its_plugin_and_names_the_step(
    step: Step, fault: str
) -> None:
    assert states(built(bad=with_steps(step), good=with_steps())) == {
        "bad": ("QUARANTINED", fault),
        "good": ACTIVE,
    }


def test_steps_that_wait_for_each_other_quarantine_their_plugins_and_are_named() -> None:
    registry = built(
        a=with_steps(a_step("a.one", after=("b.two",))),
        b=with_steps(a_step("b.two", after=("a.one",))),
        c=with_steps(a_step("c.three")),
    )
    found = states(registry)
    assert found["c"] == ACTIVE
    assert {found["a"][0], found["b"][0]} == {"QUARANTINED"}
    assert found["a"][1].startswith("its steps wait for each other: ")
    assert {"a.one", "b.two"} <= set(found["a"][1].replace("→", " ").split())


@strawberry.type(description="A value.")
class GoodStay:
    nights: int = strawberry.field(description="Nights.")


@strawberry.type(description="A value.")
class Wrong:
    nights: int = strawberry.field(description="Nights.")


async def nights(stays: Any, ctx: Any) -> list[GoodStay]:
    return [GoodStay(nights=stay.days - 1) for stay in stays]


def with_field(kind: type[Any], load: Any = nights, target: Any = "Stay") -> ModuleType:
    field = GraphQLField(target=target, type=kind, load=load, description="Of the plugin.")
    return with_hook("graphql", GraphQLPart(fields=(field,)))


def test_a_type_without_the_plugins_name_is_refused_with_file_and_line() -> None:
    state, reason = states(built(good=with_field(Wrong)))["good"]
    assert state == "QUARANTINED"
    assert reason.startswith("Stay field: the type Wrong must begin with Good (")
    assert f"{__file__}:" in reason


def test_an_unknown_target_is_refused() -> None:
    reason = states(built(good=with_field(GoodStay, target="Person")))["good"][1]
    assert reason.startswith("Person field: only Incubator, Startup, Stay can be extended (")


def test_a_type_that_graphql_cannot_compose_quarantines_its_plugin_by_name() -> None:
    class BadStay:
        pass

    schema, registry = compose(built(bad=with_field(BadStay), good=with_field(GoodStay)))
    found = states(registry)
    assert found["good"] == ACTIVE
    assert found["bad"][0] == "QUARANTINED"
    assert found["bad"][1].startswith("its GraphQL part cannot be composed: ")
    assert "  good: GoodStay" in schema.as_str()
    assert "bad" not in schema.as_str()


@strawberry.type(description="A value.")
class CommonName:
    nights: int = strawberry.field(description="Nights.")


@strawberry.type(description="A value.")
class BigStay:
    name: CommonName = strawberry.field(description="A name.")


def another_stay() -> type[Any]:
    """A type whose own name is fine, and which leads to one that the other plugin has too."""

    @strawberry.type(name="CommonName", description="Another value.")
    class Other:
        days: int = strawberry.field(description="Days.")

    @strawberry.type(description="A value.")
    class TallStay:
        name: Other = strawberry.field(description="A name.")

    TallStay.__annotations__["name"] = Other
    return TallStay


def test_a_field_of_the_core_is_not_replaced() -> None:
    kind = strawberry.type(type("HomeStartup", (GoodStay,), {}), description="A value.")
    _, registry = compose(built(home=with_field(kind, target="Startup")))
    assert states(registry)["home"] == (
        "QUARANTINED",
        "its GraphQL part cannot be composed: Startup has a field home of its own",
    )


def test_two_types_of_one_name_quarantine_the_later_plugin() -> None:
    _, registry = compose(built(big=with_field(BigStay), tall=with_field(another_stay())))
    assert states(registry) == {
        "big": ACTIVE,
        "tall": (
            "QUARANTINED",
            "its GraphQL part cannot be composed: another plugin has a type CommonName",
        ),
    }


def test_two_steps_with_one_name_in_step_answers_quarantine_the_later_plugin() -> None:
    _, registry = compose(built(a=with_steps(a_step("a.b_c")), a_b=with_steps(a_step("a_b.c"))))
    assert states(registry) == {
        "a": ACTIVE,
        "a_b": (
            "QUARANTINED",
            "its GraphQL part cannot be composed: a_b.c and a.b_c give one name, a_b_c",
        ),
    }


STEPS = """query($stay: ID!) { stay(id: $stay) { onboarding { ready steps {
  key state reason severity verdict { outcome code message { value } facts { name } } } } } }"""
SUBMIT = """mutation($stay: ID!, $answers: StepAnswers!) { submitStep(input: {stay: $stay,
  answers: $answers}) { step { state verdict { outcome code message { value } } }
  problems { code message } } }"""


class Tried:
    """A house with one plugin, and one stay in onboarding."""

    def __init__(self, house: House, token: str, stay: str) -> None:
        self.house = house
        self.token = token
        self.stay = stay

    async def submit(self, **answers: Any) -> dict[str, Any]:
        variables = {"stay": self.stay, "answers": answers}
        data = await self.house.data(SUBMIT, variables, token=self.token)
        found: dict[str, Any] = data["submitStep"]
        return found

    async def steps(self) -> dict[str, Any]:
        data = await self.house.data(STEPS, {"stay": self.stay}, token=self.token)
        return {step["key"]: step for step in data["stay"]["onboarding"]["steps"]}


@pytest.fixture
async def tried(seeded_url: str) -> AsyncIterator[Any]:
    """A function that opens the seeded database with plugins and applies for a stay."""
    stack: list[Any] = []

    async def trying(**modules: ModuleType) -> Tried:
        context = open_house(database_url=seeded_url, registry=built(**modules), migrated=True)
        house = await context.__aenter__()
        stack.append(context)
        token = await house.person(f"Ada {len(stack)}", admin=True)
        ids = await house.data(
            '{ startup(slug: "rukas-fintech") { id } incubator(slug: "gtec") { id } }'
        )
        application = {
            "startup": ids["startup"]["id"],
            "host": ids["incubator"]["id"],
            "arrival": "2027-09-06",
            "departure": "2027-10-03",
        }
        answer = await house.data(
            "mutation($input: ApplyForStayInput!) { applyForStay(input: $input)"
            " { stay { id } problems { message } } }",
            {"input": application},
            token=token,
        )
        return Tried(house, token, answer["applyForStay"]["stay"]["id"])

    yield trying
    for context in reversed(stack):
        await context.__aexit__(None, None, None)


async def raises(answers: Any, stay: Any, ctx: Any) -> Verdict:
    raise ValueError("the register is upside down")


async def exits(answers: Any, stay: Any, ctx: Any) -> Verdict:
    sys.exit(4)


async def hangs(answers: Any, stay: Any, ctx: Any) -> Verdict:
    await asyncio.Event().wait()
    raise AssertionError


async def clings(answers: Any, stay: Any, ctx: Any) -> Verdict:
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()
    raise AssertionError


async def nonsense(answers: Any, stay: Any, ctx: Any) -> Any:
    return "PASSED"


async def no_english(answers: Any, stay: Any, ctx: Any) -> Verdict:
    return Verdict(outcome=Outcome.PASSED, code="X", message={"fr": "oui"})


async def bad_outcome(answers: Any, stay: Any, ctx: Any) -> Verdict:
    return Verdict(outcome="YES", code="X", message={"en": "yes"})  # type: ignore[arg-type] # that is what is tried


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"severity": "FATAL"}, "its severity 'FATAL' is not a Severity"),
    ({"usable_on": "soon"}, "its usable_on 'soon' is not a date"),
    ({"facts": None}, "its list of Fact is NoneType"),
    ({"facts": ("x",)}, "it carries something that is not a Fact"),
    ({"facts": (Fact(name="x", value=cast("Any", [1])),)}, "the value of the fact x is list"),
    ({"message": {"en": "a", 1: "b"}}, "its message has no English text"),
    ({"message": {"en": "half \ud800"}}, "it cannot be stored: "),
    ({"message": {"en": "a \0 b"}}, "it carries a NUL character"),
    ({"code": ""}, "its code is missing"),
    ({"records": (Record(kind="k", data={"x": object()}),)}, "it cannot be stored: "),
    ({"records": (Record(kind="k", data=cast("Any", [])),)}, "the record "),
    ({"evidence": (Evidence(kind="k", label=cast("Any", None)),)}, "the evidence "),
]


@pytest.mark.parametrize(("changes", "fault"), FAULTS)
def test_a_verdict_that_cannot_be_stored_is_told_apart(changes: dict[str, Any], fault: str) -> None:
    good = Verdict(outcome=Outcome.PASSED, code="FINE", message={"en": "a \\u0000 b"})
    assert verdict_fault(good) is None
    assert (verdict_fault(replace(good, **changes)) or "").startswith(fault)


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (raises, "The check failed: ValueError: the register is upside down."),
        (exits, "The check failed: it called sys.exit(4)."),
        (hangs, "The check failed: no answer within 0.05 s."),
        (clings, "The check failed: no answer within 0.05 s."),
        (nonsense, "The check failed: it answered str instead of a Verdict."),
        (no_english, "The check failed: its message has no English text."),
        (bad_outcome, "The check failed: its outcome 'YES' is not an Outcome."),
    ],
)
async def test_a_check_that_fails_needs_review_and_never_approves(
    tried: Any, check: Any, sentence: str
) -> None:
    found = await tried(bad=with_steps(a_step("bad.one", check=check, timeout=0.05)))
    assert await found.submit(badOne={}) == {
        "step": {
            "state": "NEEDS_REVIEW",
            "verdict": {
                "outcome": "NEEDS_REVIEW",
                "code": "CHECK_FAILED",
                "message": {"value": sentence},
            },
        },
        "problems": [],
    }


def figures(**changes: Any) -> RuleSet:
    figure = {
        "name": "ceiling",
        "value": Decimal(10),
        "unit": "EUR",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
        "source": "a law",
        "checked_on": date(2026, 11, 22),
    }
    return RuleSet(
        key="bad.rules", version="1", title="The law", figures=(Figure(**{**figure, **changes}),)
    )


async def uses_ceiling(answers: Any, stay: Any, ctx: Any) -> Verdict:
    ceiling = ctx.rules.decimal("ceiling")
    return Verdict(outcome=Outcome.PASSED, code="BELOW", message={"en": f"Below {ceiling}."})


def with_rules(rules: RuleSet) -> ModuleType:
    module = with_steps(a_step("bad.one", check=uses_ceiling, rule_set="bad.rules"))
    module.rules = with_hook("rules", [rules]).rules  # type: ignore[attr-defined] # a module takes any name
    return module


async def test_a_verdict_is_believed_as_long_as_its_figures_are(tried: Any) -> None:
    found = await tried(bad=with_rules(figures()))
    assert (await found.submit(badOne={}))["step"]["state"] == "DONE"
    found.house.clock.move_to(date(2026, 12, 31))
    assert (await found.steps())["bad.one"]["state"] == "DONE"
    found.house.clock.move_to(date(2027, 1, 1))
    step = (await found.steps())["bad.one"]
    assert step["state"] == "NEEDS_REVIEW"
    assert step["verdict"] == {
        "outcome": "NEEDS_REVIEW",
        "code": "RULES_EXPIRED",
        "message": {
            "value": "The figures used were valid until 2026-12-31; the step must be checked again."
        },
        "facts": [],
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"valid_until": date(2026, 11, 21)},
            "A person must decide: ceiling of The law is not known for 2026-11-22.",
        ),
        (
            {"valid_from": date(2026, 11, 23)},
            "A person must decide: ceiling of The law is not known for 2026-11-22.",
        ),
        ({"value": None}, "A person must decide: ceiling of The law has not been verified."),
    ],
)
async def test_a_check_past_its_rules_date_needs_review(
    tried: Any, changes: dict[str, Any], sentence: str
) -> None:
    found = await tried(bad=with_rules(figures(**changes)))
    answer = await found.submit(badOne={})
    assert answer["step"]["verdict"] == {
        "outcome": "NEEDS_REVIEW",
        "code": "RULE_UNKNOWN",
        "message": {"value": sentence},
    }


def test_overlapping_periods_of_a_figure_are_refused() -> None:
    figure = figures().figures[0]
    with pytest.raises(ValueError, match="the periods of ceiling overlap at 2026-06-01"):
        RuleSet(
            key="bad.rules",
            version="1",
            title="The law",
            figures=(figure, figure.model_copy(update={"valid_from": date(2026, 6, 1)})),
        )


async def test_a_step_whose_plugin_is_gone_stays_blocks_and_is_waived_by_an_administrator(
    tried: Any,
) -> None:
    first = await tried(old=with_steps(a_step("old.one")))
    assert (await first.submit(oldOne={}))["step"]["state"] == "DONE"
    second = await tried(new=with_steps(a_step("new.one")))
    second.stay = first.stay
    steps = await second.steps()
    assert steps["old.one"] == {
        "key": "old.one",
        "state": "BLOCKED",
        "reason": "The plugin of this step is not in force; an administrator can waive the step.",
        "severity": "BLOCK",
        "verdict": {
            "outcome": "PASSED",
            "code": "FINE",
            "message": {"value": "All is well."},
            "facts": [],
        },
    }
    found = await second.house.data(
        "query($stay: ID!) { stay(id: $stay) { onboarding { steps { id key } } } }",
        {"stay": second.stay},
        token=second.token,
    )
    ids = {step["key"]: step["id"] for step in found["stay"]["onboarding"]["steps"]}
    waive = """mutation($step: ID!) { waiveStep(input: {step: $step, reason: "gone"}) {
      step { state waivedReason } problems { code message } } }"""
    host = await second.house.person("Hilde Host", staff_of=["gtec"])
    await submitted(second)
    refused = await second.house.data(waive, {"step": ids["old.one"]}, token=host)
    assert refused["waiveStep"] == {
        "step": None,
        "problems": [
            {
                "code": "FORBIDDEN",
                "message": "The plugin of this step is not in force; an administrator waives it.",
            }
        ],
    }
    waived = await second.house.data(waive, {"step": ids["old.one"]}, token=second.token)
    assert waived["waiveStep"] == {
        "step": {"state": "WAIVED", "waivedReason": "gone"},
        "problems": [],
    }


async def submitted(tried: Tried) -> None:
    update = """mutation($stay: ID!) {
      updateStay(input: {id: $stay, travellers: [{name: "T", nationalities: ["LT"]}]}) {
        problems { message } }
      submitStay(input: {id: $stay}) { problems { message } } }"""
    answer = await tried.house.data(update, {"stay": tried.stay}, token=tried.token)
    assert answer == {"updateStay": {"problems": []}, "submitStay": {"problems": []}}


async def test_a_stay_applied_for_while_a_plugin_is_quarantined_has_its_steps_blocked(
    tried: Any,
) -> None:
    here = a_step("old.here", applies=Is("host.slug", "gtec"))
    there = a_step("old.there", applies=Is("host.slug", "imt-starter"))
    await tried(old=with_steps(here, there))
    broken = with_steps(contract=99)
    stay = await tried(old=broken, other=with_steps(a_step("other.one", after=("old.here",))))
    assert {key: step["state"] for key, step in (await stay.steps()).items()} == {
        "old.here": "BLOCKED",
        "other.one": "BLOCKED",
    }
    back = await tried(old=with_steps(here, there))
    back.stay = stay.stay
    assert (await back.submit(oldHere={}))["step"]["state"] == "DONE"


async def test_a_check_that_fails_keeps_the_records_of_the_one_before(tried: Any) -> None:
    works = True

    async def records(answers: Any, stay: Any, ctx: Any) -> Verdict:
        if not works:
            raise ValueError("out of order")
        kept = Record(kind="grant", data={"amount": "10"})
        return Verdict(
            outcome=Outcome.PASSED, code="FINE", message={"en": "Fine."}, records=(kept,)
        )

    async def stored() -> list[Any]:
        rows = await found.house.core.database.rows.select("records", Equals("plugin", "a"))
        return [row["data"] for row in rows]

    found = await tried(a=with_steps(a_step("a.one", check=records)))
    await found.submit(aOne={})
    assert await stored() == [{"amount": "10"}]
    works = False
    answer = await found.submit(aOne={})
    assert answer["step"]["verdict"]["code"] == "CHECK_FAILED"
    assert await stored() == [{"amount": "10"}]


async def test_a_stay_that_cannot_be_refreshed_does_not_keep_the_others_from_being_served(
    tried: Any,
) -> None:
    first = await tried(a=with_steps(a_step("a.one")))
    odd = UUID(base64.b64decode(first.stay).decode().split(":")[1])

    async def spoil(transaction: Transaction) -> None:
        await transaction.update("stays", odd, {"travellers": ["neither name nor nationality"]})

    await first.house.core.database.transact(spoil)
    second = await tried(a=with_steps(a_step("a.one", due=-20)), b=with_steps(a_step("b.one")))
    rows = await second.house.core.database.rows.select("onboarding_steps", Equals("key", "b.one"))
    assert odd not in {row["stay_id"] for row in rows}
    assert len(rows) > 1


async def test_an_answer_decides_whether_another_step_applies(tried: Any) -> None:
    class Choice(Form):
        """A choice."""

        lab: str

    found = await tried(
        lab=with_steps(
            a_step("lab.choice", form=Choice),
            a_step("lab.access", applies=Is("answers.lab.choice.lab", "closed")),
        )
    )
    assert set(await found.steps()) == {"lab.choice", "lab.access"}, "unknown means it applies"
    await found.submit(labChoice={"lab": "open"})
    assert set(await found.steps()) == {"lab.choice"}
    await found.submit(labChoice={"lab": "closed"})
    assert set(await found.steps()) == {"lab.choice", "lab.access"}


async def test_a_check_that_reads_another_step_runs_again_when_that_one_is_answered(
    tried: Any,
) -> None:
    class First(Form):
        """The first."""

        number: int

    class Second(Form):
        """The second."""

        note: str = ""

    async def compares(answers: Any, stay: Any, ctx: Any) -> Verdict:
        other = ctx.answers.get("pair.first")
        told = f"The first is {other.number if other else 'unknown'}."
        return Verdict(outcome=Outcome.PASSED, code="READ", message={"en": told})

    found = await tried(
        pair=with_steps(
            a_step("pair.first", form=First),
            a_step("pair.second", form=Second, check=compares, reads=("pair.first",)),
        )
    )
    answer = await found.submit(pairSecond={})
    assert answer["step"]["verdict"]["message"] == {"value": "The first is unknown."}
    await found.submit(pairFirst={"number": 7})
    steps = await found.steps()
    assert steps["pair.second"]["verdict"]["message"] == {"value": "The first is 7."}


async def fails_to_load(stays: Any, ctx: Any) -> Any:
    raise LookupError("no such shelf")


async def loads_too_few(stays: Any, ctx: Any) -> Any:
    return []


@pytest.mark.parametrize(
    ("load", "reason"),
    [
        (fails_to_load, "LookupError: no such shelf"),
        (loads_too_few, "Stay loader must answer a list of 1 values"),
    ],
)
async def test_a_failing_loader_nulls_its_own_field_and_names_its_plugin(
    tried: Any, load: Any, reason: str
) -> None:
    found = await tried(good=with_field(GoodStay, load))
    answer = await found.house.ask(
        "query($stay: ID!) { stay(id: $stay) { state good { nights } } }",
        {"stay": found.stay},
        token=found.token,
    )
    assert answer == {
        "data": {"stay": {"state": "DRAFT", "good": None}},
        "errors": [
            {
                "message": f"The plugin good failed: {reason}",
                "extensions": {"code": "PLUGIN_FAILED", "plugin": "good"},
                "locations": [{"line": 1, "column": 45}],
                "path": ["stay", "good"],
            }
        ],
    }


async def test_a_new_version_of_a_step_checks_open_stays_again_at_start(tried: Any) -> None:
    first = await tried(bad=with_rules(figures(value=Decimal(10))))
    await first.submit(badOne={})
    second = await tried(bad=with_rules(figures(value=Decimal(20))))
    second.stay = first.stay
    step = (await second.steps())["bad.one"]
    assert step["verdict"]["message"] == {"value": "Below 20."}
