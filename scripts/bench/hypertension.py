"""High blood pressure controlled, by practice x deprivation x ethnicity x sex x age band: the engine's own way.

The question that each module of bench.peers answers too. All give a table of CONTROLLED, one row for each cell and
month with anybody in it, so that they can be held against each other.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bench.asked import read_benchmark_deployment, read_one_measure
from placewise.floor.encoding import encode
from placewise.floor.timeline.count import count_months
from placewise.floor.timeline.events import pick_people, read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Words
from placewise.floor.vocabulary.people import AGE_BANDS, ETHNIC_GROUPS, SEXES
from placewise.intake.warehouse import open_warehouse
from placewise.measures.build import build_flags
from placewise.measures.splits import build_split
from placewise.pipeline import PLANNING
from placewise.population.build import build_placing, build_population
from placewise.population.contract import ShardPopulation
from placewise.population.segments import Segments
from placewise.programme import get_registers

MEASURE = "blood_pressure_controlled"
EVERYBODY = Segments("1", "nobody asks for segments here", {"everybody": "Everybody"}, {})
FIFTHS = 6
"""1 to 5, and 0 where not recorded."""

_WORD = pa.dictionary(pa.int32(), pa.string())
CONTROLLED = pa.schema(
    [
        pa.field("practice", _WORD),
        pa.field("deprivation_fifth", pa.int32()),
        pa.field("ethnicity", _WORD),
        pa.field("sex", _WORD),
        pa.field("age_band", pa.int32()),  # index into AGE_BANDS
        pa.field("month", pa.int32()),  # from 0
        pa.field("denominator", pa.int64()),
        pa.field("numerator", pa.int64()),
    ]
)

Cells = npt.NDArray[np.int64]
"""Positions in the full cross."""


def count_with_the_engine(store: str, months: int) -> pa.Table:
    """CONTROLLED over the last `months` months. Whom it does not concern is left out once the register is known, as in
    the SQL of bench.peers."""
    deployment, definitions = read_benchmark_deployment(months), read_one_measure()
    warehouse, window = open_warehouse(Path(store), PLANNING), deployment.window
    placing = build_placing(window, deployment.hierarchy, warehouse.small_areas, EVERYBODY, declares_practices=True)
    [programme] = definitions.programmes
    registers = get_registers(definitions.programmes)
    found: list[tuple[Cells, Words, Words]] = []
    for shard in warehouse.shard_folders:
        events = read_events(shard, programme.code_lists, definitions.code_lists)
        concerned = Answers(events, window, registers).of(programme.measures[MEASURE].of)
        answers = Answers(pick_people(events, np.flatnonzero(concerned)), window, registers)
        placed = build_population(shard, answers, placing)
        flags = build_flags(programme.measures, answers)
        person, word, cell = _cross(placed, answers)
        found.append((cell, flags.denominator[MEASURE][person] & word, flags.numerator[MEASURE][person] & word))
    cell, eligible, met = (np.concatenate(each) for each in zip(*found, strict=True))
    cells, group = np.unique(cell, return_inverse=True)
    denominator, numerator = (count_months(each, group, len(cells), window) for each in (eligible, met))
    return _to_table(cells, denominator, numerator, placing.population.practices)


def _cross(placed: ShardPopulation, answers: Answers) -> tuple[npt.NDArray[np.int32], Words, Cells]:
    """Each spell in each age band: whose it is, in which months, and its cell in the full cross."""
    rows, spells = build_split("age_band", placed, (), answers.window, {}), placed.spells
    assert rows.spell is not None and rows.word is not None, "people's ages change"
    cell = spells.practice.astype(np.int64) * FIFTHS + (spells.decile + 1) // 2
    cell = (cell * len(ETHNIC_GROUPS) + placed.ethnicity[spells.person]) * len(SEXES) + placed.sex[spells.person]
    return spells.person[rows.spell], rows.word, cell[rows.spell] * len(AGE_BANDS) + rows.group


def _to_table(
    cells: Cells, denominator: npt.NDArray[np.int64], numerator: npt.NDArray[np.int64], practices: Sequence[str]
) -> pa.Table:
    """denominator, numerator: [cells, months]."""
    at, month = (each.astype(np.int32) for each in np.nonzero(denominator))
    shape = (len(practices), FIFTHS, len(ETHNIC_GROUPS), len(SEXES), len(AGE_BANDS))
    practice, fifth, ethnicity, sex, band = (each.astype(np.int32) for each in np.unravel_index(cells[at], shape))
    return pa.table(
        [
            encode(practice, practices),
            pa.array(fifth),
            encode(ethnicity, ETHNIC_GROUPS),
            encode(sex, SEXES),
            pa.array(band),
            pa.array(month),
            pa.array(denominator[at, month]),
            pa.array(numerator[at, month]),
        ],
        schema=CONTROLLED,
    )
