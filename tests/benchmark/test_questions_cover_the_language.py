"""The benchmark asks enough to be worth timing: forty measures and more, every primitive and every kind of unit."""

from pathlib import Path
from typing import Any

import pytest
from bench.asked import FOLDER, read_benchmark_definitions
from ruamel.yaml import YAML

from placewise.floor.language import notation, unit_notation

WRITTEN = [YAML(typ="safe").load(path.read_text(encoding="utf-8")) for path in sorted(Path(FOLDER).glob("*.yaml"))]


def find_words(written: Any) -> set[str]:
    """Every key and every single word of a file, at any depth."""
    if isinstance(written, dict):
        return set(written).union(*map(find_words, written.values()))
    return set().union(*map(find_words, written)) if isinstance(written, list) else {str(written)}


def test_the_suite_has_forty_measures_and_more() -> None:
    programmes = read_benchmark_definitions().programmes
    assert sum(len(each.measures) + len(each.unit_measures) for each in programmes) >= 40


@pytest.mark.parametrize("primitive", sorted({*notation.OPTIONS, *notation.WORDS}))
def test_every_primitive_is_asked(primitive: str) -> None:
    assert primitive in find_words(WRITTEN)


@pytest.mark.parametrize("kind", unit_notation.KINDS)
def test_every_kind_of_unit_is_asked_about(kind: str) -> None:
    assert kind in find_words([each.get("units", {}) for each in WRITTEN])
