from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from softlanding import RulesInForce
from softlanding_imt_starter.directory import Directory, Lab, Publication, Researcher, Topic
from softlanding_imt_starter.identifiers import orcid_of
from softlanding_imt_starter.research_match.score import (
    Match,
    document,
    ranked,
    recency,
    shortlist,
    suggestions,
    topic_weight,
)
from softlanding_imt_starter.research_match.terms import cosine, lemmas, rarity, vector

Rules = Callable[..., RulesInForce]
TODAY = date(2026, 11, 22)
TOPICS = {
    name: Topic(id=name, name=f"Topic {name}", subfield=subfield, field=field)
    for name, subfield, field in (
        ("T1", 1705, 17),
        ("T2", 1705, 17),
        ("T3", 1710, 17),
        ("T4", 2208, 22),
    )
}
ORCIDS = ("0099-0000-0000-0011", "0099-0000-0000-002X", "0099-0000-0000-0038")


def researcher(
    number: int = 0,
    *,
    topics: tuple[str, ...] = (),
    keywords: tuple[str, ...] = (),
    titles: tuple[tuple[int, str], ...] = (),
    open_to_contact: bool = True,
) -> Researcher:
    return Researcher(
        orcid=ORCIDS[number],
        name=f"Example {number}",
        lab="lab",
        topics=topics,
        keywords=keywords,
        open_to_contact=open_to_contact,
        publications=tuple(Publication(year=year, title=title) for year, title in titles),
    )


def directory(*researchers: Researcher) -> Directory:
    return Directory(
        labs={"lab": Lab(key="lab", name="Lab")},
        topics=TOPICS,
        researchers={one.orcid: one for one in researchers},
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Networks of the Machines", ["network", "machine"]),
        ("Les réseaux locaux", ["reseau", "local"]),
        ("Technologies, batteries & 5G", ["technology", "battery", "5g"]),
        ("analysis process boxes bus", ["analysis", "process", "box", "bus"]),
        ("a I", []),
    ],
)
def test_words_are_brought_to_one_form(text: str, words: list[str]) -> None:
    assert lemmas(text) == [word for word in words if word]


def test_a_rare_word_weighs_more_and_an_unknown_one_as_the_rarest() -> None:
    rare = rarity([["laser", "dust"], ["laser"]])
    assert rare["laser"] == 1
    assert rare["dust"] > 1
    assert vector(["dust", "other", "laser", "laser"], rare) == {
        "dust": rare["dust"],
        "other": rare["dust"],
        "laser": 2,
    }


def test_cosine_is_one_for_the_same_and_zero_for_nothing_in_common() -> None:
    assert cosine({"a": 2.0, "b": 1.0}, {"a": 4.0, "b": 2.0}) == pytest.approx(1)
    assert cosine({"a": 1.0}, {"b": 1.0}) == 0
    assert cosine({}, {"a": 1.0}) == 0


@pytest.mark.parametrize(
    ("wanted", "weight", "shared"),
    [
        ((), "0", ()),
        (("T4",), "0", ()),
        (("T3",), "0.2", ()),
        (("T2",), "0.5", ()),
        (("T1",), "1", ("Topic T1",)),
        (("T4", "T3", "T2"), "0.5", ()),
        (("T3", "T1"), "1", ("Topic T1",)),
    ],
)
def test_the_best_pair_of_topics_counts(
    rules: Rules, wanted: tuple[str, ...], weight: str, shared: tuple[str, ...]
) -> None:
    found = topic_weight([TOPICS[one] for one in wanted], [TOPICS["T1"]], rules("research_match"))
    assert found == (Decimal(weight), shared)


@pytest.mark.parametrize(
    ("year", "value"),
    [
        (2027, "1"),
        (2026, "1"),
        (2025, "0.8"),
        (2022, "0.2"),
        (2021, "0"),
        (2010, "0"),
    ],
)
def test_recency_falls_to_zero_in_five_years(year: int, value: str) -> None:
    assert recency(researcher(titles=((year, "Title"),)), 2026, 5) == Decimal(value)


def test_without_publications_nothing_is_recent() -> None:
    assert recency(researcher(), 2026, 5) == 0


def test_titles_of_the_last_five_years_count() -> None:
    one = researcher(keywords=("laser",), titles=((2022, "Dust"), (2021, "Fog")))
    assert document(one, 2026, 5) == ["laser", "dust"]


def test_the_score_is_half_topics_a_third_words_and_a_rest_of_recency(rules: Rules) -> None:
    given = directory(
        researcher(0, topics=("T1",), keywords=("laser",), titles=((2026, "Laser"),)),
        researcher(1, topics=("T2",), keywords=("fog",), titles=((2025, "Fog"),)),
        researcher(2, topics=("T1",), keywords=("laser",), open_to_contact=False),
    )
    matches = ranked(
        ["lasers"], ["T1"], directory=given, rules=rules("research_match"), today=TODAY
    )
    assert matches == [
        Match(
            researcher=given.researchers[ORCIDS[0]],
            score=Decimal("1.0000"),
            matched_terms=("Topic T1", "laser"),
        ),
        Match(researcher=given.researchers[ORCIDS[1]], score=Decimal("0.3700"), matched_terms=()),
    ]


def test_equal_scores_are_sorted_by_name(rules: Rules) -> None:
    given = directory(researcher(1), researcher(0))
    matches = ranked(["laser"], [], directory=given, rules=rules("research_match"), today=TODAY)
    assert [match.researcher.name for match in matches] == ["Example 0", "Example 1"]


def match(score: str) -> Match:
    return Match(researcher=researcher(), score=Decimal(score), matched_terms=())


def test_only_scores_of_a_quarter_or_more_are_listed(rules: Rules) -> None:
    given = [match("0.2501"), match("0.2500"), match("0.2499")]
    assert shortlist(given, rules("research_match")) == given[:2]


def test_at_most_five_are_listed(rules: Rules) -> None:
    assert shortlist([match("0.9")] * 6, rules("research_match")) == [match("0.9")] * 5


def test_suggestions_are_keywords_of_the_best_that_are_not_there_yet() -> None:
    matches = [
        Match(researcher=researcher(keywords=keywords), score=Decimal(1), matched_terms=())
        for keywords in (("lasers", "dust"), ("Dust", "fog", "rain", "snow"))
    ]
    assert suggestions(matches, ["laser"], 3) == ["dust", "fog", "rain"]


def test_the_orcids_of_this_test_hold() -> None:
    assert [orcid_of(orcid) for orcid in ORCIDS] == list(ORCIDS)
