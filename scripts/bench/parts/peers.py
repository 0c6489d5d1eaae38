"""One question asked of the engine and of every peer: its time counts only where the counts are the same.

Of all it is the second time in a process, from the prepared load to the table of counts: reading the columns that the
question needs is in it; starting, importing, reading YAML and compiling are not. The engine takes the events of code
lists as intake prepared them, which is timed as part of preparing a load; SQL and Polars read the tables. The engine
and SQL leave out people without a diagnosis as soon as they know them.
"""

import pyarrow.parquet as pq

from bench.asked import read_all
from bench.equality import hash_counts, take_last
from bench.hypertension import count_with_the_engine
from bench.measuring import measure
from bench.peers.as_of import count_with_as_of_join
from bench.peers.masks import count_with_month_masks
from bench.peers.monthly import count_month_by_month
from bench.peers.validity import count_with_validity_ranges
from bench.rows import Findings, Row, Run
from bench.setting import Setting

ENGINE_MONTHS, PEER_MONTHS = 60, 36
PEERS = {
    "DuckDB SQL, validity ranges": count_with_validity_ranges,
    "DuckDB SQL, month masks": count_with_month_masks,
    "DuckDB SQL, one query a month": count_month_by_month,
    "Polars, as-of join": count_with_as_of_join,
}
BEST_SQL = ("DuckDB SQL, validity ranges", "DuckDB SQL, month masks")
MONTHLY = "DuckDB SQL, one query a month"


def run(setting: Setting) -> Findings:
    kept, store = setting.folder / "counted.parquet", str(setting.store)
    engine = measure(count_with_the_engine, store, ENGINE_MONTHS, ready=read_all, keep=kept, again=True)
    expected = hash_counts(take_last(pq.read_table(kept), PEER_MONTHS, ENGINE_MONTHS))
    runs = {}
    for name, work in PEERS.items():
        runs[name] = measure(work, store, PEER_MONTHS, ready=read_all, keep=kept, again=True)
        if hash_counts(pq.read_table(kept)) != expected:
            raise SystemExit(f"{name} counts something else than the engine.")
    best = min(runs[name].processor for name in BEST_SQL)
    question = f"Hypertension controlled, {ENGINE_MONTHS} months against {PEER_MONTHS}"
    return Findings(
        (
            Row(
                name=f"{question} of the best SQL: processor saved",
                figure=best / engine.processor,
                unit="x less",
                goal=5,
                at_least=True,
            ),
            Row(
                name=f"{question} of one query a month: processor saved",
                figure=runs[MONTHLY].processor / engine.processor,
                unit="x less",
                goal=15,
                at_least=True,
            ),
        ),
        (
            Run(name=f"Engine, {ENGINE_MONTHS} months, full cross", measured=engine),
            *(
                Run(name=f"{name}, {PEER_MONTHS} months", measured=each, told="the same counts as the engine's")
                for name, each in runs.items()
            ),
        ),
    )
