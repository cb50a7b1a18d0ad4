"""The walk along the walls: everything in the schema, asked by everybody, by every path.

What comes back is what the table in `softlanding.access` grants, worked out anew over the stored
rows; what nobody has tried, or classified, fails.
"""

from collections.abc import Callable, Iterator, Mapping

import pytest
from tests.counts import count
from tests.schema.walls import changing, lists, reading
from tests.schema.walls.scene import Scenes
from tests.schema.walls.walk import Walk, walking

from softlanding.host.registry import Registry
from tests.conftest import ENGINES

LEGS: Mapping[str, Callable[[Walk], None]] = {
    "all fields of all rows": reading.read_all_fields,
    "from rows to rows": lambda walk: reading.read_along_relations(
        walk, count("rows from one to the next")
    ),
    "each row by itself": reading.read_one_by_one,
    "ids of nothing": reading.read_foreign_ids,
    "what is of no row": reading.read_of_the_root,
    "filters": lambda walk: lists.filter_lists(walk, count("filters of a list as one actor")),
    "orders": lists.sort_lists,
    "pages, from hidden rows on too": lists.page_lists,
    "changes by who may not": changing.refuse_all_others,
    "changes by who may": changing.let_pass_who_may,
}


@pytest.fixture(scope="module", params=ENGINES)
def walk(request: pytest.FixtureRequest, scenes: Scenes, registry: Registry) -> Iterator[Walk]:
    """The scene, opened by plans and without them."""
    with walking(scenes, registry, request.param) as opened:
        yield opened


def test_everything_in_the_schema_is_classified(walk: Walk) -> None:
    assert list(walk.classified.unclassified()) == []


@pytest.mark.parametrize("leg", LEGS)
def test_everybody_is_told_what_the_table_grants_and_nothing_else(walk: Walk, leg: str) -> None:
    walk.once(leg, LEGS[leg])


def test_nothing_in_the_schema_was_left_out(walk: Walk) -> None:
    for leg, go in LEGS.items():
        walk.once(leg, go)
    assert walk.account.never_tried() == []
    assert walk.account.never_read() == []
    assert walk.account.never_hidden() == []
