"""The engine that a deployment asks for."""

from collections.abc import Iterator
from contextlib import contextmanager

from placewise.engines.contract import Engine
from placewise.engines.definition import EngineSection
from placewise.engines.local import LocalEngine
from placewise.engines.spark import SparkEngine


@contextmanager
def open_engine(chosen: EngineSection) -> Iterator[Engine]:
    """Nothing is started before the first task is given, and nothing is left running."""
    engine = SparkEngine(chosen.master) if chosen.master else LocalEngine(chosen.workers)
    try:
        yield engine
    finally:
        engine.close()
