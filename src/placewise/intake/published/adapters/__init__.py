"""The layouts Placewise can read, by the name a deployment's published.yaml gives them.

Each is a class of Adapter named in the entry-point group `placewise.sources`: ours in pyproject.toml, another's in its
own package.
"""

from functools import cache
from importlib.metadata import entry_points

from placewise.intake.published.reading import Adapter

GROUP = "placewise.sources"


@cache
def find_adapters() -> dict[str, type[Adapter]]:
    """Every layout that can be read. Raises TypeError where an entry point names something else than an Adapter."""
    found: dict[str, type[Adapter]] = {}
    for point in entry_points(group=GROUP):
        adapter = point.load()
        if not (isinstance(adapter, type) and issubclass(adapter, Adapter)):
            raise TypeError(f"the entry point {point.name} in {GROUP} is no Adapter")
        found[point.name] = adapter
    return found
