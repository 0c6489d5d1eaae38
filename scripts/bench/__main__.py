"""Run the benchmark: `make bench`, or `make bench PEOPLE=50000` for a quick look.

At full size it writes docs/benchmarks.md and docs/benchmarks.json; any other size is only printed, or written with
--write, and the page says which size it was.
"""

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measuring import Measured, measure
from bench.parts import (
    correcting,
    counting,
    inventing,
    new_month,
    peers,
    preparing,
    public_tool,
    record,
    releasing,
    serving,
    spark,
    standardising,
)
from bench.rows import Findings, Run
from bench.scan import measure_scan
from bench.setting import Setting
from bench.suite import count_suite
from bench.volumes import FULL_SIZE
from bench.warehouse import invent_warehouse, open_invented, take_shards
from bench.writing import build_page, get_context, write_findings

PARTS: dict[str, Callable[[Setting], Findings]] = {
    "prepare": preparing.run,
    "suite": counting.run_suite,
    "months": counting.run_months,
    "peers": peers.run,
    "correction": correcting.run,
    "new_month": new_month.run,
    "release": releasing.run,
    "spark": spark.run,
    "public_tool": public_tool.run,
    "synthetic": inventing.run,
    "demonstration": serving.run,
    "claims": record.run_claims,
    "decisions": record.run_decisions,
    "statistics": standardising.run,
}
DOCS = Path(__file__).resolve().parents[2] / "docs"
SEED = 1
FEW = 5_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=FULL_SIZE)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; all unless told")
    parser.add_argument("--write", action="store_true", help="write the page at this size too")
    asked = parser.parse_args()
    chosen = {name: part for name, part in PARTS.items() if name in asked.parts or not asked.parts}
    with TemporaryDirectory(prefix="placewise-bench-") as scratch:
        store = Path(scratch) / "store"
        print(f"inventing a load of {asked.people:,} people", flush=True)
        invented = measure(invent_warehouse, str(store), asked.people, SEED)
        warehouse = open_invented(store)
        unit = measure_scan(warehouse.folder)
        take_shards(warehouse, Path(scratch) / "one_shard", share=0)
        compiled = measure(count_suite, str(Path(scratch) / "one_shard"))
        _compile_the_rest(Path(scratch) / "few", unit)
        first = (
            Run(name="Invent a load", measured=invented),
            Run(name="Scan", measured=unit),
            Run(name="Whole suite, one shard, the engine's loops not compiled yet if never used", measured=compiled),
        )
        found = {"load": Findings(runs=first)}
        for name, part in chosen.items():
            print(name, flush=True)
            folder = Path(scratch) / name
            folder.mkdir()
            found[name] = part(Setting(folder, store, warehouse, asked.people, SEED, unit))
            shutil.rmtree(folder)
            for row in found[name].rows:  # the page is written when all are done, which at full size is over an hour
                print(f"  {row.name}: {row.figure:.3g} {row.unit}", flush=True)
    context = get_context(asked.people, invented.result)
    print(build_page(context, found, unit))
    if not asked.parts and (asked.write or asked.people == FULL_SIZE):
        write_findings(DOCS, context, found, unit)


def _compile_the_rest(folder: Path, unit: Measured) -> None:
    """Have all loops of intake and of differences used once, so that their compilation is charged to no part."""
    store, used = folder / "store", folder / "used"
    used.mkdir(parents=True)
    measure(invent_warehouse, str(store), FEW, SEED)
    new_month.run(Setting(used, store, open_invented(store), FEW, SEED, unit))
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
