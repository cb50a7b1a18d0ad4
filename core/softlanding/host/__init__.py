"""How plugins run: discovery, registry, guard."""
