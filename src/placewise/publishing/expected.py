"""What a deployment states of its own people: expected.yaml, by register, in the notation of registers/case_finding.py.

expected:
  some_register:
    - title: The partnership's statement
      people: 400000
      of: 2400000
      kind: told
      source: who, document and date
      note: what a reader must know
"""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from placewise.floor.yaml_file import read_model
from placewise.registers.case_finding import Basis


class ExpectedFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    expected: dict[str, tuple[Basis, ...]]


def read_expected(path: Path) -> Mapping[str, tuple[Basis, ...]]:
    """By register. Raises FaultsFound with every mistake."""
    return read_model(path, ExpectedFile).expected
