"""A deployment is a folder of data. Whoever writes one is told every mistake in it at once, with the way out."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from placewise.config import check_deployment, find_deployment, read_deployment
from placewise.floor.faults import FaultsFound


@pytest.fixture
def sandbox(root: Path, tmp_path: Path) -> Path:
    """A copy of the invented system, to be spoilt."""
    return Path(shutil.copytree(root / "deployments" / "sandbox", tmp_path / "sandbox"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(folder: Path) -> list[tuple[str, int | None, str, str]]:
    return [(Path(each.file).name, each.line, each.fault, each.remedy) for each in check_deployment(str(folder))]


def test_a_real_system_is_read():
    system = read_deployment("west_yorkshire")
    assert (system.hierarchy.top.code, system.mode, system.window.months) == ("QWO", "synthetic", 60)
    assert {place.code for place in system.hierarchy.at("place")} == {"36J", "02T", "X2C4Y", "15F", "03R"}
    assert len(system.hierarchy.at("network")) == 52
    assert len(system.hierarchy.chains) == 279


def test_networks_practices_and_the_screening_provider_are_plainly_synthetic_and_nothing_else_is():
    for each in read_deployment("west_yorkshire").hierarchy.organisations.values():
        invented = each.kind in ("network", "practice", "screening_provider")
        assert each.synthetic is invented
        assert each.name.startswith("Synthetic") is invented
        assert each.code.startswith("SYN") is invented


def test_another_shape_of_system_needs_a_folder_and_no_code():
    system = read_deployment("sandbox")
    assert system.hierarchy.levels == ("system", "district", "practice")
    assert len(system.hierarchy.chains) == 12
    assert (system.disclosure.suppress_below, system.disclosure.round_to) == (10, 10)


@pytest.mark.requirement("S031")
def test_ten_ambitions_are_loaded_and_those_nobody_measures_or_answers_for_show_as_orphans():
    ambitions = read_deployment("west_yorkshire").ambitions
    assert len(ambitions) == 10
    for ambition in ambitions.values():
        assert ambition.is_orphan == (not ambition.owner or not any(target.measure for target in ambition.targets))


def test_the_cancer_alliance_has_a_footprint_of_its_own():
    bodies = read_deployment("west_yorkshire").bodies
    assert len(bodies["cancer_alliance"].covers) == 6
    assert bodies["joint_committee_of_commissioners"].open_to == date(2022, 6, 30)


def test_every_mistake_in_every_file_is_told_at_once(sandbox: Path):
    change(sandbox / "ics.yaml", "deprivation_edition", "deprivation_editoin")
    change(sandbox / "ics.yaml", "suppress_below: 10", "suppress_below: 5")
    change(sandbox / "organisations.csv", "practice,practice,SBX-N", "practice,practice,")
    change(sandbox / "bodies.yaml", "kind: board", "knid: board")
    change(sandbox / "ambitions.yaml", "2029-03-31", "soon")
    assert told(sandbox) == [
        ("ics.yaml", 1, "the key `deprivation_edition` is missing", "add it"),
        ("ics.yaml", 8, "`deprivation_editoin` is not a key here", "did you mean `deprivation_edition`"),
        (
            "ics.yaml",
            11,
            "`disclosure`: the disclosure rule is looser than the floor (suppress below 8, round to 5)",
            "make it as strict or stricter",
        ),
        (
            "organisations.csv",
            6,
            "the practice SBX01 has no district above it",
            "put the code of its district in the column parent",
        ),
        ("bodies.yaml", 3, "the key `bodies.system_board.kind` is missing", "add it"),
        ("bodies.yaml", 5, "`knid` is not a key here", "did you mean `kind`"),
        ("ambitions.yaml", 13, "`ambitions.fewer_strokes.targets.0.due` is `soon`", "give a date as YYYY-MM-DD"),
    ]


def test_a_system_of_five_practices_has_six_after_a_row_is_added(sandbox: Path):
    before = len(read_deployment(str(sandbox)).hierarchy.chains)
    with (sandbox / "organisations.csv").open("a", encoding="utf-8") as stream:
        stream.write("SBX13,New Surgery (synthetic),practice,practice,SBX-W,2026-01-01,,yes,invented\n")
    assert len(read_deployment(str(sandbox)).hierarchy.chains) == before + 1


@pytest.mark.parametrize(
    ("old", "new", "fault", "remedy"),
    [
        ("[system, district, practice]", "[system, district]", "there must be two or more", "put them in order"),
        ("months: 36", "months: 65", "a window has 1 to 64 months", "correct it"),
        ("round_to: 10", "round_to: 10, revise: {every: 6 months}", "figures are revised every 12, 24", "correct it"),
        ("age_band, sex", "age_bands, sex", "people cannot be compared by age_bands", "did you mean `age_band`"),
        ("long_term_conditions_board", "long_term_condition_board", "is not in bodies.yaml", "did you mean `long_term"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(sandbox: Path, old: str, new: str, fault: str, remedy: str):
    change(sandbox / "ics.yaml", old, new)
    [only] = [each for each in told(sandbox) if each[0] == "ics.yaml"]
    assert fault in only[2]
    assert remedy in only[3]


def test_a_programme_nobody_wrote_is_told(sandbox: Path):
    change(sandbox / "ics.yaml", "healthy_hearts:", "healthy_harts:")
    assert ("ics.yaml", 14, "there is no programme healthy_harts", "write programmes/healthy_harts.yaml") in told(
        sandbox
    )


def test_live_use_is_refused_until_officers_and_safety_case_are_recorded(sandbox: Path):
    change(sandbox / "ics.yaml", "mode: synthetic", "mode: live")
    with pytest.raises(FaultsFound, match="needs a clinical safety officer, a caldicott guardian, a safety case"):
        read_deployment(str(sandbox))
    change(
        sandbox / "ics.yaml",
        "mode: live",
        "mode: live\nlive_use:\n"
        "  clinical_safety_officer: {name: A. Safe, recorded_on: 2026-01-05}\n"
        "  caldicott_guardian: {name: B. Trusted, recorded_on: 2026-01-05}\n"
        "  safety_case: {reference: SC-1, recorded_on: 2026-01-05}",
    )
    assert read_deployment(str(sandbox)).mode == "live"


def test_a_body_that_covers_an_unknown_place_is_told(sandbox: Path):
    change(sandbox / "bodies.yaml", "SBX-T", "SBX-Q")
    assert told(sandbox) == [
        ("bodies.yaml", 17, "SBX-Q is not in organisations.csv", "add it there or correct the code")
    ]


def test_an_unknown_deployment_is_one_sentence_with_the_nearest_name():
    with pytest.raises(FaultsFound, match="sandbocks: there is no deployment of this name; did you mean `sandbox`"):
        find_deployment("sandbocks")


@pytest.mark.parametrize(
    ("engine", "mistake"),
    [
        ("{kind: sparc, master: yarn}", ("`engine.kind` is `sparc`", "give one of `local` or `spark`")),
        (
            "{kind: spark}",
            ("`engine`: spark needs to know its master and nothing else", "write it like `master: local[2]`"),
        ),
        ("{workers: 2, master: yarn}", ("`engine`: a master belongs to spark", "set kind to spark, or leave it out")),
        ("{kind: local, worker: 2}", ("`worker` is not a key here", "did you mean `workers`")),
    ],
)
def test_an_engine_that_is_none(sandbox: Path, engine: str, mistake: tuple[str, str]):
    change(sandbox / "ics.yaml", "levels:", f"engine: {engine}\nlevels:")
    assert told(sandbox) == [("ics.yaml", 5, *mistake)]


@pytest.mark.parametrize(
    ("engine", "read"),
    [
        ("", ("local", None, None)),
        ("engine: {kind: local, workers: 2}\n", ("local", 2, None)),
        ("engine: {kind: spark, master: 'local[2]'}\n", ("spark", None, "local[2]")),
    ],
)
def test_the_engine_of_a_deployment(sandbox: Path, engine: str, read: tuple[str, int | None, str | None]):
    change(sandbox / "ics.yaml", "levels:", f"{engine}levels:")
    chosen = read_deployment(str(sandbox)).engine
    assert (chosen.kind, chosen.workers, chosen.master) == read


def test_a_strength_that_helps_with_no_programme_of_the_system_is_told(sandbox: Path):
    change(sandbox / "assets.csv", ",healthy_hearts,", ",healthy_harts,")
    mistakes = [(file, remedy) for file, _, fault, remedy in told(sandbox) if "healthy_harts" in fault]
    assert mistakes == [("assets.csv", "did you mean `healthy_hearts`")]


def test_tiles_and_strengths_are_read_with_the_system(sandbox: Path):
    system = read_deployment(str(sandbox))
    assert len(system.tiles) == 3
    assert all("invented" in each.source for each in system.assets)
    change(sandbox / "tiles.csv", "SBX-N", "SBX-X")
    assert ("tiles.csv", 3) in [(file, line) for file, line, _, _ in told(sandbox)]
