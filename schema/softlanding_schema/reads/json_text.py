"""JSON as SQL text: for each database, expressions that print what GraphQL answers.

A JSON text is put together from literals and expressions, so that the database hands out bytes
that go through as they are. Every expression is a text and never null: what may be null prints
`null`. Texts are quoted by the database, which escapes control characters; so a control character
never stands in the result, unless we put it there (see `holes`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from softlanding.storage.engines import Dialect

# SQLite limits how deep an expression nests, and a chain of || nests once per link.
_LONGEST_CHAIN = 64


@dataclass(frozen=True)
class Literal:
    """JSON text that is known when the statement is written."""

    text: str


@dataclass(frozen=True)
class Expression:
    """SQL that gives JSON text."""

    sql: str


Part = Literal | Expression
Text = Sequence[Part]


def literal(text: str) -> list[Part]:
    """Return text that is known."""
    return [Literal(text)]


def separated(texts: Iterable[Text], separator: str = ",") -> list[Part]:
    """Return texts one after the other, with a separator between them."""
    found: list[Part] = []
    for number, text in enumerate(texts):
        if number:
            found.append(Literal(separator))
        found.extend(text)
    return found


def concatenation(text: Text) -> str:
    """Return the SQL expression of a text."""
    terms: list[str] = []
    known = ""
    for part in [*text, Expression("")]:
        if isinstance(part, Literal):
            known += part.text
            continue
        if known:
            terms.append(quoted(known))
            known = ""
        if part.sql:
            terms.append(part.sql)
    while len(terms) > _LONGEST_CHAIN:
        groups = range(0, len(terms), _LONGEST_CHAIN)
        terms = [f"({' || '.join(terms[at : at + _LONGEST_CHAIN])})" for at in groups]
    return " || ".join(terms) or "''"


def quoted(text: str) -> str:
    """Return a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


class Printer(Protocol):
    """Expressions of one database; `column` is SQL, and so is what is returned."""

    array: str
    """Aggregate of texts, with a comma between them: `array.format(column)`."""

    def text(self, column: str, *, null: bool) -> Text:
        """Print a string."""

    def word(self, column: str, *, null: bool) -> Text:
        """Print a string that needs no escapes, such as a code or a day."""

    def number(self, column: str, *, null: bool) -> Text:
        """Print a whole number."""

    def boolean(self, column: str) -> Text:
        """Print true, false or null."""

    def moment(self, column: str, *, null: bool) -> Text:
        """Print a point in time as `datetime.isoformat` does, in UTC."""

    def texts(self, column: str) -> Text:
        """Print a stored list of strings."""

    def raw(self, column: str) -> Text:
        """Print stored JSON, in whatever spacing."""

    def global_id(self, type_name: str, column: str) -> str:
        """Return the global id of a key, without quotes."""

    def base64(self, text: str) -> str:
        """Return a text in URL-safe base64."""

    def as_text(self, number: str) -> str:
        """Return a whole number as text."""

    def by_code_point(self, text: str) -> str:
        """Return a text that is compared by code point, whatever the database's language."""

    def member(self, column: str, name: str) -> str:
        """Return a member of a stored object as text; `name` is SQL."""

    def member_in_any_case(self, column: str, name: str) -> str:
        """Return the member whose name is `name` in lower case."""

    def name_in_any_case(self, column: str, name: str) -> str:
        """Return the name of the member whose name is `name` in lower case."""

    def day(self, moment: str) -> str:
        """Return the day of a point in time, in UTC."""

    def days_between(self, first: str, last: str) -> str:
        """Return the number of days from one to the other."""


def _or_null(expression: str, *, null: bool) -> Text:
    return [Expression(f"coalesce({expression}, 'null')" if null else expression)]


def _in_quotes(expression: str, *, null: bool) -> Text:
    if null:
        return [Expression(f"""coalesce('"' || {expression} || '"', 'null')""")]
    return [Literal('"'), Expression(expression), Literal('"')]


