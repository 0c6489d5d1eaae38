"""The list of bodies of our kind, such as the cancer alliances: which of them is ours, and what is refused."""

from pathlib import Path

import pytest

from placewise.config import read_deployment
from placewise.floor.faults import FaultsFound
from placewise.publishing.counterparts import read_counterparts
from placewise.publishing.figures import get_indicator_cards, read_official_figures

HEADER = "code,name,ours,source,as_of"
GOOD = ("A,Moor,,An office,2023-07", "B,Dale,yes,An office,2023-07", "C,Fen,,An office,2023-07")


def write(folder: Path, *rows: str) -> Path:
    path = folder / "alliances.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return path


@pytest.mark.requirement("S103")
def test_there_are_21_cancer_alliances_and_one_of_them_is_ours() -> None:
    figures = read_official_figures(read_deployment("west_yorkshire").synthetic_published)
    alliances = figures.listed["cancer_alliance"]
    assert len(alliances) == len({each.code for each in alliances}) == len({each.name for each in alliances}) == 21
    assert [each.code for each in alliances if each.is_ours] == ["E56000030"]
    assert {each.as_of for each in alliances} == {"2023-07"}
    listed = get_indicator_cards(figures)["cancers_found_early_by_alliance"]["counterparts"]
    assert (listed["ours"], len(listed["names"])) == ("E56000030", 21)


def test_each_has_its_code_name_source_and_month(tmp_path: Path) -> None:
    [_, ours, _] = read_counterparts(write(tmp_path, *GOOD))
    assert (ours.code, ours.name, ours.is_ours, ours.source, ours.as_of) == ("B", "Dale", True, "An office", "2023-07")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((*GOOD, "B,Hill,,An office,2023-07"), "line 5: B stands in line 3 already"),
        ((*GOOD, "D,Dale,,An office,2023-07"), "line 5: Dale stands in line 3 already"),
        ((*GOOD, "D,Hill,yes,An office,2023-07"), "Dale and Hill are all marked as ours"),
        ((GOOD[0], GOOD[2]), "none is marked as ours"),
        ((*GOOD, "D,Hill,no,An office,2023-07"), "line 5: the column ours holds `no`"),
        ((*GOOD, "D,,,,2023-07"), "line 5: the row has no name and no source"),
        ((*GOOD, "D,Hill,,An office,July 2023"), "line 5: the column as_of holds `July 2023`"),
        ((*GOOD, "D,Hill,An office,2023-07"), "line 5: the row has not 5 values"),
        (GOOD[:2], "it lists 2"),
    ],
)
def test_a_malformed_list_is_refused_in_one_sentence(tmp_path: Path, rows: tuple[str, ...], told: str) -> None:
    with pytest.raises(FaultsFound) as refused:
        read_counterparts(write(tmp_path, *rows))
    assert told in str(refused.value)
    assert len(refused.value.faults) == 1
