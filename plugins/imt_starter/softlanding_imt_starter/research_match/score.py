"""How well researchers fit a profile: score = 0.5 T + 0.35 K + 0.15 R, offline, explained.

T is the weight of the best pair of topics, K the cosine of TF-IDF over the words of keywords
and recent titles, R how recent the latest publication is. The weights are in the rule file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from softlanding import RulesInForce
from softlanding_imt_starter.directory import Directory, Researcher, Topic
from softlanding_imt_starter.research_match.terms import cosine, lemmas, rarity, vector

_PLACES = Decimal("0.0001")


@dataclass(frozen=True, kw_only=True)
class Match:
    """A researcher, the score from 0 to 1, and the words and topics it comes from."""

    researcher: Researcher
    score: Decimal
    matched_terms: tuple[str, ...]


def ranked(
    keywords: Sequence[str],
    topic_ids: Sequence[str],
    *,
    directory: Directory,
    rules: RulesInForce,
    today: date,
) -> list[Match]:
    """Return all researchers open to contact, best first, then by name."""
    researchers = directory.open_researchers
    years = rules.integer("recent_years")
    documents = [document(researcher, today.year, years) for researcher in researchers]
    rare = rarity(documents)
    wanted = vector(words_of(keywords), rare)
    topics = [directory.topics[topic] for topic in topic_ids if topic in directory.topics]
    found = []
    for researcher, words in zip(researchers, documents, strict=True):
        own = vector(words, rare)
        own_topics = [directory.topics[topic] for topic in researcher.topics]
        weight, shared = topic_weight(topics, own_topics, rules)
        parts = (
            (rules.decimal("weight_topics"), weight),
            (rules.decimal("weight_keywords"), Decimal(cosine(wanted, own))),
            (rules.decimal("weight_recency"), recency(researcher, today.year, years)),
        )
        score = sum((factor * part for factor, part in parts), Decimal(0))
        common = sorted(wanted.keys() & own.keys(), key=lambda word: (-wanted[word], word))
        found.append(
            Match(
                researcher=researcher,
                score=score.quantize(_PLACES, ROUND_HALF_UP),
                matched_terms=(*shared, *common),
            )
        )
    return sorted(found, key=lambda match: (-match.score, match.researcher.name))


def shortlist(matches: Iterable[Match], rules: RulesInForce) -> list[Match]:
    """Return those with the least score or more, at most as many as are shown."""
    least = rules.decimal("least_score")
    return [match for match in matches if match.score >= least][: rules.integer("candidates_shown")]


def suggestions(matches: Sequence[Match], keywords: Sequence[str], count: int) -> list[str]:
    """Return keywords of the best researchers that the profile does not have yet."""
    known = {tuple(lemmas(keyword)) for keyword in keywords}
    found: list[str] = []
    for match in matches:
        for keyword in match.researcher.keywords:
            if tuple(lemmas(keyword)) not in known:
                known.add(tuple(lemmas(keyword)))
                found.append(keyword)
    return found[:count]


def document(researcher: Researcher, year: int, years: int) -> list[str]:
    """Return the words of a researcher: keywords, and titles of the last `years` years."""
    recent = (one.title for one in researcher.publications if year - one.year < years)
    return words_of([*researcher.keywords, *recent])


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the words of several texts in one form."""
    return [word for text in texts for word in lemmas(text)]


def topic_weight(
    wanted: Iterable[Topic], own: Sequence[Topic], rules: RulesInForce
) -> tuple[Decimal, tuple[str, ...]]:
    """Return the weight of the best pair of topics, and the names of topics both have."""
    best = Decimal(0)
    shared = []
    for one in wanted:
        for other in own:
            if one.id == other.id:
                shared.append(one.name)
                best = max(best, rules.decimal("same_topic"))
            elif one.subfield == other.subfield:
                best = max(best, rules.decimal("same_subfield"))
            elif one.field == other.field:
                best = max(best, rules.decimal("same_field"))
    return best, tuple(sorted(set(shared)))


def recency(researcher: Researcher, year: int, years: int) -> Decimal:
    """Return 1 for a publication of this year, less with age, 0 from `years` years on."""
    latest = max((one.year for one in researcher.publications), default=None)
    if latest is None:
        return Decimal(0)
    return min(max(1 - Decimal(year - latest) / years, Decimal(0)), Decimal(1))
