"""Where to send teams: the lowest group's gain beside the total, a ground for protected groups, bad tables named."""

import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from builders.outreach import build_case
from placewise.cli import app
from placewise.config import check_deployment, find_deployment
from placewise.floor.faults import FaultsFound
from placewise.plans.outreach.build import plan_outreach
from placewise.plans.outreach.checks import check_ground, check_teams
from placewise.plans.outreach.contract import Need, Sites
from placewise.plans.outreach.definition import Ground, read_need, read_sites
from placewise.plans.outreach.words import as_row, tell_plan

NEED = "area,group,people,reached\nhill,1,100,40\nhill,5,20,15\ndale,1,10,4\ndale,5,200,150\n"
SITES = "site,name,capacity\nhall,Village hall,60\nmarket,Market,500\n"
REACH = "site,area,share\nhall,hill,0.5\nmarket,dale,0.9\n"
TODAY = date(2026, 1, 1)
GROUND = Ground(need="Lowest uptake", proportionality="Sites only", ends=date(2026, 6, 1), review=date(2026, 3, 1))


def read(folder: Path, need: str = NEED, sites: str = SITES, reach: str = REACH) -> tuple[Need, Sites]:
    files = {"need": need, "sites": sites, "reach": reach}
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    people = read_need(folder / "need.csv")
    return people, read_sites(folder / "sites.csv", folder / "reach.csv", people.areas)


@pytest.mark.requirement("S089")
def test_the_planted_site_raises_the_lowest_group_where_the_simplest_would_not(tmp_path: Path) -> None:
    # Fifth 1 lives on the hill and fifth 5 in the dale, where one market reaches more people in all.
    plan = plan_outreach(*read(tmp_path), teams=1)
    assert (plan.fairest.sites, plan.simplest.sites) == (("hall",), ("market",))
    assert plan.lowest_group == "1"
    assert plan.before == pytest.approx([44 / 110, 165 / 220])
    assert plan.fairest.uptake == pytest.approx([(44 + 30) / 110, (165 + 2.5) / 220])
    assert plan.simplest.uptake == pytest.approx([(44 + 5.4) / 110, (165 + 45) / 220])
    assert plan.is_proved
    assert plan.fairest.total < plan.simplest.total
    told = tell_plan(plan)
    assert "rises from 40.0% (group 1) to 67.3%" in told
    assert "would bring the lowest to 44.9%" in told
    assert "about 32 people would be newly reached, beside 50." in told
    assert [each["group"] for each in as_row(plan)["groups"]] == ["1", "5"]


def test_the_command_line_tells_each_group_and_refuses_a_protected_one_without_a_ground(tmp_path: Path) -> None:
    read(tmp_path)
    files = [str(tmp_path / f"{name}.csv") for name in ("need", "sites", "reach")]
    asked = ["outreach", *files, "--teams", "1", "--by"]
    row = json.loads(CliRunner().invoke(app, [*asked, "deprivation_fifth", "--json"]).stdout)
    assert (row["fairest"]["sites"], row["simplest"]["sites"], row["proved"]) == (["hall"], ["market"], True)
    assert "Fairest: hall. Simplest: market." in CliRunner().invoke(app, [*asked, "deprivation_fifth"]).stdout
    assert "no ground is recorded" in str(CliRunner().invoke(app, [*asked, "ethnicity"]).exception)


def test_whoever_comes_is_seen_whatever_their_group(tmp_path: Path) -> None:
    plan = plan_outreach(*read(tmp_path, sites=SITES.replace("hall,60", "hall,13").replace("60", "13")), teams=1)
    unreached = np.array([60, 5])
    by_group = plan.fairest.newly
    assert by_group.sum() == pytest.approx(13)
    assert by_group / unreached == pytest.approx([0.2, 0.2])


def test_rows_in_another_order_give_the_same_plan(tmp_path: Path) -> None:
    def backwards(text: str) -> str:
        head, *rows = text.strip().splitlines()
        return "\n".join([head, *reversed(rows)]) + "\n"

    first = as_row(plan_outreach(*read(tmp_path), teams=1))
    assert as_row(plan_outreach(*read(tmp_path, *map(backwards, (NEED, SITES, REACH))), teams=1)) == first


