"""`placewise doctor` says what the build in force found of its code lists."""

from dataclasses import asdict
from pathlib import Path

from placewise.doctor import examine
from placewise.floor.checking import Check
from placewise.floor.folders import point_to, write_json
from placewise.population.contract import BUILD_FILE, BUILDS

FALLEN = "723 (Amoxicillin) of Antibiotics is recorded fewer than 8 times in the last six months."


def test_a_fallen_code_is_told_and_what_holds_is_not(tmp_path: Path) -> None:
    (tmp_path / BUILDS / "b-1").mkdir(parents=True)
    checks = [
        Check("codes", "no code falls away", False, FALLEN),
        Check("codes", "every code list is recorded", True, "Every code list that is asked has events."),
        Check("intake", "every code is known", False, "Rows of drug have codes that no vocabulary here knows."),
    ]
    write_json(tmp_path / BUILDS / "b-1" / BUILD_FILE, {"checks": [asdict(each) for each in checks]})
    point_to(tmp_path / BUILDS, "b-1")
    told = {each["told"]: each["passed"] for each in examine(tmp_path)}
    assert told[FALLEN] is False
    assert not told.keys() & {each.told for each in checks[1:]}