class SqlitePrinter:
    """SQLite: days, times and JSON are stored as text; ids are made by functions of ours."""

    array = "group_concat({})"

    def text(self, column: str, *, null: bool) -> Text:
        return [Expression(f"json_quote({column})")]

    def word(self, column: str, *, null: bool) -> Text:
        return _in_quotes(column, null=null)

    def number(self, column: str, *, null: bool) -> Text:
        return _or_null(column, null=null)

    def boolean(self, column: str) -> Text:
        return [Expression(f"CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END")]

    def moment(self, column: str, *, null: bool) -> Text:
        return _in_quotes(f"replace({column}, ' ', 'T')", null=null)

    def texts(self, column: str) -> Text:
        return [Expression(column)]

    def raw(self, column: str) -> Text:
        return _or_null(column, null=True)

    def global_id(self, type_name: str, column: str) -> str:
        return f"global_id('{type_name}', {column})"

    def base64(self, text: str) -> str:
        return f"base64url({text})"

    def as_text(self, number: str) -> str:
        return f"CAST({number} AS TEXT)"

    def by_code_point(self, text: str) -> str:
        return text

    def member(self, column: str, name: str) -> str:
        return f"({column} ->> {name})"

    def member_in_any_case(self, column: str, name: str) -> str:
        return f"(SELECT value FROM json_each({column}) WHERE lower(key) = {name} LIMIT 1)"  # noqa: S608 - a column and a placeholder

    def name_in_any_case(self, column: str, name: str) -> str:
        return f"(SELECT key FROM json_each({column}) WHERE lower(key) = {name} LIMIT 1)"  # noqa: S608 - a column and a placeholder

    def day(self, moment: str) -> str:
        return f"substr({moment}, 1, 10)"

    def days_between(self, first: str, last: str) -> str:
        return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


class PostgresqlPrinter:
    """PostgreSQL; JSON is stored as jsonb, whose spacing is not that of our answers."""

    array = "string_agg({}, ',')"

    def text(self, column: str, *, null: bool) -> Text:
        return _or_null(f"to_json(({column})::text)::text", null=null)

    def word(self, column: str, *, null: bool) -> Text:
        return _in_quotes(f"{column}::text", null=null)

    def number(self, column: str, *, null: bool) -> Text:
        return _or_null(f"{column}::text", null=null)

    def boolean(self, column: str) -> Text:
        return _or_null(f"{column}::text", null=True)

    def moment(self, column: str, *, null: bool) -> Text:
        utc = f"({column} AT TIME ZONE 'UTC')"
        fraction = f"CASE WHEN date_trunc('second', {column}) = {column} THEN '' ELSE '.US' END"
        shape = f"""'YYYY-MM-DD"T"HH24:MI:SS' || {fraction}"""
        return _in_quotes(f"to_char({utc}, {shape}) || '+00:00'", null=null)

    def texts(self, column: str) -> Text:
        items = f"SELECT string_agg(to_json(item)::text, ',') FROM jsonb_array_elements_text({column}) item"  # noqa: E501, S608 - a column
        return [Literal("["), Expression(f"coalesce(({items}), '')"), Literal("]")]

    def raw(self, column: str) -> Text:
        return _or_null(f"{column}::text", null=True)

    def global_id(self, type_name: str, column: str) -> str:
        # Neither breaks of lines nor characters outside of the URL-safe alphabet can arise from
        # a type's name and a key.
        return f"encode(convert_to('{type_name}:' || {column}, 'UTF8'), 'base64')"

    def base64(self, text: str) -> str:
        return rf"translate(encode(convert_to({text}, 'UTF8'), 'base64'), E'+/\n', '-_')"

    def as_text(self, number: str) -> str:
        return f"({number})::text"

    def by_code_point(self, text: str) -> str:
        return f'({text}) COLLATE "C"'

    def member(self, column: str, name: str) -> str:
        return f"({column} ->> {name})"

    def member_in_any_case(self, column: str, name: str) -> str:
        return f"(SELECT value FROM jsonb_each_text({column}) WHERE lower(key) = {name} LIMIT 1)"  # noqa: S608 - a column and a placeholder

    def name_in_any_case(self, column: str, name: str) -> str:
        return f"(SELECT key FROM jsonb_each_text({column}) WHERE lower(key) = {name} LIMIT 1)"  # noqa: S608 - a column and a placeholder

    def day(self, moment: str) -> str:
        return f"({moment} AT TIME ZONE 'UTC')::date"

    def days_between(self, first: str, last: str) -> str:
        return f"({last} - {first})"


PRINTERS: dict[Dialect, Printer] = {"sqlite": SqlitePrinter(), "postgresql": PostgresqlPrinter()}
