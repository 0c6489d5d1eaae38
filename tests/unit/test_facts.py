"""Facts: what somebody stated, beside what the published files say."""

from pathlib import Path

import pytest

from builders.published_system import get_hierarchy, write_files, write_published
from placewise.facts import Fact, fact_rows, find_facts
from placewise.floor.faults import FaultsFound
from placewise.intake.published.build import load_observations
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.figures import read_official_figures
from placewise.publishing.published import build_official_figures
from placewise.publishing.split_titles import get_split_titles

FIGURES = """
    figures:
      by_decile:
        {title: By decile, unit: proportion, source: people, counts: residents, shown_as: share, areas: [system, place],
         by: areas, splits: {deprivation_decile: {by: deprivation}}}
"""


def find(tmp_path: Path, **changes: str | float | None) -> Fact:
    """The one fact of a facts.yaml: 300 of 600 people of the invented system live in decile 1, unless changed."""
    stated = {
        "title": "In decile 1",
        "stated": 300,
        "unit": "people",
        "said_by": "Somebody",
        "where": "A leaflet",
        "figure": "by_decile/SYS/2021/deprivation_decile/1",
        **changes,
    }
    published = write_published(tmp_path, FIGURES)
    figures = read_official_figures(published)
    load = load_observations(published, write_files(tmp_path / "data"), tmp_path / "store")
    table = build_official_figures(load.folder, figures, get_hierarchy(), DisclosureRule())
    file = tmp_path / "facts.yaml"
    file.write_text("facts:\n  one:\n" + "".join(f"    {key}: {value}\n" for key, value in stated.items() if value))
    (fact,) = find_facts(file, table, figures, load.sources)
    return fact


def test_a_fact_that_comes_out_exactly(tmp_path: Path) -> None:
    fact = find(tmp_path)
    assert (fact.stated, fact.recomputed, fact.difference, fact.agrees) == (300, 300, 0, True)
    assert (fact.numerator, fact.denominator, fact.area_name, fact.period) == (300, 600, "The System", "2021")
    assert [each.source for each in fact.sources] == ["people", "areas", "deprivation"]


@pytest.mark.parametrize(("stated", "agrees"), [(301, False), (299, False), (300, True)])
def test_a_count_must_be_the_very_number(tmp_path: Path, stated: int, agrees: bool) -> None:
    assert find(tmp_path, stated=stated).agrees is agrees


@pytest.mark.parametrize(("stated", "agrees"), [(250, True), (300, True), (350, True), (351, False), (249, False)])
def test_a_rounded_figure_may_differ_by_half_its_rounding(tmp_path: Path, stated: int, agrees: bool) -> None:
    assert find(tmp_path, stated=stated, rounded_to=100).agrees is agrees


def test_a_share(tmp_path: Path) -> None:
    assert find(tmp_path, stated=0.5, unit="proportion", take="value", rounded_to=0.001).agrees


def test_how_many_areas_have_a_figure(tmp_path: Path) -> None:
    fact = find(tmp_path, stated=2, unit="places", take="areas", figure="by_decile/place/2021/deprivation_decile/1")
    assert (fact.recomputed, fact.agrees) == (2, True)


def test_a_fact_known_to_differ_shows_both_and_must_come_to_what_is_known(tmp_path: Path) -> None:
    fact = find(tmp_path, stated=250, kind="differs", comes_to=300)
    assert (fact.stated, fact.recomputed, fact.difference, fact.agrees) == (250, 300, 50, True)
    assert not find(tmp_path, stated=250, kind="differs", comes_to=310).agrees


def test_a_figure_that_is_not_there_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match=r"line 8: no single official figure stands at by_decile/SYS/2022"):
        find(tmp_path, figure="by_decile/SYS/2022/deprivation_decile/1")


def test_a_fact_that_differs_says_what_it_comes_to(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="only a fact that differs comes to something else"):
        find(tmp_path, kind="differs")


def test_facts_as_rows_for_json(tmp_path: Path) -> None:
    (row,) = fact_rows([find(tmp_path)])
    assert (row["fact"], row["agrees"], row["sources"][0]["file"]) == ("one", True, "people.csv")


def test_splits_are_called_by_name_and_come_in_order(tmp_path: Path) -> None:
    published = write_published(tmp_path, FIGURES)
    figures = read_official_figures(published)
    load = load_observations(published, write_files(tmp_path / "data"), tmp_path / "store")
    titles = get_split_titles(
        load.folder, build_official_figures(load.folder, figures, get_hierarchy(), DisclosureRule()), figures
    )
    assert titles == {
        "deprivation_decile": {
            "title": "Deprivation decile (1 is most deprived)",
            "groups": [{"group": "1", "title": "1"}, {"group": "10", "title": "10"}],
        }
    }


@pytest.mark.requirement("S080")
def test_a_fact_may_follow_from_other_statements(tmp_path: Path) -> None:
    """6,707 people unprotected, one in 25: 268.28 strokes, stated as 268."""
    fact = find(tmp_path, stated=268, unit="strokes", figure=None, follows_from="{people: 6707, one_in: 25}")
    assert (fact.stated, round(fact.recomputed, 2), fact.agrees) == (268, 268.28, True)
    assert fact.figure is None


def test_a_fact_is_recomputed_one_way(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="a fact is recomputed one way; give either figure or follows_from"):
        find(tmp_path, follows_from="{people: 600, one_in: 2}")
