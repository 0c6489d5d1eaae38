"""A code that leaves its list between two builds stops the second one, until somebody says why it left."""

import shutil
from pathlib import Path

import duckdb
import pytest

from builders.command_line import build_once, find_state, one_sentence, run_here, succeed_here
from builders.small_system import DEPLOYMENT, build_small_system
from placewise.coding.contract import VOLUMES_FILE
from placewise.floor.folders import current, read_json
from placewise.population.contract import BUILD_FILE, BUILDS

CLOPIDOGREL = "1322184,RxNorm,32968,Clopidogrel"


@pytest.fixture
def own(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A folder with a built store and code lists of its own."""
    system = build_once(tmp_path_factory, "small_system", build_small_system)
    shutil.copytree(system / "store", tmp_path / "store")
    shutil.copytree(root / "codelists", tmp_path / "codelists")
    return tmp_path


def write_antiplatelets(folder: Path, removed: str | None) -> None:
    """The list without clopidogrel's row, or with the row and the reason for which it was removed."""
    path = folder / "codelists" / "antiplatelets.csv"
    header, *codes = path.read_text(encoding="utf-8").splitlines()
    others = [code for code in codes if not code.startswith(CLOPIDOGREL)]
    if removed is None:
        rows = [header, *others]
    else:
        rows = [f"{header},removed", *(f"{code}," for code in others), f"{CLOPIDOGREL},{removed}"]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def test_the_volumes_of_every_code_are_kept_with_the_build(own: Path) -> None:
    build = current(own / "store" / BUILDS)
    assert build is not None
    [(events, months)] = duckdb.execute(
        f"SELECT sum(events), count(DISTINCT month) FROM '{build / VOLUMES_FILE}' WHERE code = '32968'"
    ).fetchall()
    assert events > 100
    assert months > 24


def test_a_lost_code_stops_the_build_and_a_reason_lets_it_go(own: Path) -> None:
    before = find_state(own / "store" / BUILDS)
    write_antiplatelets(own, removed=None)
    told = one_sentence(run_here("build", DEPLOYMENT, folder=own))
    assert told.startswith(
        "antiplatelets.csv: the code 32968 (Clopidogrel, concept 1322184) has left it since the last build, and is "
    )
    assert told.endswith("; add it back, or keep its row and write under `removed` why it left.")
    assert find_state(own / "store" / BUILDS) == before

    write_antiplatelets(own, removed="dispensed by hospitals only")
    succeed_here("build", DEPLOYMENT, folder=own)
    build = current(own / "store" / BUILDS)
    assert build is not None
    checks = {check["check"]: check["told"] for check in read_json(build / BUILD_FILE)["checks"]}
    assert checks["no code with volume left a list"] == (
        "Antiplatelet medicines counts 32968 (Clopidogrel) no more: dispensed by hospitals only."
    )
    succeed_here("release", DEPLOYMENT, folder=own)


def test_what_somebody_should_look_into_is_told_by_the_build(own: Path) -> None:
    path = own / "codelists" / "antiplatelets.csv"
    header, *codes = path.read_text(encoding="utf-8").splitlines()
    rows = [f"{header},retired", *(f"{code},{'2020-01-01' * code.startswith(CLOPIDOGREL)}" for code in codes)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    told = succeed_here("build", DEPLOYMENT, folder=own)
    assert "Look into this:" in told
    assert "Clopidogrel" in told
