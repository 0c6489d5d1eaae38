"""Units, rates, means and medians in programme files: what is read, what a card says, each mistake with its line."""

from pathlib import Path

import pytest

from builders.asked import code_lists
from placewise.floor.faults import FaultsFound
from placewise.measures.weights import read_weights
from placewise.programme import Programme, read_programmes
from placewise.programme_cards import build_cards

CARE = """
programme: care
title: Care
why_it_matters: It does.
owner: Network
status: preview
reviewed: 2026-01-15
next_review: 2027-01-15
units:
  visit: {title: Visits, kind: item, each: general_practice_visit}
  to_medicine: {title: Pathways, kind: pathway, from: af_codes, to: anticoagulants, longest: 2 years}
registers:
  af: {has: af_codes}
measures:
  visits: {title: Visits, unit: visit, when: starts, show: rate, of: people, count: each, better: neither}
  weighted:
    title: Weighted
    unit: visit
    when: starts
    over: 12 months
    show: rate
    of: {weights: ours, people: {in: af}}
    count: {person: {age: ">= 65"}}
    per: 100
    better: neither
  in_time:
    title: In time
    unit: to_medicine
    when: ends
    over: financial year
    count: {lasted: "<= 9 weeks"}
    better: higher
    completeness: seen
    settles_after: 4 months
  waiting: {title: Days, unit: to_medicine, when: open, show: median, value: lasted, better: lower}
  pressure:
    title: Pressure
    of: {in: af}
    show: mean
    value: {latest: systolic, within: 12 months, plausible: 60 to 260}
    better: lower
  visits_a_pathway:
    title: Visits for each pathway
    unit: visit
    when: starts
    over: 12 months
    show: rate
    of: {unit: to_medicine, when: ends}
    count: each
    per: 10
    better: neither
  seen: {title: Seen, of: {in: af}, count: {has: general_practice_visit}, better: higher}
page: {lead: visits}
"""
WEIGHTS = {
    "index.csv": "weights,title,version,source\nours,Our weights,3,invented\n",
    "ours.csv": "age_from,sex,weight\n0,female,1\n65,female,2.5\n0,male,0.8\n0,not_recorded,1\n",
}


def read(folder: Path, text: str = CARE, weights: dict[str, str] | None = None) -> Programme:
    (folder / "weights").mkdir()
    for name, content in (WEIGHTS | (weights or {})).items():
        (folder / "weights" / name).write_text(content, encoding="utf-8")
    (folder / "care.yaml").write_text(text, encoding="utf-8")
    (programme,) = read_programmes(folder, code_lists(), read_weights(folder / "weights"))
    return programme


def test_a_good_file_is_read(tmp_path: Path) -> None:
    programme = read(tmp_path)
    assert list(programme.measures) == ["seen"]
    assert list(programme.unit_measures) == ["visits", "weighted", "in_time", "waiting", "pressure", "visits_a_pathway"]
    assert programme.code_lists == {"general_practice_visit", "af_codes", "anticoagulants", "systolic"}
    asked = programme.unit_measures["weighted"].asked
    assert asked.weights is not None
    assert asked.weights.by_sex == (((0, 1000), (65, 2500)), ((0, 800),), ((0, 1000),))


def test_a_card_says_what_is_counted(tmp_path: Path) -> None:
    cards = {card.measure: card for card in build_cards([read(tmp_path)], code_lists())}
    weighted, in_time, pressure = (cards[name] for name in ("weighted", "in_time", "pressure"))
    of_pathways = cards["visits_a_pathway"]
    assert of_pathways.denominator_means.startswith("Pathways that ended in the 12 months (from “Atrial fibrillation")
    assert of_pathways.numerator_means.startswith("Visits that began in the 12 months")
    assert (of_pathways.unit_title, of_pathways.of_units, of_pathways.per) == ("Visits", "Pathways", 10)
    assert weighted.denominator_means == (
        "people registered here of whom this holds: is on the register “af”, weighted by Our weights (3)"
    )
    assert weighted.numerator_means == (
        "Visits that began in the 12 months (each record of “Contact with general practice”) of which this holds: "
        "its person is aged 65 or more"
    )
    assert in_time.denominator_means.startswith("Pathways that ended in the financial year so far (from “Atrial fibr")
    assert in_time.numerator_means == "it lasted 63 days or less"
    assert (in_time.completeness, in_time.settles_after, in_time.unit) == ("seen", 4, "pathway")
    assert (pressure.statistic, pressure.value_unit, pressure.unit) == ("mean", "mmHg", "person")


