"""Findings as a build keeps them (FINDINGS in contract.py), with the measures that were looked at."""

import json
from collections.abc import Collection, Sequence
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.gaps.comparison import Asked
from placewise.gaps.contract import FINDINGS, FINDINGS_FILE, Finding, Kind, Standing, read_word

ASKED = b"measures"
"""Of the file's metadata: every measure that was looked at and its version, since of some nothing is found."""


def write_findings(
    build: Path, findings: Sequence[Finding], asked: Collection[Asked], file: str = FINDINGS_FILE
) -> None:
    """Into a build's folder, which exists."""
    names = [each.name for each in fields(Finding)]  # asdict would copy every word of thousands
    table = pa.table({name: [getattr(each, name) for each in findings] for name in names}, schema=FINDINGS)
    pq.write_table(table.replace_schema_metadata({ASKED: json.dumps(sorted(asked))}), build / file)


def read_findings(build: Path, file: str = FINDINGS_FILE) -> tuple[Finding, ...] | None:
    """Those a build keeps, in order; None of a build that was made before findings were kept."""
    path = build / file
    if not path.is_file():
        return None
    return tuple(
        Finding(
            **{
                **row,
                "kind": Kind(row["kind"]),
                "word": read_word(row["word"]),
                "standing": Standing(row["standing"]),
            }
        )
        for row in pq.read_table(path).to_pylist()
    )


def read_asked(build: Path) -> frozenset[Asked]:
    """The measures that a build looked at; none of a build that keeps no findings."""
    path = build / FINDINGS_FILE
    kept = pq.read_schema(path).metadata or {} if path.is_file() else {}
    return frozenset((measure, version) for measure, version in json.loads(kept.get(ASKED, b"[]")))
