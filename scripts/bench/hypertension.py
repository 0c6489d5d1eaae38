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
from placewise.floor.timeline.count import find_changes
from placewise.floor.timeline.events import read_events
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

Places = npt.NDArray[np.int64]
"""cell x months + month of each change."""


def count_with_the_engine(store: str, months: int) -> pa.Table:
    """CONTROLLED over the last `months` months."""
    deployment, definitions = read_benchmark_deployment(months), read_one_measure()
    warehouse, window = open_warehouse(Path(store), PLANNING), deployment.window
    placing = build_placing(window, deployment.hierarchy, warehouse.small_areas, EVERYBODY, declares_practices=True)
    [programme] = definitions.programmes
    gained: tuple[list[Places], list[Places]] = ([], [])
    lost: tuple[list[Places], list[Places]] = ([], [])
    for shard in warehouse.shard_folders:
        events = read_events(shard, programme.code_lists, definitions.code_lists)
        answers = Answers(events, window, get_registers(definitions.programmes))
        placed = build_population(shard, answers, placing)
        flags = build_flags(programme.measures, answers)
        person, word, cell = _cross(placed, answers)
        eligible = flags.denominator[MEASURE][person] & word
        for part, words in enumerate((eligible, flags.numerator[MEASURE][person] & eligible)):
            changes = find_changes(words, window)
            place = cell[changes.row] * months + changes.month
            gained[part].append(place[changes.begins])
            lost[part].append(place[~changes.begins])
    practices = placing.population.practices
    size = len(practices) * FIFTHS * len(ETHNIC_GROUPS) * len(SEXES) * len(AGE_BANDS) * months
    denominator, numerator = (_add_up(gained[part], lost[part], size, months) for part in (0, 1))
    return _to_table(denominator, numerator, practices)


def _cross(placed: ShardPopulation, answers: Answers) -> tuple[npt.NDArray[np.int32], Words, Places]:
    """Each spell in each age band: whose it is, in which months, and its cell in the full cross."""
    rows, spells = build_split("age_band", placed, (), answers.window, {}), placed.spells
    assert rows.spell is not None and rows.word is not None, "people's ages change"
    cell = spells.practice.astype(np.int64) * FIFTHS + (spells.decile + 1) // 2
    cell = (cell * len(ETHNIC_GROUPS) + placed.ethnicity[spells.person]) * len(SEXES) + placed.sex[spells.person]
    return spells.person[rows.spell], rows.word, cell[rows.spell] * len(AGE_BANDS) + rows.group


def _add_up(gained: Sequence[Places], lost: Sequence[Places], size: int, months: int) -> npt.NDArray[np.int64]:
    """The people of each cell at the end of each month, cells x months in one row."""
    change = np.bincount(np.concatenate(gained), minlength=size)
    change -= np.bincount(np.concatenate(lost), minlength=size)
    return np.cumsum(change.reshape(-1, months), axis=1).reshape(-1)


def _to_table(
    denominator: npt.NDArray[np.int64], numerator: npt.NDArray[np.int64], practices: Sequence[str]
) -> pa.Table:
    found = np.flatnonzero(denominator)
    months = len(denominator) // (len(practices) * FIFTHS * len(ETHNIC_GROUPS) * len(SEXES) * len(AGE_BANDS))
    shape = (len(practices), FIFTHS, len(ETHNIC_GROUPS), len(SEXES), len(AGE_BANDS), months)
    practice, fifth, ethnicity, sex, band, month = (each.astype(np.int32) for each in np.unravel_index(found, shape))
    return pa.table(
        [
            encode(practice, practices),
            pa.array(fifth),
            encode(ethnicity, ETHNIC_GROUPS),
            encode(sex, SEXES),
            pa.array(band),
            pa.array(month),
            pa.array(denominator[found]),
            pa.array(numerator[found]),
        ],
        schema=CONTROLLED,
    )
