"""What a plan says: its sections, their words, and the aspects that are argued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from softlanding import RulesInForce, Text
from softlanding_crosspring_lab.innovation_plan.form import (
    InnovationKind,
    InnovationPlan,
    StepByStepPlan,
)
from softlanding_crosspring_lab.texts import told

SECTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "structure": told("Structure"),
        "roles": told("Roles"),
        "legal_form": told("Legal form"),
        "staff": told("Staff"),
        "purpose": told("Purpose"),
        "product_description": told("Product description"),
        "first_year_activities": told("First year activities"),
    }
)
"""The names of the sections by field of the form, in the order of the IND's list."""

ASPECTS: Mapping[InnovationKind, Text] = MappingProxyType(
    {
        InnovationKind.NEW_TO_NL: told("new to the Netherlands"),
        InnovationKind.NEW_TECH: told("new technology"),
        InnovationKind.NEW_ORGANISATION: told("new organisation"),
    }
)
"""What each aspect is called in a sentence."""


def words(text: str | None) -> int:
    """Count words: stretches between white space that hold a letter or a digit."""
    return sum(any(sign.isalnum() for sign in word) for word in (text or "").split())


def words_by_section(plan: StepByStepPlan) -> dict[str, int]:
    """Return how many words each section has."""
    return {name: words(getattr(plan, name)) for name in SECTIONS}


@dataclass(frozen=True, kw_only=True)
class PlanFindings:
    """What a plan lacks, and the figures asked of it."""

    argued: Sequence[InnovationKind]
    short_aspects: Sequence[InnovationKind]
    aspects_minimum: int
    characters_minimum: int
    words: Mapping[str, int]
    words_minimum: int

    @property
    def is_innovative(self) -> bool:
        """Whether enough aspects are argued."""
        return len(self.argued) >= self.aspects_minimum

    @property
    def missing_sections(self) -> Sequence[str]:
        """The sections with too few words."""
        return [name for name, count in self.words.items() if count < self.words_minimum]


def findings(answers: InnovationPlan, rules: RulesInForce) -> PlanFindings:
    """Look at aspects and sections with the figures of `crosspring_lab.innovation_plan`.

    An aspect that is argued at length once does not become short by a second mention.
    """
    characters = rules.integer("aspect_characters_minimum")
    argued = {one.aspect for one in answers.aspects if len(one.argument) >= characters}
    return PlanFindings(
        argued=sorted(argued),
        short_aspects=sorted({one.aspect for one in answers.aspects} - argued),
        aspects_minimum=rules.integer("aspects_minimum"),
        characters_minimum=characters,
        words=words_by_section(answers.plan),
        words_minimum=rules.integer("section_words_minimum"),
    )