def test_its_version_changes_with_what_it_asks_and_what_it_weighs(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / str(number)).mkdir()
    first = read(tmp_path / "0").unit_measures
    retitled = read(tmp_path / "1", CARE.replace("title: Weighted", "title: Other")).unit_measures
    reworded = read(tmp_path / "2", CARE.replace(">= 65", ">= 75")).unit_measures
    reweighed = read(tmp_path / "3", weights={"ours.csv": WEIGHTS["ours.csv"].replace("2.5", "2.6")}).unit_measures
    assert first["weighted"].version == retitled["weighted"].version
    assert len({each["weighted"].version for each in (first, reworded, reweighed)}) == 3
    assert first["visits"].version == reweighed["visits"].version


@pytest.mark.parametrize(
    ("written", "instead", "fault"),
    [
        ("kind: item", "kind: visit", "`visit` is no kind of unit; write baby, item"),
        ("longest: 2 years", "longest: financial year", "a unit does not end with the year"),
        ("to: anticoagulants, ", "", "where it ends is not told; add to"),
        ("to: anticoagulants", "to: af_codes", "it ends with what it starts with"),
        ("of: {unit: to_medicine, when: ends}", "of: {unit: to_medicin, when: ends}", "no unit `to_medicin`; did you"),
        (
            "of: {unit: to_medicine, when: ends}",
            "of: {unit: to_medicine}",
            "the month in which a unit that the rate is",
        ),
        ("of: {unit: to_medicine, when: ends}", "of: {unit: to_medicine, when: open}", "counted again in every month"),
        ("of: {unit: to_medicine, when: ends}", "of: {unit: to_medicine, when: ends, at: 1}", "`at` is not a key here"),
        (
            "unit: visit, when: starts",
            "unit: visits, when: starts",
            "this programme has no unit `visits`; did you mean",
        ),
        ("unit: visit, when: starts,", "unit: visit,", "the month a unit counts in is not told; add `when`"),
        ("of: people, count", "of: everybody, count", "what the rate is of is not told"),
        ("weights: ours", "weights: theirs", "there is no table of weights `theirs`"),
        ('"<= 9 weeks"', '"<= 9"', "`<= 9` is no length of time"),
        ("when: open, show", "when: open, over: 12 months, show", "what is open would be counted again in every month"),
        ("value: lasted", "value: days", "its value is not told"),
        (", plausible: 60 to 260", "", "what a reading may be is not told; add `plausible`"),
        ("plausible: 60 to 260", "plausible: 60 to 260000", "reaches beyond 10000"),
        ("value: {latest: systolic", "value: {latest: af_codes", "`af_codes` holds condition codes"),
        ("completeness: seen", "completeness: sene", "there is no measure `sene` to tell how complete it is"),
        ("settles_after: 4 months", "settles_after: soon", "`soon` is not a period"),
    ],
)
def test_each_mistake_is_told_with_its_line_and_remedy(tmp_path: Path, written: str, instead: str, fault: str) -> None:
    assert written in CARE
    with pytest.raises(FaultsFound) as found:
        read(tmp_path, CARE.replace(written, instead, 1))
    told = [str(each) for each in found.value.faults]
    fault, _, remedy = fault.partition("; ")
    assert any(fault in each and remedy in each and "care.yaml" in each for each in told), told


def test_weights_that_leave_somebody_out_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="male people have no weight"):
        read(tmp_path, weights={"ours.csv": "age_from,sex,weight\n0,female,1\n0,not_recorded,1\n"})


def test_weights_whose_ages_do_not_begin_at_birth_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="do not rise from 0"):
        read(tmp_path, weights={"ours.csv": WEIGHTS["ours.csv"].replace("0,male", "5,male")})
