"""The documents cannot lie: what they list is what is there."""

import sys
from pathlib import Path


def test_the_coverage_page_is_up_to_date(root: Path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(root / "scripts"))
    import write_docs

    assert (root / "docs/coverage.md").read_text(encoding="utf-8") == write_docs.build_coverage(), "run `make docs`"
    sys.modules.pop("write_docs")


def test_every_hazard_names_a_test_that_exists(root: Path) -> None:
    log = (root / "docs/safety/hazard-log.md").read_text(encoding="utf-8")
    hazards = [line for line in log.splitlines() if line.startswith("| H")]
    assert len(hazards) > 10
    for hazard in hazards:
        test = hazard.rstrip("| ").rsplit("|", 1)[1].strip().strip("`")
        path, _, name = test.partition("::")
        assert (root / path).is_file(), hazard
        assert f"def {name}(" in (root / path).read_text(encoding="utf-8"), hazard
