"""Findings as a build keeps them (FINDINGS in contract.py)."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.gaps.contract import FINDINGS, FINDINGS_FILE, Finding, Kind, Standing, read_word


def write_findings(build: Path, findings: Sequence[Finding]) -> None:
    """Into a build's folder, which exists."""
    pq.write_table(pa.Table.from_pylist([asdict(each) for each in findings], schema=FINDINGS), build / FINDINGS_FILE)


def read_findings(build: Path) -> tuple[Finding, ...] | None:
    """Those a build keeps, in order; None of a build that was made before findings were kept."""
    path = build / FINDINGS_FILE
    if not path.is_file():
        return None
    return tuple(
        Finding(
            **row | {"kind": Kind(row["kind"]), "word": read_word(row["word"]), "standing": Standing(row["standing"])}
        )
        for row in pq.read_table(path).to_pylist()
    )
