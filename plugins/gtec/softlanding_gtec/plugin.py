"""The plugin `gtec`: what it declares."""

from collections.abc import Iterable

from softlanding import Step, hookimpl

CONTRACT = 1


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the steps of GTEC."""
    return []
