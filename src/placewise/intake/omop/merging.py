"""The layers of a load merged: each shard written anew, as it would be of a whole extract of the same records."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from placewise.floor.timeline.layers import Layers, find_layers
from placewise.floor.timeline.prepared import prepare_shard
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.intake.contract import SHARD_TABLES, LoadReport
from placewise.intake.omop.shards import get_keys, join_contents, name_shard, write_shard
from placewise.intake.omop.sorting import sort_rows

SENT_ANEW = "sent anew, or taken back, by a later extract"


def merge_layers(draft: Path, report: LoadReport, prepared: Sequence[CodeList]) -> LoadReport:
    """Merge those of every shard in a folder, one table after the other; the report of what stands then."""
    contents, rows = dict(report.contents), dict.fromkeys(SHARD_TABLES, 0)
    merged = draft / "merged"
    merged.mkdir()
    for number in range(report.shards):
        name = name_shard(number)
        layers, written = Layers.read(find_layers(draft / name)), {}
        for table, schema in SHARD_TABLES.items():
            read = layers.read_table(table)
            written[table] = write_shard(merged, number, table, sort_rows(read, get_keys(table), schema.names).rows)
            rows[table] += written[table].rows
        shutil.rmtree(draft / name)
        (merged / name).rename(draft / name)
        prepare_shard(draft / name, prepared)
        contents[name] = join_contents(written)
    merged.rmdir()
    tables = []
    for each in report.tables:
        gone = each.rows_kept - rows.get(each.table, each.rows_kept)
        rejected = each.rejected | ({SENT_ANEW: each.rejected.get(SENT_ANEW, 0) + gone} if gone else {})
        tables.append(replace(each, rows_kept=each.rows_kept - gone, rejected=rejected))
    return replace(report, tables=tuple(tables), contents=contents, earlier_contents={}, changes=())
