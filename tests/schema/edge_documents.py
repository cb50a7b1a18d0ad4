"""Operations at the edges of what a plan writes, each with its variables."""

from typing import Any

EDGES: dict[str, tuple[str, dict[str, Any]]] = {
    "nothing of a row forward": ("{ incubators { pageInfo { hasPreviousPage } } }", {}),
    "nothing of a row backward": ("{ incubators(last: 2) { pageInfo { hasNextPage } } }", {}),
    "nothing of no row": (
        '{ incubators(where: {name: {eq: "?"}}) { pageInfo { hasPreviousPage } } }',
        {},
    ),
    "nothing of a row in a row": (
        "{ incubators { nodes { startups { pageInfo { hasPreviousPage } } } } }",
        {},
    ),
    "names of types alone": (
        "{ incubators { nodes { __typename startups { edges { __typename } } } } }",
        {},
    ),
    "name of a page's type": ("{ incubators { __typename pageInfo { __typename } } }", {}),
    "name of a text's type": (
        '{ incubators { nodes { summary(locale: "fr") { __typename } } } }',
        {},
    ),
    "name of a text's type in a language": (
        "query($l: String!) { incubators { nodes { summary(locale: $l) { __typename } } } }",
        {"l": "fr-CA"},
    ),
    "a text in no language, unread": (
        "query($l: String!) { incubators { nodes { summary(locale: $l) { __typename } } } }",
        {"l": "x"},
    ),
    "a language alone": (
        "query($l: String!) { incubators { nodes { summary(locale: $l) { locale } } } }",
        {"l": "fr-CA"},
    ),
    "a list of variables": (
        """query($a: String!, $b: String!) {
          incubators(where: {slug: {in: [$a, $b, "gtec"]}}) { nodes { slug } } }""",
        {"a": "imt-starter", "b": "x"},
    ),
    "a long list of variables": (
        """query($a: String!) {
          incubators(where: {slug: {in: ["b", "c", "d", "e", $a]}}) { nodes { slug } } }""",
        {"a": "imt-starter"},
    ),
    "a list of ids of variables": (
        "query($a: ID!) { incubators(where: {id: {in: [$a]}}) { nodes { slug } } }",
        {"a": "SW5jdWJhdG9yOjE="},
    ),
    "a list of states of variables": (
        "query($s: StayState!) { stays(where: {state: {in: [$s, ACTIVE]}}) { nodes { state } } }",
        {"s": "CONFIRMED"},
    ),
    "one value for a list": (
        "query($a: [String!]!) { incubators(where: {slug: {in: $a}}) { nodes { slug } } }",
        {"a": "imt-starter"},
    ),
    "a whole number with a point": (
        "query($n: Int) { incubators(first: $n) { nodes { slug } } }",
        {"n": 3.0},
    ),
    "no order at all": (
        "query($o: [StayOrder!]) { stays(orderBy: $o) { nodes { arrival } } }",
        {"o": None},
    ),
    "an order that is not in a list": (
        "query($o: [StayOrder!]) { stays(orderBy: $o) { edges { cursor } } }",
        {"o": {"field": "STATE"}},
    ),
    "filters that are null": (
        "query($w: StayWhere) { stays(where: $w) { totalCount } }",
        {"w": {"arrival": None, "or": None, "startup": {"home": None}}},
    ),
    "NUL in a text": ('{ incubators(where: {name: {eq: "a\\u{0}b"}}) { totalCount } }', {}),
    "everything skipped": (
        "query($b: Boolean!) { incubators @skip(if: $b) { totalCount } }",
        {"b": True},
    ),
    "the first moment there is": (
        '{ stays(where: {not: {submittedAt: {gt: "0001-01-01T00:00:00+14:00"}}}) { totalCount } }',
        {},
    ),
    "a cursor of another list": (
        '{ stays(first: 3, before: "W10=") { nodes { arrival } } }',
        {},
    ),
}
