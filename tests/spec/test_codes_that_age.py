"""Codes are retired, replaced and lost: a build finds out before a measure is silently wrong."""

from pathlib import Path

import pytest

from builders.coding import check_build, find_warnings, write_code_list, write_load
from placewise.floor.faults import FaultsFound

AMOXICILLIN, DOXYCYCLINE, NITROFURANTOIN, CEFALEXIN = 1713332, 1738521, 920293, 1786621
HEADER = "concept_id,vocabulary,code,term"
ANTIBIOTICS = {
    AMOXICILLIN: "RxNorm,723,Amoxicillin",
    DOXYCYCLINE: "RxNorm,3640,Doxycycline",
    NITROFURANTOIN: "RxNorm,7454,Nitrofurantoin",
    CEFALEXIN: "RxNorm,2231,Cefalexin",
}
STEADY = {AMOXICILLIN: [40] * 18, DOXYCYCLINE: [20] * 18, NITROFURANTOIN: [25] * 18, CEFALEXIN: [0] * 18}


def list_antibiotics(folder: Path, without: int = 0, **said: str) -> Path:
    """The code list of antibiotics. said: amoxicillin's `retired`, `replaced_by` and `removed`."""
    columns = ["retired", "replaced_by", "removed"]
    rows = [f"{HEADER},{','.join(columns)}"]
    for concept, told in ANTIBIOTICS.items():
        if concept != without:
            more = [said.get(column, "") if concept == AMOXICILLIN else "" for column in columns]
            rows.append(f"{concept},{told},{','.join(more)}")
    write_code_list(folder, "antibiotics", "drug", "\n".join(rows) + "\n")
    return folder


@pytest.fixture
def last_build(tmp_path: Path) -> Path:
    """A build with every antibiotic in the list."""
    shards = write_load(tmp_path / "load", "drug", STEADY)
    assert find_warnings(check_build(list_antibiotics(tmp_path / "whole"), shards, tmp_path / "last")) == []
    return tmp_path / "last"


@pytest.mark.requirement("S026")
def test_a_list_that_loses_a_common_antibiotic_stops_the_build(tmp_path: Path, last_build: Path) -> None:
    shortened = list_antibiotics(tmp_path / "shortened", without=AMOXICILLIN)
    with pytest.raises(FaultsFound) as refusal:
        check_build(shortened, [tmp_path / "load"], tmp_path / "next", last_build)
    assert [str(fault) for fault in refusal.value.faults] == [
        "antibiotics.csv: the code 723 (Amoxicillin, concept 1713332) has left it since the last build, and is "
        "recorded about 720 times, in the last 12 months about 480 times; add it back, or keep its row and write under "
        "`removed` why it left."
    ]


def test_a_code_that_left_with_a_reason_is_told_and_counts_no_more(tmp_path: Path, last_build: Path) -> None:
    shortened = list_antibiotics(tmp_path / "shortened", removed="products are counted one by one")
    first, *others = check_build(shortened, [tmp_path / "load"], tmp_path / "next", last_build)
    assert first.told == "Antibiotics counts 723 (Amoxicillin) no more: products are counted one by one."
    assert find_warnings(others) == []


def test_a_code_that_nobody_records_may_leave(tmp_path: Path, last_build: Path) -> None:
    shortened = list_antibiotics(tmp_path / "shortened", without=CEFALEXIN)
    assert find_warnings(check_build(shortened, [tmp_path / "load"], tmp_path / "next", last_build)) == []


@pytest.mark.requirement("S026")
def test_an_antibiotic_that_the_source_suddenly_codes_otherwise_is_named(tmp_path: Path) -> None:
    fallen = STEADY | {AMOXICILLIN: [40] * 13 + [0] * 5}
    shards = write_load(tmp_path / "load", "drug", fallen)
    assert find_warnings(check_build(list_antibiotics(tmp_path / "lists"), shards, tmp_path / "next")) == [
        "723 (Amoxicillin) of Antibiotics is recorded about 40 times in the last six months and about 240 times in the "
        "same months a year before, while the rest of the list keeps more: find the code that replaces it, or write "
        "when it was retired."
    ]


def test_a_code_that_falls_with_its_list_is_the_lists_fall(tmp_path: Path) -> None:
    fallen = {concept: [times // 5 if month > 11 else times for month, times in enumerate(months)]
              for concept, months in STEADY.items()}  # fmt: skip
    shards = write_load(tmp_path / "load", "drug", fallen)
    assert find_warnings(check_build(list_antibiotics(tmp_path / "lists"), shards, tmp_path / "next")) == [
        "Antibiotics is recorded about 100 times in the last six months and about 510 times in the same months a year "
        "before: ask the sender what changed."
    ]


def test_a_code_that_stays_while_another_grows_has_not_fallen(tmp_path: Path) -> None:
    grown = STEADY | {CEFALEXIN: [0] * 12 + [900] * 6}
    shards = write_load(tmp_path / "load", "drug", grown)
    assert find_warnings(check_build(list_antibiotics(tmp_path / "lists"), shards, tmp_path / "next")) == []


def test_a_retired_code_may_fall_to_nothing_and_not_be_recorded_after(tmp_path: Path) -> None:
    ended = STEADY | {AMOXICILLIN: [40] * 9 + [0] * 9, CEFALEXIN: [0] * 9 + [40] * 9}
    retired = list_antibiotics(tmp_path / "lists", retired="2025-07-01", replaced_by="2231")
    shards = write_load(tmp_path / "ended", "drug", ended)
    assert find_warnings(check_build(retired, shards, tmp_path / "next")) == []
    shards = write_load(tmp_path / "still", "drug", STEADY)
    assert find_warnings(check_build(retired, shards, tmp_path / "after")) == [
        "723 (Amoxicillin) of Antibiotics was retired on 1 July 2025 and is still recorded about 240 times in the last "
        "six months: correct the date, or ask the sender which system still writes it."
    ]


def test_a_code_replaced_by_one_outside_the_list_is_a_mistake(tmp_path: Path) -> None:
    lists = list_antibiotics(tmp_path / "lists", retired="2025-07-01", replaced_by="10109")
    with pytest.raises(FaultsFound, match="723 is replaced by 10109, which is not in the list; add 10109"):
        check_build(lists, [], tmp_path / "next")


def test_a_list_without_any_event_is_named(tmp_path: Path) -> None:
    shards = write_load(tmp_path / "load", "drug", {})
    assert find_warnings(check_build(list_antibiotics(tmp_path / "lists"), shards, tmp_path / "next")) == [
        "Antibiotics has no event at all in this load: ask the sender how it is recorded there, and add those codes."
    ]


def test_a_list_past_its_review_is_named(tmp_path: Path) -> None:
    lists = list_antibiotics(tmp_path / "lists")
    index = lists / "index.csv"
    index.write_text(index.read_text(encoding="utf-8").replace("2027-11-01", "2026-01-31"), encoding="utf-8")
    shards = write_load(tmp_path / "load", "drug", STEADY)
    assert find_warnings(check_build(lists, shards, tmp_path / "next")) == [
        "Antibiotics was to be reviewed by 31 January 2026: ask Clinical lead to review it."
    ]


def test_few_events_are_never_counted_in_words(tmp_path: Path) -> None:
    few = STEADY | {AMOXICILLIN: [40] * 12 + [1] * 6}
    shards = write_load(tmp_path / "load", "drug", few)
    [told] = find_warnings(check_build(list_antibiotics(tmp_path / "lists"), shards, tmp_path / "next"))
    assert "fewer than 8 times in the last six months" in told
