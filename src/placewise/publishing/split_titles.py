"""How the splits of official figures and their groups are called and in what order they are shown."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.vocabulary.people import AGE_BANDS, ETHNIC_GROUPS, LIFE_COURSE, TITLES
from placewise.intake.contract import NAMES_FILE
from placewise.measures.contract import ALL
from placewise.publishing.figures import OfficialFigures, SplitTitle

_ORDER = {word: place for words in (ETHNIC_GROUPS, LIFE_COURSE, AGE_BANDS) for place, word in enumerate(words)}


def get_split_titles(observations: Path, table: pa.Table, figures: OfficialFigures) -> dict[str, dict[str, Any]]:
    """ReleaseManifest.splits, for the splits in a table of official figures (RELEASED_PUBLISHED).

    A group is called as published.yaml calls it, else as the publisher of the load in `observations` does, else as the
    vocabulary does. Groups come in the order of the YAML or the vocabulary, by number, or by title.
    """
    names = pq.read_table(observations / NAMES_FILE)
    shown: dict[str, set[str]] = {}
    for pair in table.select(["split", "group"]).group_by(["split", "group"]).aggregate([]).to_pylist():
        shown.setdefault(pair["split"], set()).add(pair["group"])
    return {split: _get_titles(split, shown[split], names, figures) for split in sorted(shown) if split != ALL}


def _get_titles(split: str, groups: set[str], names: pa.Table, figures: OfficialFigures) -> dict[str, Any]:
    declared = figures.splits.get(split) or SplitTitle(title=TITLES.get(split, split.replace("_", " ").capitalize()))
    published = names.filter(pc.equal(names["kind"], split))
    called = {row["code"]: row["name"] for row in published.to_pylist()}
    titles = {group: declared.groups.get(group) or called.get(group) or TITLES.get(group, group) for group in groups}
    places = {group: place for place, group in enumerate(declared.groups)} or _ORDER

    def order(group: str) -> tuple[int, int, str]:
        number = int(group) if group.isdigit() else 0
        return (places.get(group, len(places)), number, titles[group])

    return {
        "title": declared.title,
        "groups": [{"group": group, "title": titles[group]} for group in sorted(groups, key=order)],
    }
