"""What needs and goals are called in a sentence."""

from collections.abc import Iterable, Mapping

from softlanding import Text
from softlanding_common.goals.form import Goal, Need
from softlanding_common.texts import told

NEEDS: Mapping[Need, Text] = {
    Need.CUSTOMERS: told("customers"),
    Need.CORPORATES: told("corporates"),
    Need.INVESTORS: told("investors"),
    Need.PARTNERS: told("partners"),
    Need.RESEARCH: told("research"),
    Need.REGULATION: told("regulation"),
    Need.TALENT: told("talent"),
    Need.MENTORING: told("mentoring"),
}


def need_of(goal: Goal, need: Need) -> Text:
    """Return the words for a need of a goal."""
    return told("{need} for “{goal}”", need=NEEDS[need], goal=goal.text)


def unknown_keys(goals: Iterable[Goal], keys: Iterable[str]) -> list[str]:
    """Return the keys that none of the goals has, each once, in order."""
    known = {goal.key for goal in goals}
    return [key for key in dict.fromkeys(keys) if key not in known]