def test_a_search_cut_short_says_so_with_the_bound() -> None:
    need, sites = build_case(np.random.default_rng(2), sites=25, areas=25, groups=5)
    cut, whole = plan_outreach(need, sites, 4, most_nodes=0), plan_outreach(need, sites, 4)
    assert whole.is_proved
    assert not cut.is_proved
    assert cut.fairest.lowest <= whole.fairest.lowest + 1e-6 <= cut.bound + 2e-6
    assert cut.fairest.lowest >= cut.simplest.lowest - 1e-6
    assert "Not proved to be the best" in tell_plan(cut)


def test_a_site_that_nobody_would_come_to_reaches_nobody(tmp_path: Path) -> None:
    plan = plan_outreach(*read(tmp_path, reach="site,area,share\n"), teams=2)
    assert plan.fairest.total == 0
    assert plan.fairest.uptake == pytest.approx(plan.before)


def test_aiming_at_a_protected_group_needs_a_recorded_ground_in_force() -> None:
    check_ground("deprivation_fifth", None, TODAY)
    check_ground("ethnicity", GROUND, TODAY)
    with pytest.raises(FaultsFound, match="no ground is recorded"):
        check_ground("ethnicity", None, TODAY)
    with pytest.raises(FaultsFound, match="its ground ended on 2026-06-01"):
        check_ground("ethnicity", GROUND, date(2026, 6, 2))
    with pytest.raises(FaultsFound, match="0 teams"):
        check_teams(0)


@pytest.mark.parametrize(
    ("table", "text", "fault"),
    [
        ("need", NEED.replace("100,40", "100,140"), "need.csv, line 2: 140 are reached of 100 people"),
        ("need", NEED.replace("100,40", "many,40"), "need.csv, line 2: people `many` is no number"),
        ("need", NEED.replace("100,40", "nan,0"), "need.csv, line 2: people `nan` is no number"),
        ("need", f"{NEED}hill,1,5,1\n", "need.csv, line 6: 1 in hill is told twice"),
        ("need", "area,group,people,reached\nhill,1,0,0\n", "there is nobody in the group 1"),
        ("need", "area,group,people,reached\n", "it holds nobody"),
        ("need", "place,people\n", "the columns are not those expected"),
        ("sites", SITES.replace("market,Market", "hall,Market"), "sites.csv, line 3: the site hall is told twice"),
        ("sites", SITES.replace("500", "-5"), "sites.csv, line 3: capacity `-5` is no number"),
        ("sites", "site,name,capacity\n", "it holds no site"),
        (
            "reach",
            REACH.replace("hall,hill", "hell,hill"),
            "reach.csv, line 2: hell is in no other table; did you mean",
        ),
        ("reach", REACH.replace("hall,hill", "hall,mill"), "reach.csv, line 2: mill is in no other table"),
        ("reach", REACH.replace("0.5", "50"), "reach.csv, line 2: the share 50 is above 1; write 40% as 0.4"),
        ("reach", f"{REACH}hall,hill,0.5\n", "reach.csv, line 4: hall and hill are told twice"),
    ],
)
def test_bad_tables_are_named_with_their_line(tmp_path: Path, table: str, text: str, fault: str) -> None:
    with pytest.raises(FaultsFound) as found:
        read(tmp_path, **{table: text})
    assert any(fault in str(each) for each in found.value.faults)


def test_check_tells_what_is_wrong_with_the_sites_of_a_system(tmp_path: Path) -> None:
    folder = shutil.copytree(find_deployment("sandbox"), tmp_path / "sandbox")
    assert check_deployment(str(folder)) == []
    (folder / "outreach" / "reach.csv").write_text("site,area,share\nBARN,nowhere,0.5\n", encoding="utf-8")
    (fault,) = check_deployment(str(folder))
    assert (fault.line, fault.fault) == (2, "nowhere is in no other table")
