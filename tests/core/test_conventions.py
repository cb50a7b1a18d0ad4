"""The conventions of plugins: a good plugin has no faults, of a bad one each is told."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import pytest
import strawberry
from pydantic import BaseModel, Field

from softlanding import (
    PERSONAL,
    Figure,
    Form,
    GraphQLField,
    GraphQLPart,
    Line,
    MoneyInput,
    Outcome,
    Party,
    PersonalData,
    PersonalFields,
    Retention,
    RuleSet,
    Severity,
    Step,
    Verdict,
)
from softlanding.testing.conventions import faults, forms_of, kept_days
from softlanding.testing.described import form_faults, output_faults
from softlanding.testing.figures import figure_faults, file_faults, rule_set_faults


class Guest(Form):
    """A guest."""

    name: Annotated[Line, PERSONAL] = Field(description="The name.")
    badge: Annotated[Line, Retention(days=30)] = Field(description="The number of the badge.")


class Guests(Form, json_schema_extra={"examples": [{"guests": [{"name": "Zoë", "badge": "7"}]}]}):
    """The guests of a stay."""

    guests: list[Guest] = Field(max_length=20, description="Who comes.")
    deposit: MoneyInput | None = Field(default=None, description="What was paid for the badges.")


class Bare(Form, json_schema_extra={"examples": [{"guests": 7}]}):
    guests: list[list[Line]] = Field(max_length=201)


@strawberry.type(description="A guest, by badge.")
class HouseGuest:
    badge: str = strawberry.field(description="The number of the badge.")


@strawberry.type(description="What the house knows of a stay.")
class HouseStay:
    guests: list[HouseGuest] | None = strawberry.field(description="Who comes.")


@strawberry.type
class HouseRoom:
    number: int


@strawberry.type(description="What a bad plugin knows of a stay.")
class HouseRooms:
    rooms: list[HouseRoom | None] = strawberry.field(description="The rooms.")


async def passes(answers: Any, stay: Any, ctx: Any) -> Verdict:
    return Verdict(outcome=Outcome.PASSED, code="FINE", message={"en": "All is well."})


async def load(stays: Any, ctx: Any) -> list[None]:
    return [None for _ in stays]


def a_step(key: str, form: type[BaseModel] | None, rule_set: str | None) -> Step:
    return Step(
        key=key,
        title={"en": "Step"},
        help={"en": "Do it."},
        filled_by=frozenset({Party.STARTUP}),
        due=-10,
        severity=Severity.BLOCK,
        form=form,
        check=passes,
        rule_set=rule_set,
    )


def figure(name: str, value: str | None, source: str) -> Figure:
    return Figure(
        name=name,
        value=None if value is None else Decimal(value),
        unit="guests",
        valid_from=date(2026, 1, 1),
        source=source,
        checked_on=date(2026, 11, 22),
    )


def a_rule_set(key: str, *figures: Figure) -> RuleSet:
    return RuleSet(key=key, version="2026-11-22", title="House rules", figures=figures)


MOST = figure("most", "20", "House rules, section 3")


def a_plugin(
    *steps: object,
    rules: Any = (),
    output: type[object] | None = None,
    personal: tuple[PersonalFields, ...] = (),
) -> ModuleType:
    fields = (
        GraphQLField(target="Stay", type=kind, load=load, description="Guests.")
        for kind in (output,)
        if kind
    )
    part = GraphQLPart(fields=tuple(fields))
    module = ModuleType("house")
    vars(module)["steps"] = lambda: iter(steps)
    vars(module)["rules"] = lambda: iter(rules)
    vars(module)["graphql"] = lambda: part
    vars(module)["personal_data"] = lambda: PersonalData(answers=personal)
    return module


GOOD = a_plugin(
    a_step("house.guests", Guests, "house.guests"),
    a_step("house.keys", None, None),
    rules=[a_rule_set("house.guests", MOST), a_rule_set("house.window", MOST)],
    output=HouseStay,
    personal=(PersonalFields(of="house.guests", names=("guests[].name",)),),
)


def test_a_good_plugin_has_no_faults() -> None:
    assert faults(GOOD, shared={"house.window"}) == []


def test_a_plugin_may_do_without_hooks() -> None:
    assert faults(ModuleType("house")) == []


def test_of_a_bad_plugin_each_fault_is_told() -> None:
    class Twin(Guest, json_schema_extra={"examples": [{"name": "Zoë", "badge": "7"}]}):
        """Another guest."""

    Twin.__name__ = "Guest"
    bad = a_plugin(
        a_step("house.bare", Bare, None),
        a_step("house.guests", Guests, None),
        a_step("house.twin", Twin, None),
        rules=[
            a_rule_set("house.guests", MOST),
            a_rule_set(
                "house.most", figure("most", "20", "House"), figure("least", None, "a book")
            ),
        ],
        output=HouseRooms,
        personal=(PersonalFields(of="house.twin", unnamed=("badge",)),),
    )
    assert faults(bad) == [
        "form Bare: it has no description",
        "form Bare: the field guests has no description",
        "form Bare.guests: a list has no max_length of at most 200",
        "form Bare.guests[]: a list has no max_length of at most 200",
        "form Bare: it does not take its example, guests: Input should be a valid list",
        "form Guest: 2 forms have this name",
        "step house.guests: personal_data() does not say whose guests[].badge is",
        "step house.guests: personal_data() does not say whose guests[].name is",
        "step house.twin: personal_data() does not say whose name is",
        "type HouseRoom: it has no description",
        "type HouseRoom: the field number has no description",
        "figure house.most.most: its source does not tell where it is from",
        "figure house.most.least: its source does not tell where it is from",
        "figure house.most.least: it has no value, so its source must say 'not verified'",
        "rule set house.guests: the step house.guests does not use it",
        "rule set house.most: no step uses it",
    ]


def test_where_the_product_takes_no_declarations_nothing_else_is_looked_at() -> None:
    odd = a_plugin("no step", a_step("house.bare", Bare, "house.gone"))
    vars(odd)["CONTRACT"] = 2
    assert faults(odd) == [
        "it is written for the contract 2; this is the contract 1",
        "steps() gave 'no step', which is not a Step",
        "step house.bare: its rule set house.gone is not among the plugin's rules",
    ]


@pytest.mark.parametrize(
    ("examples", "told"),
    [
        ([{"name": "Zoë", "badge": "7"}], []),
        ([], ["form Shown: it shows 0 examples, not one"]),
        ([{}, {}], ["form Shown: it shows 2 examples, not one"]),
        (
            [{"name": " Zoë", "badge": "7"}],
            ["form Shown: its example is not written as it would be stored"],
        ),
    ],
)
def test_a_form_shows_one_example_as_it_would_be_stored(
    examples: list[Any], told: list[str]
) -> None:
    class Shown(Guest, json_schema_extra={"examples": examples}):
        """A guest who is shown."""

    assert form_faults(Shown) == told


def test_the_types_below_a_type_are_described_too() -> None:
    assert output_faults(HouseStay) == []
    assert output_faults(HouseRooms) == output_faults(HouseRoom)


@pytest.mark.parametrize(
    ("value", "source", "told"),
    [
        ("1", "House rules, section 3", []),
        (None, "not verified", []),
        (None, "not verified; published at example.org", []),
        ("1", "not verified", ["it has a value, and its source says 'not verified'"]),
        (None, "Section 3", ["it has no value, so its source must say 'not verified'"]),
        ("1", "Section ", ["its source does not tell where it is from"]),
    ],
)
def test_a_figure_has_a_source_and_no_value_where_nobody_has_verified_it(
    value: str | None, source: str, told: list[str]
) -> None:
    found = figure_faults([a_rule_set("house.guests", figure("most", value, source))])
    assert found == [f"figure house.guests.most: {fault}" for fault in told]


@pytest.mark.parametrize(
    ("step", "used", "shared", "told"),
    [
        ("house.guests", "house.guests", (), []),
        ("house.guests", "house.other", (), ["the step house.guests does not use it"]),
        ("house.guests", None, ("house.guests",), ["the step house.guests does not use it"]),
        ("house.keys", "house.guests", (), []),
        ("house.keys", None, (), ["no step uses it"]),
        ("house.keys", None, ("house.guests",), []),
    ],
)
def test_a_rule_set_is_used_by_its_own_step_or_another_or_shared(
    step: str, used: str | None, shared: tuple[str, ...], told: list[str]
) -> None:
    found = rule_set_faults(
        [a_step(step, None, used)], [a_rule_set("house.guests", MOST)], shared=shared
    )
    assert found == [f"rule set house.guests: {fault}" for fault in told]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package with two rule files, one of them not named after its key."""
    rules = tmp_path / tmp_path.name / "rules"
    rules.mkdir(parents=True)
    (rules.parent / "__init__.py").touch()
    for name, key in (("window.toml", "house.guests"), ("keys.toml", "house.keys")):
        (rules / name).write_text(f'key = "{key}"\nversion = "1"\ntitle = "Rules"\nfigures = []\n')
    (rules / "README.md").write_text("not a rule file")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path.name


def test_all_rule_files_of_a_package_are_read_by_name_and_once(package: str) -> None:
    found = RuleSet.all_in(package)
    assert [rule_set.key for rule_set in found] == ["house.keys", "house.guests"]
    assert RuleSet.all_in(package) is found


def test_a_rule_file_is_declared_and_named_after_its_key(package: str) -> None:
    assert file_faults(package, [a_rule_set("house.guests")]) == [
        "rule file keys.toml: rules() does not declare house.keys",
        "rule file window.toml: its key house.guests does not end with its name",
    ]


def test_a_package_without_rule_files_has_no_faults_of_files() -> None:
    assert file_faults("softlanding", []) == []


def test_the_forms_of_a_plugin_are_found_by_name_without_amounts() -> None:
    assert [form.__name__ for form in forms_of(GOOD)] == ["Guest", "Guests"]


def test_it_is_told_how_long_personal_answers_are_kept() -> None:
    assert kept_days(GOOD) == {"Guest.name": 90, "Guest.badge": 30}
