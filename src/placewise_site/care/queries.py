"""The call lists of the build in force, as pages show them. What they are is no secret; who is on them is."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from placewise_site.evidence.persons import find_build_name, find_call_lists


@dataclass(frozen=True, slots=True)
class ListCard:
    slug: str
    title: str
    measure: str
    next_action: str
    order: str  # the published rule that ranks the list
    columns: tuple[str, ...]
    build: str  # by which a row of it is named, so that no row of a later list is taken for it


def available_lists() -> list[ListCard]:
    build = find_build_name()
    return [
        ListCard(
            slug=slug,
            title=said["title"],
            measure=said["measure"],
            next_action=said["next_action"],
            order=_words(said["order"]),
            columns=tuple(said["columns"]),
            build=build,
        )
        for slug, said in find_call_lists().items()
    ]


def find_list(slug: str) -> ListCard | None:
    return next((each for each in available_lists() if each.slug == slug), None)


def rows_to_show(table: pa.Table) -> list[dict[str, Any]]:
    """Rank, reasons, declared columns and exclusion: no pseudonym and no sealed number reaches the page."""
    rows = table.select(["rank", "reason", "excluded", "shown"]).to_pylist()
    return [row | {"shown": dict(row["shown"])} for row in rows]


def _words(order: Any) -> str:
    return order if isinstance(order, str) else ", then ".join(str(each) for each in order)
