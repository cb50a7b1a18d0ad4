"""The check of `imt_starter.research_profile`."""

from collections.abc import Iterator

from softlanding import (
    CheckContext,
    Evidence,
    Fact,
    Outcome,
    RulesInForce,
    StaySnapshot,
    Text,
    Verdict,
    joined,
)
from softlanding_imt_starter.directory import NO_LAB, Directory
from softlanding_imt_starter.research_profile.form import ResearchProfile
from softlanding_imt_starter.settings import directory_of
from softlanding_imt_starter.texts import told


async def check_research_profile(
    answers: ResearchProfile,
    stay: StaySnapshot,
    ctx: CheckContext,
) -> Verdict:
    """Count different keywords, measure them, and look topics and lab up in the directory."""
    rules = ctx.rules
    directory = directory_of(ctx.settings)
    facts = (
        Fact(name="keywords", value=len(distinct(answers.keywords)), unit="keywords"),
        Fact(name="topics", value=len(set(answers.openalex_topic_ids)), unit="topics"),
        *(
            Fact(name=name, value=rules.integer(name), unit=unit)
            for name, unit in (
                ("keywords_minimum", "keywords"),
                ("keywords_maximum", "keywords"),
                ("keyword_shortest", "characters"),
                ("keyword_longest", "characters"),
                ("topics_maximum", "topics"),
            )
        ),
    )
    faults = [*_keyword_faults(answers, rules), *_directory_faults(answers, rules, directory)]
    if faults:
        return Verdict(
            outcome=Outcome.FAILED,
            code=faults[0][0],
            message=joined(text for _, text in faults),
            facts=facts,
        )
    return Verdict(
        outcome=Outcome.PASSED,
        code="PROFILE_USABLE",
        message=told(
            "The profile has {keywords} keywords and {topics} topics.",
            keywords=len(distinct(answers.keywords)),
            topics=len(set(answers.openalex_topic_ids)),
        ),
        facts=facts,
        evidence=(Evidence.of_answers(kind="profile", label="Research profile", answers=answers),),
    )


def distinct(keywords: list[str]) -> list[str]:
    """Return the different keywords, whatever their case, in their order."""
    found: dict[str, str] = {}
    for keyword in keywords:
        found.setdefault(keyword.casefold(), keyword)
    return list(found.values())


def _keyword_faults(answers: ResearchProfile, rules: RulesInForce) -> Iterator[tuple[str, Text]]:
    count = len(distinct(answers.keywords))
    least, most = rules.integer("keywords_minimum"), rules.integer("keywords_maximum")
    shortest, longest = rules.integer("keyword_shortest"), rules.integer("keyword_longest")
    if count < least:
        yield (
            "TOO_FEW_KEYWORDS",
            told(
                "Give at least {least} different keywords.",
                least=least,
            ),
        )
    if count > most:
        yield (
            "TOO_MANY_KEYWORDS",
            told(
                "Give at most {most} keywords.",
                most=most,
            ),
        )
    for keyword in distinct(answers.keywords):
        if not shortest <= len(keyword) <= longest:
            yield (
                "KEYWORD_LENGTH",
                told(
                    "Keyword {keyword}: {shortest} to {longest} characters are needed.",
                    keyword=keyword,
                    shortest=shortest,
                    longest=longest,
                ),
            )


def _directory_faults(
    answers: ResearchProfile, rules: RulesInForce, directory: Directory
) -> Iterator[tuple[str, Text]]:
    most = rules.integer("topics_maximum")
    if len(set(answers.openalex_topic_ids)) > most:
        yield (
            "TOO_MANY_TOPICS",
            told(
                "Give at most {most} topics.",
                most=most,
            ),
        )
    for topic in answers.openalex_topic_ids:
        if topic not in directory.topics:
            yield (
                "TOPIC_UNKNOWN",
                told("Topic {topic} is unknown.", topic=topic),
            )
    if answers.lab is not None and answers.lab != NO_LAB and answers.lab not in directory.labs:
        yield (
            "LAB_UNKNOWN",
            told(
                "Lab {lab} is unknown; choose {labs} or {none}.",
                lab=answers.lab,
                labs=sorted(directory.labs),
                none=NO_LAB,
            ),
        )
