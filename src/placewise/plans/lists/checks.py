"""What must hold of call lists, by list and practice."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.checking import Check, hold
from placewise.floor.database import open_database
from placewise.measures.contract import ALL
from placewise.measures.cube import Cube
from placewise.plans.lists.contract import HANDED_FOLDER
from placewise.plans.lists.listed import CountedPeople
from placewise.plans.lists.plan import ListPlan

ROOM = "lists"
HANDED_ON = "handed on: of those counted alone"


def check_lists(
    folder: Path, plans: Iterable[ListPlan], cube: Cube | None, counted: CountedPeople | None
) -> tuple[Check, ...]:
    """Raises FaultsFound unless nobody is listed twice, a list lacks nobody whom the count says is missed, and a list
    that is handed on holds nobody else.

    folder: of the lists; cube: of the build they are held against, made of the same day's records for planning, and
    counted: the people it counts; None where there are none to compare with. A list is those who are counted and those
    who opted out of planning. How many the latter are is nobody's business beyond the practice, so no sentence here
    says it.
    """
    every = tuple(plans)
    own = [plan for plan in every if not plan.recipient]
    with TemporaryDirectory() as scratch, open_database(Path(scratch)) as database:
        lists = {plan.slug: _read_list(database, folder / plan.slug) for plan in own}
    for slug, by_practice in lists.items():
        people = np.concatenate([*by_practice.values(), np.zeros(0, np.int64)])
        hold(ROOM, "nobody twice", len(np.unique(people)) == len(people), f"Somebody is on {slug} twice.")
    checks = [hold(ROOM, "nobody twice", True, "So it is in every list.")]
    if cube is not None and counted is not None:
        for plan in own:
            at_last = cube.read(plan.measure)[ALL].at_last_month()
            missed = (at_last.numerator if plan.counted else at_last.denominator - at_last.numerator)[:, 0, 0]
            listed = [len(lists[plan.slug][practice]) for practice in cube.units()]
            told = f"A practice's list {plan.slug} lacks somebody whom the count says is missed."
            hold(ROOM, "list = count + opted out", bool(np.all(listed >= missed)), told)
            for practice, people in counted.by_practice(plan.slug).items():
                on_list = np.isin(people, lists[plan.slug][practice])
                hold(ROOM, "list = count + opted out", bool(on_list.all()), told)
        checks.append(
            hold(
                ROOM, "list = count + opted out", True, "Every list holds each of those whom the counts say are missed."
            )
        )
        handed = [plan for plan in every if plan.recipient]
        for plan in handed:
            people = _read_people(folder / HANDED_FOLDER / f"{plan.slug}.parquet")
            missed = np.concatenate([*counted.by_practice(plan.slug).values(), np.zeros(0, np.int64)])
            told = f"Somebody is on {plan.slug} whom the count does not say is missed, or who opted out."
            hold(ROOM, HANDED_ON, bool(np.isin(people, missed).all()), told)
        if handed:
            checks.append(hold(ROOM, HANDED_ON, True, "Nobody who opted out is named to anybody but their practice."))
    return tuple(checks)


def _read_list(database: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, npt.NDArray[np.int64]]:
    """Practice -> whom it is to call."""
    files = sorted(folder.glob("*.parquet"))
    if not files:
        return {}
    # Hundreds of small files, thousands in all lists: one by one Arrow takes four times as long.
    read = database.execute(
        "SELECT parse_filename(filename, true) AS practice, person_id FROM read_parquet($files, filename = true)",
        {"files": list(map(str, files))},
    ).to_arrow_table()
    practices = pa.array([path.stem for path in files])
    of = pc.index_in(read["practice"], practices).to_numpy()
    order = np.argsort(of, kind="stable")
    people = np.split(read["person_id"].to_numpy()[order], np.searchsorted(of[order], np.arange(1, len(files))))
    return dict(zip(practices.to_pylist(), people, strict=True))


def _read_people(path: Path) -> npt.NDArray[np.int64]:
    return pq.read_table(path, columns=["person_id"])["person_id"].to_numpy()
