"""The demonstration as a newcomer makes it, with `placewise demo`, and what a test may ask of it.

FOLDER/demo/  the store, with records, extracts and the door's reports
"""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builders.command_line import build_once, succeed
from builders.direct_counts import DirectCounts
from placewise.config import Deployment, data_folder, read_deployment
from placewise.floor.folders import current
from placewise.floor.vocabulary.code_lists import CodeList, read_code_lists
from placewise.measures.contract import ALL
from placewise.measures.cube import Counts, Cube, open_cube
from placewise.publishing.release import Release, open_current

PEOPLE, SEED = 100_000, 1
SANDBOX_PEOPLE = 2_000
SANDBOX_DEMO = ("demo", "--deployment", "sandbox", "--people", SANDBOX_PEOPLE)
Groups = tuple[str, ...]


def build_demonstration(folder: Path) -> None:
    succeed("demo", "--no-serve", folder=folder)


def build_sandbox_demonstration(factory: pytest.TempPathFactory) -> Path:
    """The folder of a small demonstration of the system of another shape, made once; nobody changes it."""
    return build_once(factory, "sandbox_demo", lambda folder: [succeed(*SANDBOX_DEMO, "--no-serve", folder=folder)])


class Demonstration:
    """An opened demonstration. Counts are exact: (numerator, denominator) of the people who may be counted."""

    def __init__(self, folder: Path) -> None:
        self.store = folder / "demo"
        self.records = self.store / f"records-{PEOPLE}-{SEED}"
        self._counts: dict[str, Counts] = {}

    @cached_property
    def deployment(self) -> Deployment:
        return read_deployment(self.manifest["deployment"])

    @cached_property
    def code_lists(self) -> dict[str, CodeList]:
        return dict(read_code_lists(data_folder("codelists")))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.records / "manifest.json").read_text(encoding="utf-8"))

    @cached_property
    def planted(self) -> dict[str, dict[str, Any]]:
        return {each["kind"]: each for each in self.manifest["planted"]}

    @cached_property
    def build(self) -> Path:
        folder = current(self.store / "builds")
        assert folder is not None
        return folder

    @cached_property
    def lists(self) -> Path:
        folder = current(self.store / "lists")
        assert folder is not None
        return folder

    @cached_property
    def cube(self) -> Cube:
        return open_cube(self.build / "cube")

    @cached_property
    def release(self) -> Release:
        release = open_current(self.store)
        assert release is not None
        return release

    def read(self, measure: str) -> Counts:
        """The cube's counts of a measure, read once."""
        if measure not in self._counts:
            self._counts[measure] = self.cube.read(measure)
        return self._counts[measure]

    def months(self, back: int = 0) -> str:
        """The last month of the window, or so many before it, as YYYY-MM."""
        return f"{self.cube.window.month_ends[-1 - back]:%Y-%m}"

    def count(
        self, measure: str, back: int = 0, *, split: str = ALL, groups: Groups = (ALL,), practices: Groups | None = None
    ) -> tuple[int, int]:
        """At so many months before the last, over some groups of a split and some practices."""
        counts = self.read(measure)[split]
        columns = [counts.groups.index(group) for group in groups]
        here = np.isin(self.cube.units(), practices) if practices is not None else np.ones(len(self.cube.units()), bool)
        numerator, denominator = (
            int(each[here][:, columns, -1 - back].sum()) for each in (counts.numerator, counts.denominator)
        )
        return numerator, denominator

    def share(self, measure: str, back: int = 0, **where: Any) -> float:
        numerator, denominator = self.count(measure, back, **where)
        return numerator / denominator

    def counted_directly(self, back: int = 0) -> DirectCounts:
        """The same people's records, to be counted in SQL as they stood so many months before the last."""
        day = self.cube.window.month_ends[-1 - back].isoformat()
        return DirectCounts(self.records, self.code_lists, day, for_planning=True)
