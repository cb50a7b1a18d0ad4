"""The five conditions of the permit for start-ups, each met, missing or uncertain."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from softlanding import (
    Described,
    Fact,
    Money,
    RulesInForce,
    RuleUnknown,
    StartupSnapshot,
    Text,
)
from softlanding_crosspring_lab.facilitator_terms.criteria import terms_of
from softlanding_crosspring_lab.facilitator_terms.form import FacilitatorTerms
from softlanding_crosspring_lab.innovation_plan.check import missing_sections
from softlanding_crosspring_lab.innovation_plan.form import InnovationPlan
from softlanding_crosspring_lab.innovation_plan.sections import findings
from softlanding_crosspring_lab.permit_screen.form import PermitScreen
from softlanding_crosspring_lab.texts import told


class ConditionState(Described):
    """Whether a condition is met."""

    OK = "OK", "It is met."
    MISSING = "MISSING", "It is not met."
    UNCERTAIN = "UNCERTAIN", "The figure that it rests on is not verified, or no longer known."


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition: its key and name, its state, and what to add, the figure it rests on."""

    key: str
    name: Text
    state: ConditionState
    add: Text | None = None
    figure: Fact | None = None


def innovation(plan: InnovationPlan | None, rules: RulesInForce) -> Condition:
    """Judge whether the plan argues that the product is innovative."""
    found = None if plan is None else findings(plan, rules)
    add = None
    if found is None:
        add = told("answer the innovation plan")
    elif not found.is_innovative:
        add = told(
            "argue {minimum} aspect in {characters} characters",
            minimum=found.aspects_minimum,
            characters=found.characters_minimum,
        )
    return _condition("innovation", told("innovative product"), add)


def step_plan(plan: InnovationPlan | None, rules: RulesInForce) -> Condition:
    """Judge whether there is a plan step by step, with all its sections."""
    add = None
    if plan is None:
        add = told("answer the innovation plan")
    elif sections := missing_sections(findings(plan, rules)):
        add = told("complete the sections {sections}", sections=sections)
    return _condition("plan", told("plan step by step"), add)


def facilitator(
    terms: FacilitatorTerms | None, startup: StartupSnapshot, rules: RulesInForce
) -> Condition:
    """Judge whether facilitator and agreement meet the criteria of the RVO."""
    judged = None if terms is None else terms_of(terms, startup, rules)
    add = None
    if judged is None:
        add = told("note facilitator and agreement")
    elif missing := [one.name for one in judged.criteria if not one.ok]:
        add = told("meet the criteria {criteria}", criteria=[str(name) for name in missing])
    return _condition("facilitator", told("facilitator"), add)


def active_role(answers: PermitScreen) -> Condition:
    """Judge whether the founder works in the company."""
    add = None if answers.active_role else told("work in the company, not only own or finance it")
    return _condition("active_role", told("active role"), add)


def means(answers: PermitScreen, rules: RulesInForce) -> Condition:
    """Judge the means by the figure of `crosspring_lab.permit_screen`; uncertain without one."""
    name = told("means")
    try:
        needed = rules.decimal("means_for_stay")
    except RuleUnknown:
        return Condition(key="means", name=name, state=ConditionState.UNCERTAIN)
    missing = needed - answers.means_for_stay.amount
    add = None if missing <= 0 else told("show {amount} more", amount=Money(amount=missing))
    figure = Fact(name="means_for_stay_minimum", value=needed, unit="EUR")
    return replace(_condition("means", name, add), figure=figure)


def conditions(
    answers: PermitScreen,
    plan: InnovationPlan | None,
    terms: FacilitatorTerms | None,
    startup: StartupSnapshot,
    rule_sets: Mapping[str, RulesInForce],
) -> list[Condition]:
    """Return all five, in the order of the IND."""
    return [
        facilitator(terms, startup, rule_sets["crosspring_lab.facilitator_terms"]),
        innovation(plan, rule_sets["crosspring_lab.innovation_plan"]),
        active_role(answers),
        step_plan(plan, rule_sets["crosspring_lab.innovation_plan"]),
        means(answers, rule_sets["crosspring_lab.permit_screen"]),
    ]


def _condition(key: str, name: Text, add: Text | None) -> Condition:
    state = ConditionState.OK if add is None else ConditionState.MISSING
    return Condition(key=key, name=name, state=state, add=add)
