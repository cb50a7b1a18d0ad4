"""The plugin `f6s_network`: what it declares."""

from collections.abc import Iterable

from softlanding import Step, hookimpl

CONTRACT = 1


@hookimpl
def steps() -> Iterable[Step]:
    """Declare the steps of F6S Network."""
    return []
