"""Exact counts that change within their rounding change no number that a release says of promises and findings."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import pytest

from builders.findings import FINDINGS, MEASURE
from builders.release import PRACTICES, WINDOW, build_hierarchy, build_planted_cube, build_planted_release
from builders.release_texts import CARDS
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, Cube, SplitCounts, open_cube, write_cube
from placewise.publishing.release import Release

STEP = 5
TOGETHER = ([0], [1], [2], [3], [4], [0, 1], [3, 4], [0, 1, 2], [0, 1, 2, 3, 4])
"""Practices by their place, and those of each area above them."""
Integers = npt.NDArray[np.int64]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Cube:
    return build_planted_cube(tmp_path_factory.mktemp("planted"))


def release(folder: Path, planted: Cube, met: Integers) -> Release:
    """The one measure, of all people together, with so many [practices, months] who meet it."""
    of = planted.read(MEASURE)[ALL].denominator
    counts = {ALL: SplitCounts((ALL,), of, met[:, None, :], np.ones(met.shape, bool))}
    (folder / "cube").mkdir(parents=True)
    write_cube(
        folder / "cube",
        window=WINDOW,
        units={"practice": PRACTICES, "small_area": planted.units("small_area")},
        counts={
            "practice": {PEOPLE: planted.read(PEOPLE), MEASURE: counts},
            "small_area": {PEOPLE: planted.read(PEOPLE, "small_area")},
        },
        hierarchy=build_hierarchy(),
        editions=planted.manifest["editions"],
    )
    findings = tuple(each for each in FINDINGS if each.measure == MEASURE)
    cards = tuple(card for card in CARDS if card.measure == MEASURE)
    return build_planted_release(folder / "store", cube=open_cube(folder / "cube"), cards=cards, findings=findings)


def change_within_rounding(met: Integers, of: Integers) -> Integers:
    """One person more or fewer in one practice a month, where every area keeps its neighbouring multiples."""

    def neighbours(met: Integers) -> list[Any]:
        numbers = [each[rows].sum() for rows in TOGETHER for each in (met, of_month - met)]
        return [(number // STEP, -(-number // STEP)) for number in numbers]

    changed = met.copy()
    for month in range(met.shape[1]):
        of_month = of[:, month]
        for practice, more in ((practice, more) for practice in range(len(met)) for more in (1, -1)):
            tried = met[:, month].copy()
            tried[practice] += more
            if neighbours(tried) == neighbours(met[:, month]):
                changed[:, month] = tried
                break
    return changed


def read_counts(made: Release) -> Integers:
    """[rows, months]: every number and state of the measure."""
    table = pq.read_table(made.folder / "measures" / f"{MEASURE}.parquet", columns=["numerator", "denominator"])
    return np.column_stack([table[name].fill_null(-1).to_numpy() for name in table.column_names]).reshape(
        -1, WINDOW.months, 2
    )


def test_a_change_within_the_rounding_changes_nothing_that_is_said(tmp_path: Path, planted: Cube) -> None:
    counts = planted.read(MEASURE)[ALL]
    met, of = counts.numerator[:, 0, :], counts.denominator[:, 0, :]
    before = release(tmp_path / "before", planted, met)
    changed = change_within_rounding(met, of)
    same = (read_counts(release(tmp_path / "tried", planted, changed)) == read_counts(before)).all(axis=(0, 2))
    kept = np.where(same, changed, met)
    assert (kept.sum(axis=0) != met.sum(axis=0)).sum() >= 5  # the whole system's exact count, in as many months

    after = release(tmp_path / "after", planted, kept)
    assert np.array_equal(read_counts(after), read_counts(before))
    assert after.manifest.ambitions == before.manifest.ambitions
    assert after.findings().to_pylist() == before.findings().to_pylist()


def test_a_change_beyond_the_rounding_is_told(tmp_path: Path, planted: Cube) -> None:
    met = planted.read(MEASURE)[ALL].numerator[:, 0, :]
    fewer = met - 10 * (np.arange(WINDOW.months) >= WINDOW.months - 12)
    before, after = (release(tmp_path / name, planted, each) for name, each in (("before", met), ("after", fewer)))
    assert after.manifest.ambitions != before.manifest.ambitions
    assert after.findings().to_pylist() != before.findings().to_pylist()
