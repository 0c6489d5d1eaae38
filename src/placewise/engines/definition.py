"""The `engine` section of a deployment: where the work on shards is done.

engine: {kind: local, workers: 2}                     # processes of this machine; left out: one a core
engine: {kind: spark, master: "spark://host:7077"}    # a Spark cluster that sees the same store

The variable PLACEWISE_ENGINE is stronger, to try another engine without editing a file: `local:1`, `spark:local[2]`.
"""

import os
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from placewise.floor.faults import refuse

VARIABLE = "PLACEWISE_ENGINE"


class LocalSection(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["local"] = "local"
    workers: int | None = Field(default=None, ge=1)
    """None: one a core."""


class SparkSection(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["spark"]
    master: str = Field(min_length=1)
    """As Spark writes it: local[2], spark://host:7077, yarn."""


EngineSection = Annotated[LocalSection | SparkSection, Field(discriminator="kind")]


def choose_engine(declared: EngineSection, environment: Mapping[str, str] = os.environ) -> EngineSection:
    """The deployment's engine, or the one that PLACEWISE_ENGINE names. Raises FaultsFound where it names none."""
    written = environment.get(VARIABLE)
    if not written:
        return declared
    kind, _, setting = written.partition(":")
    if kind == "local" and ((setting.isdigit() and int(setting)) or not setting):
        return LocalSection(workers=int(setting) if setting else None)
    if kind == "spark" and setting:
        return SparkSection(kind="spark", master=setting)
    raise refuse(VARIABLE, f"`{written}` names no engine", "write it like local:2 or spark:local[2]")
