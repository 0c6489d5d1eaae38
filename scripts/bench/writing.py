"""docs/benchmarks.json and docs/benchmarks.md: the same figures for machines and for people."""

import json
import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from bench.measuring import Measured
from bench.rows import Findings, Row, Run
from bench.volumes import FULL_SIZE

GIB, MIB = 2**30, 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    machine: str
    cores: int
    memory: str
    python: str
    date: str
    command: str
    people: int
    events: int


def get_context(people: int, events: int) -> Context:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Context(
        machine=_get_processor_name(),
        cores=len(os.sched_getaffinity(0)),
        memory=f"{memory / GIB:.0f} GiB",
        python=platform.python_version(),
        date=date.today().isoformat(),
        command=" ".join(["PYTHONPATH=scripts .venv/bin/python -m bench", *sys.argv[1:]]),
        people=people,
        events=events,
    )


def write_findings(folder: Path, context: Context, found: Mapping[str, Findings], unit: Measured) -> None:
    """unit: the scan that ratios are to."""
    told = {
        "context": asdict(context),
        "rows": [_row(row) for each in found.values() for row in each.rows],
        "runs": [_run(run, unit) for each in found.values() for run in each.runs],
        "skipped": {part: each.skipped for part, each in found.items() if each.skipped},
    }
    (folder / "benchmarks.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    (folder / "benchmarks.md").write_text(build_page(context, found, unit), encoding="utf-8")


def _smaller(people: int) -> list[str]:
    if people >= FULL_SIZE:
        return []
    told = (
        f"The goals are set for {FULL_SIZE:,} people. This run was smaller: times and memory are smaller too, and what"
    )
    return [f"{told} a build costs whatever its size weighs more.", ""]


def build_page(context: Context, found: Mapping[str, Findings], unit: Measured) -> str:
    rows = [row for each in found.values() for row in each.rows]
    missed = [row for row in rows if not row.met]
    lines = [
        "# Benchmarks",
        "",
        f"Written by `{context.command}` on {context.date}: {context.machine}, {context.cores} cores,"
        f" {context.memory} of memory, Python {context.python}; {context.people:,} registered people with"
        f" {context.events:,} events, invented ([volumes](../benchmarks/volumes.csv),"
        " [questions](../benchmarks/README.md)).",
        "",
        "A ratio is to one *scan* in the same run: every column that the suite needs read and hashed once, with DuckDB"
        f" on every core ({unit.processor:.1f} processor seconds, {unit.wall:.1f} s: the middle of three). Work is done"
        " in a process of its own; starting Python and importing libraries is not counted. The suite, and the engine"
        " beside its peers, start from a load as intake leaves it, with the events of each code list laid out for"
        " questions: that work is in *Prepare a load*. Peers and the scan read the tables.",
        "",
        *_smaller(context.people),
        "## Goals",
        "",
        f"{len(rows) - len(missed)} of {len(rows)} met."
        + (f" **Not met: {'; '.join(row.name for row in missed)}.**" if missed else ""),
        "",
        "| | figure | goal | |",
        "|---|---:|---:|---|",
        *(_tell_row(row) for row in rows),
        "",
        "## What was measured",
        "",
        "Memory is the most that all processes of the work held at one time; *largest*, that one of them held.",
        "",
        "| | wall s | processor s | x scan | memory MiB | largest MiB | |",
        "|---|---:|---:|---:|---:|---:|---|",
        *(_tell_run(run, unit) for each in found.values() for run in each.runs),
        "",
    ]
    skipped = [f"- {part}: {each.skipped}" for part, each in found.items() if each.skipped]
    if skipped:
        lines += ["## Not run", "", *skipped, ""]
    return "\n".join(lines)


def _row(row: Row) -> dict[str, str | float | bool]:
    return {**asdict(row), "figure": float(f"{row.figure:.4g}"), "met": row.met}


def _run(run: Run, unit: Measured) -> dict[str, str | float | int]:
    measured = run.measured
    return {
        "name": run.name,
        "wall_seconds": round(measured.wall, 2),
        "processor_seconds": round(measured.processor, 2),
        "processor_to_scan": round(measured.processor / unit.processor, 2),
        "memory_bytes": measured.together,
        "largest_process_bytes": measured.largest,
        "told": run.told,
    }


def _tell_row(row: Row) -> str:
    limit = "at least" if row.at_least else "at most"
    return (
        f"| {row.name} | {row.figure:.3g} {row.unit} | {limit} {row.goal:g} {row.unit} |"
        f" {'met' if row.met else '**not met**'} |"
    )


def _tell_run(run: Run, unit: Measured) -> str:
    measured = run.measured
    return (
        f"| {run.name} | {measured.wall:.2f} | {measured.processor:.2f} | {measured.processor / unit.processor:.1f} |"
        f" {measured.together / MIB:,.0f} | {measured.largest / MIB:,.0f} | {run.told} |"
    )


def _get_processor_name() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    return names[0] if names else f"{platform.machine()}, {sys.platform}"
