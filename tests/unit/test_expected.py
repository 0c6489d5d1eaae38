"""How many people a register should hold, as a deployment states it: read with its source, or refused."""

from pathlib import Path

import pytest

from placewise.floor.faults import FaultsFound
from placewise.publishing.expected import read_expected

WRITTEN = """\
expected:
  some_register:
    - title: A partnership's statement
      people: {people}
      of: 2000
      kind: told
      source: A document, 2021
      note: Stated without method.
"""


def test_an_estimate_is_read_with_who_said_it_and_where(tmp_path: Path) -> None:
    file = tmp_path / "expected.yaml"
    file.write_text(WRITTEN.format(people=300))
    (basis,) = read_expected(file)["some_register"]
    assert (basis.people, basis.of, basis.kind, basis.source) == (300, 2000, "told", "A document, 2021")
    assert basis.expected_share == 0.15


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WRITTEN.format(people=3000), "more people are expected than there are"),
        (WRITTEN.format(people=300).replace("      source: A document, 2021\n", ""), "source"),
        (WRITTEN.format(people=300) + "      guess: 1\n", "guess"),
    ],
)
def test_an_estimate_without_its_source_or_beyond_everybody_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "expected.yaml"
    file.write_text(text)
    with pytest.raises(FaultsFound, match=fault):
        read_expected(file)
