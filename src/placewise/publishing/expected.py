"""How many people a register should hold, as somebody estimated it: a deployment's expected.yaml.

expected:
  some_register:          # a register of the deployment's programmes
    people: 400000        # of so many ...
    of: 2400000           # ... people
    kind: told            # or estimated, modelled
    said_by: who
    where: document and date
    note: what a reader must know

Expected, known and the gap between them are separate populations: nobody is expected by name, so nothing here touches
a record, and the known are never shown as a share of the expected.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from placewise.floor.yaml_file import read_model


class ExpectedPeople(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    people: int = Field(gt=0)
    of: int = Field(gt=0)
    kind: Literal["told", "estimated", "modelled"]
    said_by: str = Field(min_length=1)
    where: str = Field(min_length=1)
    note: str = Field(min_length=1)

    @model_validator(mode="after")
    def check_share(self) -> "ExpectedPeople":
        if self.people > self.of:
            raise ValueError("more people are expected than there are; check `people` and `of`")
        return self


class ExpectedFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    expected: dict[str, ExpectedPeople]


def read_expected(path: Path) -> Mapping[str, ExpectedPeople]:
    """By register. Raises FaultsFound with every mistake."""
    return read_model(path, ExpectedFile).expected


def expected_rows(path: Path) -> list[dict[str, Any]]:
    """ReleaseManifest.expected."""
    return [{"register": register, **each.model_dump()} for register, each in read_expected(path).items()]
