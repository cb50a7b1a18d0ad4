"""Documents that mean harm, and what their senders are told."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Hostile:
    """A document, what comes with it, and the whole errors with which it is refused."""

    query: str
    errors: list[dict[str, Any]]
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None
    status: int | None = None
    """The status in both media types, where it is the same."""
    cost: int | None = None
    """What the operation costs, where that was worked out."""

    @property
    def told(self) -> dict[str, Any]:
        """The body of the answer."""
        answer: dict[str, Any] = {"errors": self.errors}
        if self.cost is not None:
            answer["extensions"] = {"cost": {"requested": self.cost, "limit": 20_000}}
        return answer

    @property
    def body(self) -> str:
        """The body of a request."""
        return json.dumps(
            {
                "query": self.query,
                "variables": self.variables,
                "operationName": self.operation_name,
            }
        )


def many(count: int, text: Callable[[int], str]) -> str:
    """Return a text for each number."""
    return " ".join(map(text, range(count)))


def nested(opening: str, count: int, inner: str, closing: str = "}") -> str:
    """Return what is nested in itself."""
    return opening * count + inner + closing * count


def error(message: str, *columns: int, line: int = 1) -> dict[str, Any]:
    """Return an error with its places."""
    if not columns:
        return {"message": message}
    places = [{"line": line, "column": column} for column in columns]
    return {"message": message, "locations": places}


def too_large(what: str, limit: str) -> dict[str, Any]:
    """Return the error for what is above a limit of bytes."""
    told = {"code": "INVALID", "hint": "Send less at a time."}
    return {"message": f"The {what} is larger than {limit}.", "extensions": told}


def too_costly(cost: int) -> dict[str, Any]:
    """Return the error for an operation that costs too much."""
    hint = "Ask for shorter pages (`first`), fewer lists inside of lists, or in several requests."
    told = {"code": "COST_TOO_HIGH", "hint": hint}
    return {"message": f"The operation costs {cost}; at most 20000.", "extensions": told}


def conflict(field: str, *columns: int) -> dict[str, Any]:
    """Return the error for a field that is asked for with other arguments."""
    return error(
        f"Fields '{field}' conflict because they have differing arguments."
        " Use different aliases on the fields to fetch both if this was intentional.",
        *columns,
    )


TOO_MANY = error("Too many validation errors, error limit reached. Validation aborted.")
NOT_COMPARED = error(
    "The document repeats its fields, or nests its fragments, too often to be checked."
    " Ask for each field once."
)
TOO_MUCH_SCHEMA = error("The operation asks for more than the whole schema. Ask for it once.")
DEEP = "Syntax Error: Document is nested too deeply. Parsing aborted."
TOKENS = "Syntax Error: Document contains more than 1000 tokens. Parsing aborted."

HOSTILE = {
    # Much of one thing
    "a thousand aliases": Hostile(
        "{" + many(1000, lambda n: f"a{n}:__typename") + "}", [error(TOKENS, 5220)]
    ),
    "three hundred aliases": Hostile(
        "{" + many(300, lambda n: f"a{n}:__typename") + "}",
        [
            error("The operation has 300 aliases; at most 30."),
            error("The operation has 300 root fields; at most 50."),
        ],
    ),
    "aliases in fragments": Hostile(
        "{"
        + "...a " * 40
        + "} fragment a on Query {"
        + many(30, lambda n: f"a{n}:__typename")
        + "}",
        [
            error("The operation has 1200 aliases; at most 30."),
            error("The operation has 1200 root fields; at most 50."),
        ],
    ),
    "a thousand root fields": Hostile("{" + "__typename " * 1000 + "}", [error(TOKENS, 10991)]),
    "nine hundred root fields": Hostile(
        "{" + "__typename " * 900 + "}", [error("The operation has 900 root fields; at most 50.")]
    ),
    "ten thousand unknown fields": Hostile(
        "{" + many(10_000, lambda n: f"f{n}") + "}", [too_large("query", "16 KiB")], status=413
    ),
    "eight thousand unknown fields in 16 KiB": Hostile(
        "{" + "a " * 8_000 + "}", [error(TOKENS, 2000)]
    ),
    "nine hundred unknown fields below the root": Hostile(
        "{viewer{" + many(900, lambda n: f"f{n}") + "}}",
        [
            error("Cannot query field 'f0' on type 'Viewer'.", 9),
            error("Cannot query field 'f1' on type 'Viewer'.", 12),
            error("Cannot query field 'f2' on type 'Viewer'.", 15),
            error("Cannot query field 'f3' on type 'Viewer'.", 18),
            TOO_MANY,
        ],
    ),
    "fields almost named right": Hostile(
        "{viewer{" + many(900, lambda n: f"nam{n}") + "}}",
        [
            error("Cannot query field 'nam0' on type 'Viewer'. Did you mean 'name'?", 9),
            error("Cannot query field 'nam1' on type 'Viewer'. Did you mean 'name'?", 14),
            error("Cannot query field 'nam2' on type 'Viewer'. Did you mean 'name'?", 19),
            error("Cannot query field 'nam3' on type 'Viewer'. Did you mean 'name'?", 24),
            TOO_MANY,
        ],
    ),
    "three hundred unknown arguments": Hostile(
        "{startup(" + many(300, lambda n: f"s{n}:1") + "){id}}",
        [
            error("Unknown argument 's0' on field 'Query.startup'.", 10),
            error("Unknown argument 's1' on field 'Query.startup'.", 15),
            error("Unknown argument 's2' on field 'Query.startup'.", 20),
            error("Unknown argument 's3' on field 'Query.startup'.", 25),
            TOO_MANY,
        ],
    ),
    "one argument three hundred times": Hostile(
        "{startup(" + 'slug:"a" ' * 300 + "){id}}",
        [error("There can be only one argument named 'slug'.", 10, 19, 28, 37, 46)],
    ),
    "ten thousand directives": Hostile(
        "{__typename" + "@a" * 10_000 + "}", [too_large("query", "16 KiB")], status=413
    ),
    "hundreds of unknown directives": Hostile(
        "{__typename" + "@a" * 490 + "}", [error("The operation has 490 directives; at most 50.")]
    ),
    "hundreds of known directives": Hostile(
        "{__typename" + "@skip(if:true)" * 160 + "}", [error(TOKENS, 2008)]
    ),
    "fifty directives on a field": Hostile(
        "{__typename" + "@skip(if:true)" * 50 + "}",
        [
            error("The directive '@skip' can only be used once at this location.", 12, 26),
            error("The directive '@skip' can only be used once at this location.", 12, 40),
            error("The directive '@skip' can only be used once at this location.", 12, 54),
            error("The directive '@skip' can only be used once at this location.", 12, 68),
            TOO_MANY,
        ],
    ),
    "directives on an operation": Hostile(
        "query" + "@a" * 490 + "{__typename}",
        [error("The operation has 490 directives; at most 50.")],
    ),
    "directives on a variable": Hostile(
        "query($a:Int" + "@a" * 480 + "){__typename}",
        [error("The operation has 480 directives; at most 50.")],
    ),
    "directives in a fragment": Hostile(
        "{...f} fragment f on Query{__typename" + "@skip(if:true)" * 150 + "}",
        [error(TOKENS, 2018)],
    ),
    "hundreds of operations": Hostile(
        many(190, lambda n: f"query q{n}{{__typename}}"),
        [error("The document has 190 operations; at most 10.")],
    ),
    "operations that are all too large": Hostile(
        many(10, lambda n: f"query q{n}{{" + "__typename " * 60 + "}"),
        [error("The operation has 60 root fields; at most 50.")] * 5,
    ),
    "hundreds of fragments": Hostile(
        "{__typename} " + many(120, lambda n: f"fragment f{n} on Query{{__typename}}"),
        [error("The document has 120 fragments; at most 100.")],
    ),
    "a hundred fragments that nobody spreads": Hostile(
        "{__typename} " + many(100, lambda n: f"fragment f{n} on Query{{__typename}}"),
        [
            error("Fragment 'f0' is never used.", 14),
            error("Fragment 'f1' is never used.", 47),
            error("Fragment 'f2' is never used.", 80),
            error("Fragment 'f3' is never used.", 113),
            TOO_MANY,
        ],
    ),
    "hundreds of variables": Hostile(
        "query(" + many(240, lambda n: f"$v{n}:Int") + "){__typename}",
        [error("The operation has 240 variables; at most 100.")],
    ),
    "a hundred variables that nobody uses": Hostile(
        "query(" + many(100, lambda n: f"$v{n}:Int") + "){__typename}",
        [
            error("Variable '$v0' is never used.", 7),
            error("Variable '$v1' is never used.", 15),
            error("Variable '$v2' is never used.", 23),
            error("Variable '$v3' is never used.", 31),
            TOO_MANY,
        ],
    ),
    "definitions of types": Hostile(
        many(150, lambda n: f"type T{n}{{a:Int}}"), [error(TOKENS, 2320)]
    ),
    # Fragments
    "a fragment in itself": Hostile(
        "{...a} fragment a on Query{...a}", [error("Cannot spread fragment 'a' within itself.", 28)]
    ),
    "fragments in a circle": Hostile(
        "{...a} fragment a on Query{...b} fragment b on Query{...a}",
        [error("Cannot spread fragment 'a' within itself via 'b'.", 28, 54)],
    ),
    "a circle of thirty fragments": Hostile(
        "{...f0} " + many(30, lambda n: f"fragment f{n} on Query{{...f{(n + 1) % 30}}}"),
        [
            error(
                "Cannot spread fragment 'f0' within itself via "
                + ", ".join(f"'f{n}'" for n in range(1, 30))
                + ".",
                30,
                58,
                86,
                114,
                142,
            )
        ],
    ),
    "fragments that all spread all": Hostile(
        "{...f0} "
        + many(20, lambda n: f"fragment f{n} on Query{{" + many(20, lambda m: f"...f{m}") + "}"),
        [
            error("Cannot spread fragment 'f0' within itself.", 30),
            error("Cannot spread fragment 'f0' within itself via 'f1'.", 36, 182),
            error("Cannot spread fragment 'f1' within itself.", 188),
            error("Cannot spread fragment 'f0' within itself via 'f1', 'f2'.", 36, 194, 334),
            TOO_MANY,
        ],
    ),
    "fragments that double": Hostile(
        "{...f0} "
        + many(90, lambda n: f"fragment f{n} on Query{{...f{n + 1} ...f{n + 1}}}")
        + " fragment f90 on Query{a:__typename}",
        [
            error("The operation has more than 1000000 aliases; at most 30."),
            error("The operation has more than 1000000 root fields; at most 50."),
        ],
    ),
    "long lists in fragments": Hostile(
        "{startups{nodes{...f0}}} "
        + many(
            3,
            lambda n: (
                f"fragment f{n} on Startup{{stays(first:100){{nodes{{startup{{...f{n + 1}}}}}}}}}"
            ),
        )
        + " fragment f3 on Startup{id}",
        [too_costly(20303022)],
        cost=20303022,
    ),
    # Much in each other
    "eight thousand braces": Hostile(
        "{" * 8_000, [error("Syntax Error: Expected Name, found '{'.", 2)]
    ),
    "thousands of nested fields": Hostile(nested("{a", 4_000, ""), [error(DEEP, 401)]),
    "fields in twenty-one levels": Hostile(
        '{__type(name:"a")' + nested("{ofType", 19, "{name}") + "}",
        [error("The operation has 21 levels; at most 20.")],
    ),
    "thousands of inline fragments": Hostile(
        nested("{...", 2_000, "{__typename}"), [error(DEEP, 801)]
    ),
    "thousands of lists": Hostile(
        "{startup(slug:" + nested("[", 4_000, "", "]") + "){id}}", [error(DEEP, 214)]
    ),
    "thousands of input objects": Hostile(
        "{stays(where:" + nested("{not:", 2_000, "{}") + "){totalCount}}", [error(DEEP, 1009)]
    ),
    "thousands of list types": Hostile(
        "query($a:" + nested("[", 4_000, "Int", "]") + "){__typename}", [error(DEEP, 211)]
    ),
    # Fields that overlap
    "fields that conflict": Hostile(
        "{" + many(48, lambda n: f'startup(slug:"{n}"){{id}}') + "}",
        [
            conflict("startup", 2, 24),
            conflict("startup", 2, 46),
            conflict("startup", 2, 68),
            conflict("startup", 2, 90),
            TOO_MANY,
        ],
    ),
    "fields that conflict further down": Hostile(
        "{startups{nodes{" + many(90, lambda n: f"stays(first:{n}){{totalCount}}") + "}}}",
        [
            conflict("stays", 17, 44),
            conflict("stays", 17, 71),
            conflict("stays", 17, 98),
            conflict("stays", 17, 125),
            TOO_MANY,
        ],
    ),
    "one field nine hundred times": Hostile("{viewer{" + "name " * 900 + "}}", [NOT_COMPARED]),
    "one inline fragment a hundred times": Hostile(
        "{startups{nodes{" + "...on Startup{name id}" * 120 + "}}}", [NOT_COMPARED]
    ),
    # Long things
    "a body of a megabyte": Hostile(
        "{__typename}", [too_large("body", "128 KiB")], variables={"a": "x" * 2**20}, status=413
    ),
    "a document of a megabyte": Hostile(
        "#" + "x" * 2**20 + "\n{__typename}", [too_large("body", "128 KiB")], status=413
    ),
    "a long string for a number": Hostile(
        '{startups(first:"' + "x" * 15_000 + '"){totalCount}}',
        [error('Int cannot represent non-integer value: "' + "x" * 459 + "…", 17)],
    ),
    "a string without an end": Hostile(
        '{startup(slug:"' + "x" * 15_000, [error("Syntax Error: Unterminated string.", 15016)]
    ),
    "a block string without an end": Hostile(
        '{startup(slug:"""' + "\n" * 15_000,
        [error("Syntax Error: Unterminated string.", 1, line=15001)],
    ),
    "a number of fifteen thousand digits": Hostile(
        "{startups(first:" + "9" * 15_000 + "){totalCount}}",
        [error("The document holds a number of 15000 digits; at most 100.")],
    ),
    "a number with an enormous exponent": Hostile(
        "{startups(first:1e999999999){totalCount}}",
        [error("Int cannot represent non-integer value: 1e999999999", 17)],
    ),
    "a long name": Hostile(
        "{" + "x" * 15_000 + "}", [error("Cannot query field '" + "x" * 480 + "…", 2)]
    ),
    "a long name of an operation": Hostile(
        "query a{__typename}",
        [
            {
                **error('Unknown operation named "' + "x" * 475 + "…"),
                "extensions": {"code": "INVALID", "hint": "Check operationName."},
            }
        ],
        operation_name="x" * 100_000,
        status=400,
    ),
    "hundreds of numbers": Hostile(
        "{startup(slug:[" + "1 " * 900 + "]){id}}",
        [error("The document holds 901 values; at most 500. Send them as variables.")],
    ),
    "thousands of comments": Hostile(
        "#\n" * 8_000 + "{__typename}",
        [
            error(
                "Syntax Error: Document contains more than 1000 comments. Parsing aborted.",
                1,
                line=1001,
            )
        ],
    ),
    "a flood of exclamation marks": Hostile(
        "!" * 16_000, [error("Syntax Error: Unexpected '!'.", 1)]
    ),
    "a flood of dollars": Hostile(
        "{a(b:" + "$a " * 5_000 + ")}", [error("Syntax Error: Expected Name, found '$'.", 9)]
    ),
    "letters that no name has": Hostile(
        "{" + "é" * 8_000 + "}", [error("Syntax Error: Unexpected character: U+00E9.", 2)]
    ),
    # Variables
    "twenty thousand ids that are none": Hostile(
        "query($s:[ID!]){startups(where:{id:{in:$s}}){totalCount}}",
        [error("The variables hold more than 1000 values.")],
        variables={"s": [1.5] * 20_000},
    ),
    "conditions without end": Hostile(
        "query($w:StayWhere){stays(where:$w){totalCount}}",
        [error("The variables hold more than 1000 values.")],
        variables={"w": {"and": [{}] * 30_000}},
    ),
    "nine hundred unknown keys": Hostile(
        "query($w:StayWhere){stays(where:$w){totalCount}}",
        [
            *(
                error(
                    "Variable '$w' has invalid value: Expected value of type 'StayWhere' not to"
                    f" include unknown field 'k{n}', found: {{'k0': 1, 'k1': 1, 'k2': 1, 'k3': 1,"
                    " 'k4': 1, ..., 'k896': 1, 'k897': 1, 'k898': 1, 'k899': 1}.",
                    7,
                )
                for n in range(4)
            ),
            error("Too many errors processing variables, error limit reached. Execution aborted."),
        ],
        variables={"w": {f"k{n}": 1 for n in range(900)}},
        cost=2,
    ),
    "variables that are missing": Hostile(
        "query("
        + many(30, lambda n: f"$v{n}:Int!")
        + "){"
        + many(30, lambda n: f"a{n}:startups(first:$v{n}){{totalCount}}")
        + "}",
        [
            *(
                error(
                    f"Variable '$v{n}' has invalid value:"
                    " Expected a value of non-null type 'Int!' to be provided.",
                    7 + 9 * n,
                )
                for n in range(4)
            ),
            error("Too many errors processing variables, error limit reached. Execution aborted."),
        ],
        cost=60,
    ),
    "a date of a hundred thousand digits": Hostile(
        "query($d:Date){stays(where:{arrival:{gte:$d}}){totalCount}}",
        [
            error(
                "Variable '$d' has invalid value: Value cannot represent a Date: \""
                + "2" * 435
                + "…",
                7,
            )
        ],
        variables={"d": "2" * 100_000},
        cost=2,
    ),
    # Introspection
    "fields of types of fields": Hostile(
        '{__type(name:"Query")' + nested("{fields{type", 4, "{name}", "}}") + "}",
        [error("Maximum introspection depth exceeded", 2)],
    ),
    "types of types": Hostile(
        "{__schema{types" + nested("{possibleTypes", 10, "{name}") + "}}",
        [error("Maximum introspection depth exceeded", 2)],
    ),
    "the schema twenty times": Hostile(
        "{" + many(20, lambda n: f"a{n}:__schema{{types{{fields{{name}}}}}}") + "}",
        [TOO_MUCH_SCHEMA],
    ),
    "the schema twenty times inside": Hostile(
        "{__schema{types{"
        + many(20, lambda n: f"a{n}:fields{{name description type{{name}}}}")
        + "}}}",
        [TOO_MUCH_SCHEMA],
    ),
    # Cost
    "lists in lists in lists": Hostile(
        "{startups(first:100){nodes{stays(first:100){nodes{startup{stays(first:100){nodes{id}}}}}}}}",
        [too_costly(1030202)],
        cost=1030202,
    ),
}
