"""The `engine` section of a deployment: where the work on shards is done.

engine: {kind: local, workers: 2}                     # processes of this machine; left out: one a core
engine: {kind: spark, master: "spark://host:7077"}    # a Spark cluster that sees the same store

The variable PLACEWISE_ENGINE is stronger, to try another engine without editing a file: `local:1`, `spark:local[2]`.
"""

import os
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from placewise.floor.faults import refuse

VARIABLE = "PLACEWISE_ENGINE"


class EngineSection(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["local", "spark"] = "local"
    workers: int | None = Field(default=None, ge=1)
    """Of `local`. None: one a core."""
    master: str | None = Field(default=None, min_length=1)
    """Of `spark`, as Spark writes it: local[2], spark://host:7077, yarn."""

    @model_validator(mode="after")
    def check_kind(self) -> "EngineSection":
        if self.kind == "spark" and (self.master is None or self.workers is not None):
            raise ValueError("spark needs to know its master and nothing else; write it like `master: local[2]`")
        if self.kind == "local" and self.master is not None:
            raise ValueError("a master belongs to spark; set kind to spark, or leave it out")
        return self


def choose_engine(declared: EngineSection, environment: Mapping[str, str] = os.environ) -> EngineSection:
    """The deployment's engine, or the one that PLACEWISE_ENGINE names. Raises FaultsFound where it names none."""
    written = environment.get(VARIABLE)
    if not written:
        return declared
    kind, _, setting = written.partition(":")
    named = {"kind": kind} | ({"workers" if kind == "local" else "master": setting} if setting else {})
    try:
        return EngineSection.model_validate(named)
    except ValidationError:
        raise refuse(VARIABLE, f"`{written}` names no engine", "write it like local:2 or spark:local[2]") from None
