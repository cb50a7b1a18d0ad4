"""Finding plugins: installed entry points, in the order of their keys."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from softlanding.hookspecs import GROUP


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A plugin that may be loaded: its key, its distribution, and how to import it."""

    key: str
    distribution: str
    version: str
    load: Callable[[], object]

    @classmethod
    def of_module(cls, key: str, module: ModuleType) -> "Candidate":
        """Return a candidate for a module at hand, for tests."""
        return cls(key=key, distribution=module.__name__, version="0", load=lambda: module)


def find(selected: Sequence[str] | None) -> list[Candidate]:
    """Return the plugins to load, sorted by key.

    `selected` names them; None means all installed. A name that is not installed becomes a
    candidate whose loading fails with that reason, so that it is seen.
    """
    installed = {point.name: _candidate(point) for point in entry_points(group=GROUP)}
    keys: Iterable[str] = installed if selected is None else set(selected)
    return [installed.get(key) or _missing(key) for key in sorted(keys)]


def _candidate(point: EntryPoint) -> Candidate:
    distribution = point.dist
    return Candidate(
        key=point.name,
        distribution=distribution.name if distribution else point.value,
        version=distribution.version if distribution else "",
        load=point.load,
    )


def _missing(key: str) -> Candidate:
    def load() -> object:
        raise ModuleNotFoundError(f"no installed distribution provides the plugin {key!r}")

    return Candidate(key=key, distribution="", version="", load=load)
