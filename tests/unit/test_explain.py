"""`explain`: one person's events and the months each part of a definition holds, for a clinician to check by eye."""

from pathlib import Path

import pytest

from builders.asked import code_lists
from builders.invented_people import programmes
from builders.warehouse import write_shard
from placewise.floor.faults import FaultsFound
from placewise.floor.timeline.window import Window
from placewise.measures.explain import explain
from placewise.programme import find_measure, get_registers, get_titles

WINDOW = Window(2025, 7, 12)


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    return write_shard(
        tmp_path,
        code_lists(),
        people="7 1950-03\n8 1950-03",
        registered="7 2019-01-01 2026-05-31",
        events="""
            7 af_codes        2020-05-01
            7 cha2ds2vasc     2025-09-10 4
            7 anticoagulants  2025-10-02 to 2025-10-29
            7 antiplatelets   2025-10-02 to 2025-10-29
            8 af_codes        2020-05-01
        """,
    )


def explained(measure: str, shard: Path, person: int) -> list[str]:
    asked, lists = list(programmes().values()), code_lists()
    found, titles = find_measure(measure, asked), get_titles(asked, lists)
    return explain(found, get_registers(asked), titles, shard, person, WINDOW, lists)


def test_it_shows_the_events_and_when_each_part_holds(shard: Path) -> None:
    lines = explained("af_anticoagulated", shard, 7)
    version = programmes()["healthy_hearts"].measures["af_anticoagulated"].version
    title = "People with atrial fibrillation at risk of stroke who take an anticoagulant"
    assert lines == [
        f"{title} (af_anticoagulated, version {version})",
        "Person 7, born 1950-03, registered: 2025-07 to 2026-05",
        "",
        "Events",
        "  2020-05-01  Atrial fibrillation",
        "  2025-09-10  CHA2DS2-VASc stroke risk score 4",
        "  2025-10-02 to 2025-10-29  Anticoagulants (warfarin and direct oral anticoagulants)",
        "",
        "Of whom it is asked",
        "  is on the register “Atrial fibrillation at risk of stroke”: 2025-09 to 2026-06",
        "    all of these: 2025-09 to 2026-06",
        "      is on the register “Atrial fibrillation”: 2025-07 to 2026-06",
        "        has a record of “Atrial fibrillation”, no later “Atrial fibrillation resolved”: 2025-07 to 2026-06",
        "      has as latest reading “CHA2DS2-VASc stroke risk score” 2 or more: 2025-09 to 2026-06",
        "      not this: 2025-07 to 2026-06",
        "        has a record of “Mechanical heart valve, or moderate to severe mitral stenosis”: never",
        "",
        "Who counts",
        "  was issued “Anticoagulants (warfarin and direct oral anticoagulants)” in the last 6 months:"
        " 2025-10 to 2026-03",
        "",
        "So asked of this person: 2025-09 to 2026-05; counts: 2025-10 to 2026-03",
    ]


def test_an_unknown_measure_or_person_is_one_sentence(shard: Path) -> None:
    with pytest.raises(FaultsFound, match="there is no measure of this name"):
        explained("af_protected", shard, 7)
    with pytest.raises(FaultsFound, match="there is no such person in these records"):
        explained("af_anticoagulated", shard, 9)
