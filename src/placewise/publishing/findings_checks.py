"""What must hold of the findings of a release: asked of the files as they were written."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.checking import Check, hold
from placewise.publishing.contract import MEASURES_FOLDER, RELEASED_FINDINGS_FILE, MeasureCard

ROOM = "publishing"
_SAID = "a finding says released numbers alone"
_SHARE = re.compile(r"\d[\d,]*\.\d(?=%)")


def check_findings_told(folder: Path, cards: Sequence[MeasureCard]) -> Check:
    """Every share that a sentence says stands in the release. Raises FaultsFound with the first that does not."""
    rows = pq.read_table(folder / RELEASED_FINDINGS_FILE).to_pylist()
    known = {card.measure: card for card in cards}
    wrong = next(_iter_wrong(folder, [each for each in rows if _SHARE.search(each["sentence"])], known), None)
    told = f"That of {wrong['measure']} in {wrong['area']} says another." if wrong else f"Asked of {len(rows):,} rows."
    return hold(ROOM, _SAID, wrong is None, told)


def _iter_wrong(
    folder: Path, rows: Sequence[dict[str, Any]], known: dict[str, MeasureCard]
) -> Iterator[dict[str, Any]]:
    """Those with a share that is none of their measure, nor of the one that says how much of it is known."""
    for measure in {each["measure"] for each in rows}:
        shares = set[str]()
        for of in {measure, known[measure].completeness} & known.keys():
            values = pq.read_table(folder / MEASURES_FOLDER / f"{of}.parquet", columns=["value"])["value"]
            shares |= {f"{value * 100:.1f}" for value in pc.unique(values.drop_null()).to_pylist()}
        yield from (
            each for each in rows if each["measure"] == measure and set(_SHARE.findall(each["sentence"])) - shares
        )
