"""The printed schema."""

from graphql import lexicographic_sort_schema, print_schema

from softlanding_schema.compose import ComposedSchema


def print_sdl(schema: ComposedSchema) -> str:
    """Return the schema in SDL, sorted, so that it does not depend on the order of imports."""
    # Sorted on a copy: serving a sorted schema would break its unions.
    return print_schema(lexicographic_sort_schema(schema._schema)) + "\n"  # noqa: SLF001 - the library offers no sorted print that keeps the served schema as it is
