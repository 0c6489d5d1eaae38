"""The engine that a deployment asks for."""

from placewise.engines.contract import Engine
from placewise.engines.definition import EngineSection, SparkSection
from placewise.engines.local import LocalEngine
from placewise.engines.spark import SparkEngine


def build_engine(chosen: EngineSection) -> Engine:
    """Nothing is started before the first task is given."""
    if isinstance(chosen, SparkSection):
        return SparkEngine(chosen.master)
    return LocalEngine(chosen.workers)
