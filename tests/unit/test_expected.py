"""How many people a register should hold: read with its source, or refused in one sentence."""

from pathlib import Path

import pytest

from placewise.floor.faults import FaultsFound
from placewise.publishing.expected import expected_rows

WRITTEN = """\
expected:
  some_register:
    people: {people}
    of: 2000
    kind: told
    said_by: A partnership
    where: A document, 2021
    note: Stated without method.
"""


def test_an_estimate_is_read_with_who_said_it_and_where(tmp_path: Path) -> None:
    file = tmp_path / "expected.yaml"
    file.write_text(WRITTEN.format(people=300))
    (row,) = expected_rows(file)
    assert (row["register"], row["people"], row["of"], row["kind"]) == ("some_register", 300, 2000, "told")
    assert row["said_by"] == "A partnership"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WRITTEN.format(people=3000), "more people are expected than there are"),
        (WRITTEN.format(people=300).replace("    said_by: A partnership\n", ""), "said_by"),
        (WRITTEN.format(people=300) + "    guess: 1\n", "guess"),
    ],
)
def test_an_estimate_without_its_source_or_beyond_everybody_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / "expected.yaml"
    file.write_text(text)
    with pytest.raises(FaultsFound, match=fault):
        expected_rows(file)
