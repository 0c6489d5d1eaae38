"""Five invented systems from records to findings: what is planted is found in each, and nothing where nothing is.

Systems of 30,000 people are quick to build, and too small for the treatment gap and the improvement of the
demonstration to be told from chance: so these two are planted larger here.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from placewise import pipeline
from placewise.config import find_demonstration, find_deployment, read_deployment
from placewise.floor.progress import quiet
from placewise.gaps.contract import Finding, Kind, Side, Verdict
from placewise.gaps.kept import read_findings

PEOPLE, SEEDS = 30_000, (1, 2, 3, 4, 5)
LARGER = {"treatment_gap": 0.32, "true_improvement": 0.40}
CONTROLLED, RECORDED, CHECKED = (
    "blood_pressure_controlled",
    "blood_pressure_recorded",
    "learning_disability_check_done",
)


@dataclass(frozen=True)
class System:
    """planted: kind -> where it stands; findings: of its build."""

    records: Path
    top: str
    planted: dict[str, dict[str, Any]]
    findings: tuple[Finding, ...]

    def find(self, kind: Kind, measure: str, area: str = "") -> list[Finding]:
        return [
            each
            for each in self.findings
            if (each.kind, each.measure) == (kind, measure) and (not area or each.area == area)
        ]

    def verdict(self, measure: str, area: str) -> Verdict | Side:
        (found,) = self.find(Kind.CHANGE, measure, area)
        return found.word


@pytest.fixture(scope="module", params=SEEDS)
def system(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> System:
    folder = tmp_path_factory.mktemp(f"seed-{request.param}")
    deployment = read_deployment(str(plant_more(folder)))
    pipeline.synthesise(deployment, folder / "records", PEOPLE, request.param, quiet)
    pipeline.pass_door(
        deployment,
        folder / "records",
        folder / "extract",
        purpose=pipeline.PLANNING,
        linkage_key=hashlib.sha256(b"invented").digest(),
        retention_until=date(2999, 12, 31),
        report=quiet,
    )
    pipeline.receive(deployment, folder / "extract", folder / "store", None, quiet)
    findings = read_findings(pipeline.build(deployment, folder / "store", quiet))
    assert findings is not None
    manifest = json.loads((folder / "records/manifest.json").read_text(encoding="utf-8"))
    planted = {each["kind"]: each["where"] for each in manifest["planted"]}
    return System(folder / "records", deployment.hierarchy.top.code, planted, findings)


def plant_more(folder: Path) -> Path:
    """The demonstration's deployment with what is too small to be found among so few people made larger."""
    deployment = folder / "deployment"
    shutil.copytree(find_deployment(find_demonstration()), deployment)
    planted = deployment / "margins/planted.csv"
    lines = planted.read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        kind, measure, _, told = line.split(",", 3)
        if kind in LARGER:
            lines[place] = f"{kind},{measure},{LARGER[kind]},{told}"
    planted.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return deployment


def test_the_treatment_gap_is_found_in_the_whole_system(system: System) -> None:
    (gap,) = system.find(Kind.INEQUALITY, "af_anticoagulated", system.top)
    assert gap.word == Side.WORSE


@pytest.mark.requirement("S102")
def test_the_outlying_practice_is_found_and_whom_it_looks_after_does_not_explain_it(system: System) -> None:
    practice = system.planted["outlying_practice"]["practice"]
    (outlier,) = system.find(Kind.OUTLIER, CONTROLLED, practice)
    (beside_its_people,) = system.find(Kind.CASE_MIX, CONTROLLED, practice)
    assert outlier.word == beside_its_people.word == Side.WORSE
    (variation,) = system.find(Kind.VARIATION, CONTROLLED)
    assert variation.word == Side.UNWARRANTED
    worse = {each.area for each in system.find(Kind.OUTLIER, CONTROLLED) if each.word == Side.WORSE}
    practices = {each for each in worse if not each.startswith("SYNA")}
    assert practices <= {practice, system.planted["falling_measurement"]["practice"]}


@pytest.mark.requirement("S084")
def test_falling_measurement_is_found_and_never_reads_as_better_control(system: System) -> None:
    """Those still measured look better than before: neither the share nor the mean of readings is said to improve."""
    practice = system.planted["falling_measurement"]["practice"]
    for measure in (CONTROLLED, "systolic_mean"):
        assert system.find(Kind.FALLING, measure, practice)
        assert system.verdict(measure, practice) == Verdict.NOT_YET_KNOWN
        assert not system.find(Kind.FASTEST, measure, practice)
    assert system.verdict(RECORDED, practice) == Verdict.DETERIORATED


def test_the_group_that_truly_improved_has_sustained_it(system: System) -> None:
    improved = system.planted["true_improvement"]
    (area,) = (code for level, code in improved.items() if level != "month")
    assert system.verdict(CHECKED, area) in (Verdict.SUSTAINED, Verdict.IMPROVED)
    fastest = [each.area for each in system.find(Kind.FASTEST, CHECKED) if each.level == "network"]
    assert fastest in ([area], [])  # where it has most of the people, it is not faster than all together


def test_a_cluster_is_found_only_where_the_coding_drives_people_live(system: System) -> None:
    practice = system.planted["coding_drive"]["practice"]
    homes = {
        row[0]
        for row in duckdb.sql(
            f"""
            SELECT DISTINCT location_source_value
            FROM '{system.records}/registration.parquet' AS registration
            JOIN '{system.records}/care_site.parquet' USING (care_site_id)
            JOIN '{system.records}/residence.parquet' AS residence USING (person_id)
            JOIN '{system.records}/location.parquet' AS location ON location.location_id = residence.location_id
            WHERE care_site_source_value = '{practice}'
            """
        ).fetchall()
    }
    assert {each.area for each in system.findings if each.kind == Kind.CLUSTER} <= homes


def test_nothing_is_found_of_measures_in_which_nothing_is_planted(system: System) -> None:
    quiet_measures = {"af_score_recorded", "carers_offered_support", "days_to_anticoagulant"}
    found = [each for each in system.findings if each.measure in quiet_measures and each.kind != Kind.CHANGE]
    changed = [
        each
        for each in system.findings
        if each.measure in quiet_measures and each.kind == Kind.CHANGE and each.word != Verdict.NOT_YET_KNOWN
    ]
    assert found == changed == []
