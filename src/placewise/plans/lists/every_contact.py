"""Everybody on any list of a practice once, with all they are to be seen for: make every contact count."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.plans.lists.contract import GAP


def build_every_contact(ranked: Mapping[str, pa.Table]) -> pa.Table:
    """One row a person, by practice and rank: practice, person_id, gaps and rank.

    ranked: list -> its rows with practice (int32), person_id, rank, excluded and reviewed, the day of the latest review
    that orders the list (recorded.NEVER where there is none). First those called by most lists, then those whose latest
    review is longest ago; whoever is called by none of their lists comes last.
    """
    rows = pa.concat_tables(
        table.select(["practice", "person_id", "rank", "excluded", "reviewed"]).append_column(
            "list", pa.array([slug] * len(table), pa.string())
        )
        for slug, table in ranked.items()
    ).combine_chunks()
    practice, person = rows["practice"].to_numpy(), rows["person_id"].to_numpy()
    together = np.lexsort((person, practice))  # stable: a person's lists stay in the order of the programmes
    rows, practice, person = rows.take(together), practice[together], person[together]
    is_first = np.ones(len(rows), bool)
    is_first[1:] = (person[1:] != person[:-1]) | (practice[1:] != practice[:-1])
    first = np.flatnonzero(is_first)
    is_called = pc.is_null(rows["excluded"]).to_numpy().astype(np.int32)
    called = np.add.reduceat(is_called, first) if len(first) else is_called
    reviewed = rows["reviewed"].to_numpy()
    reviewed = np.maximum.reduceat(reviewed, first) if len(first) else reviewed
    gaps = pa.StructArray.from_arrays(
        [rows[name].combine_chunks() for name in ("list", "rank", "excluded")], fields=list(GAP)
    )
    offsets = pa.array(np.append(first, len(rows)).astype(np.int32))
    practice, person = practice[first], person[first]
    people = pa.table(
        {"practice": practice, "person_id": person, "gaps": pa.ListArray.from_arrays(offsets, gaps)}
    ).take(np.lexsort((person, reviewed, -called, practice)))
    practice = people["practice"].to_numpy()
    rank = np.arange(1, len(practice) + 1) - np.searchsorted(practice, practice)
    return people.append_column("rank", pa.array(rank.astype(np.int32)))
