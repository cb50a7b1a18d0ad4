"""Limits on documents: at the limit, above it, and documents made to be slow."""

import time
from typing import Any

import pytest
from graphql import parse

from softlanding.testing.house import House
from softlanding_schema.limits import GIVEN, GIVEN_IN_FORMS, fault_of_variables, faults


def nested(levels: int) -> str:
    inner = "{ name }"
    for _ in range(levels - 2):
        inner = f"{{ ofType {inner} }}"
    return f'{{ __type(name: "Query") {inner} }}'


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (nested(20), []),
        (nested(21), ["The operation has 21 levels; at most 20."]),
        (nested(100), ["The operation has 100 levels; at most 20."]),
        ("{" + " ".join(f"a{n}: __typename" for n in range(30)) + "}", []),
        (
            "{" + " ".join(f"a{n}: __typename" for n in range(31)) + "}",
            ["The operation has 31 aliases; at most 30."],
        ),
        ("{ __typename" + " @skip(if: false)" * 50 + " }", []),
        (
            "{ __typename" + " @skip(if: false)" * 51 + " }",
            ["The operation has 51 directives; at most 50."],
        ),
        ("{" + " __typename" * 50 + " }", []),
        ("{" + " __typename" * 51 + " }", ["The operation has 51 root fields; at most 50."]),
        (" ".join(f"query q{n} {{ __typename }}" for n in range(10)), []),
        (
            " ".join(f"query q{n} {{ __typename }}" for n in range(11)),
            ["The document has 11 operations; at most 10."],
        ),
        ("mutation {" + " ".join(f"a{n}: x" for n in range(5)) + "}", []),
        (
            "mutation { ...m } fragment m on Mutation {"
            + " ".join(f"a{n}: x" for n in range(6))
            + "}",
            ["The operation has 6 root mutations; at most 5."],
        ),
    ],
)
def test_a_document_is_measured_with_its_fragments_spread(document: str, told: list[str]) -> None:
    assert faults(parse(document)) == told


def test_fragments_that_double_at_every_level_are_measured_once_each() -> None:
    levels = 99
    fragments = " ".join(
        f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels)
    )
    document = parse(f"{{ ...f0 }} {fragments} fragment f{levels} on Query {{ a: __typename }}")
    started = time.process_time()
    assert faults(document) == [
        "The operation has more than 1000000 aliases; at most 30.",
        "The operation has more than 1000000 root fields; at most 50.",
    ]
    assert time.process_time() - started < 1, "two to the power of 99 steps would never end"


async def test_what_is_not_valid_measures_nothing_and_is_told_by_validation(house: House) -> None:
    for document, told in [
        ("{ ...a } fragment a on Query { ...a }", "Cannot spread fragment 'a' within itself."),
        ("{ ...missing }", "Unknown fragment 'missing'."),
    ]:
        assert faults(parse(document)) == []
        answer = await house.ask(document)
        assert [error["message"] for error in answer["errors"]] == [told]


async def test_a_document_above_a_limit_is_refused_and_nothing_runs(seeded: House) -> None:
    aliases = " ".join(f"a{n}: incubators {{ totalCount }}" for n in range(31))
    with seeded.core.database.statements() as statements:
        answer = await seeded.ask(f"{{ {aliases} }}")
    assert answer == {"errors": [{"message": "The operation has 31 aliases; at most 30."}]}
    assert statements == []


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({}, None),
        ({"ids": ["x"] * 999}, None),
        ({"ids": ["x"] * 1_000}, "The variables hold more than 1000 values."),
        ({"where": {"or": [{}] * 299}}, None),
        ({"where": {"or": [{}] * 300}}, "The variables hold more than 300 objects."),
        ({f"v{n}": [[n, n]] for n in range(251)}, "The variables hold more than 1000 values."),
    ],
)
def test_variables_are_counted_wherever_they_are(
    variables: dict[str, Any], told: str | None
) -> None:
    assert fault_of_variables(variables, GIVEN) == told


def test_counting_ends_at_the_limit() -> None:
    without_end: list[Any] = [1]
    without_end.append(without_end)
    assert (
        fault_of_variables({"v": without_end}, GIVEN) == "The variables hold more than 1000 values."
    )


def test_a_person_may_send_a_long_form() -> None:
    rows = [{f"field{number}": number for number in range(10)} for _ in range(200)]
    assert fault_of_variables({"input": {"rows": rows}}, GIVEN_IN_FORMS) is None
    assert (
        fault_of_variables({"input": {"rows": rows * 3}}, GIVEN_IN_FORMS)
        == "The variables hold more than 5000 values."
    )
