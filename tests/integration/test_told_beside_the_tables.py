"""What a release tells beside its tables follows from them, or tells nothing of what they hide."""

from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from builders.release import build_hierarchy, build_planted_release
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.measures.cube import PEOPLE, open_cube
from placewise.publishing.ambitions import get_ambitions
from placewise.publishing.attack.bounds import find_narrowed, get_rows
from placewise.publishing.attack.build import get_rule, read_view, work_out
from placewise.publishing.attack.earlier import leave_out
from placewise.publishing.contract import PEERS_FILE, POPULATION_FILE
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.peers import TRAITS, build_peers
from placewise.publishing.practices_seen import add_groups_of_practices, get_practices_seen
from placewise.publishing.release import Release

RULE = DisclosureRule()


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_planted_release(tmp_path_factory.mktemp("store"))


@pytest.mark.requirement("S085")
def test_every_figure_of_an_ambition_is_one_of_its_measure(release: Release) -> None:
    target = get_ambitions(release.manifest.ambitions)[0].targets[0]
    rows = {f"{row['month']:%Y-%m}": row for row in release.trend(target.measure, "HVS").to_pylist()}
    assert len(target.points) > 12
    for point in (*target.points, target.latest):
        row = rows[point.period]
        assert (point.number, point.of) == (row["numerator"], row["denominator"])
        assert (point.value, point.lower, point.upper) == pytest.approx((row["value"], row["lower"], row["upper"]))


def test_whom_an_area_above_practices_is_compared_with_follows_from_the_people_released(release: Release) -> None:
    population = pq.read_table(release.folder / POPULATION_FILE)
    cube = open_cube(release.folder.parents[1] / "builds" / "planted" / "cube")
    nobody = {split: replace(each, denominator=0 * each.denominator) for split, each in cube.read(PEOPLE).items()}
    again = build_peers(population, nobody, cube.units(), build_hierarchy(), RULE).to_pylist()
    told = pq.read_table(release.folder / PEERS_FILE).to_pylist()
    above = [row for row in told if row["level"] != PRACTICE]
    assert above == [row for row in again if row["level"] != PRACTICE] != []


@pytest.mark.requirement("S085")
def test_the_groups_by_which_practices_are_alike_would_tell_of_nobody_hidden(release: Release) -> None:
    """The order in which practices are alike is all that leaves. Even who knew every number behind it, rounded and with
    the small ones hidden, could rule out no small number: not of a practice's group, and of nothing in the release."""
    view = leave_out(read_view(release), release.months[:-1])
    cube = open_cube(release.folder.parents[1] / "builds" / "planted" / "cube")
    population = pq.read_table(release.folder / POPULATION_FILE)
    areas, columns, people = get_practices_seen(
        population, cube.read(PEOPLE), cube.units(), build_hierarchy(), RULE, TRAITS
    )
    known = add_groups_of_practices(view, areas, columns, people.astype(np.int64), RULE)
    rule = get_rule(release)
    lower, upper = work_out(known, rule, primary_only=False)
    hidden = 0
    for table in known.tables:
        for rows in get_rows(known, table):
            if rows is not None:
                bounds = lower[rows], upper[rows]
                assert not find_narrowed(*bounds, table.hidden, rule, sensitive=table.sensitive).any(), table.name
        hidden += int(table.hidden.sum())
    assert hidden > 20
