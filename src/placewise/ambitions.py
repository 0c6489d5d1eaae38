"""What a system promised, judged on a day: for its release, and for whoever asks on another day."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa

from placewise.config import Deployment
from placewise.gaps.ambitions.build import judge_ambitions
from placewise.gaps.ambitions.checks import check_ambitions
from placewise.gaps.ambitions.contract import AmbitionCard
from placewise.gaps.ambitions.reading import Reading
from placewise.gaps.ambitions.vision import build_statements
from placewise.intake.published.build import read_sources
from placewise.measures.cube import Cube
from placewise.publishing.ambitions import Promises, Released, get_ambitions, get_readers, mark_changed_areas
from placewise.publishing.contract import RELEASES, MeasureCard
from placewise.publishing.in_force import get_standing
from placewise.publishing.manifest import read_manifest
from placewise.publishing.release import NotReleased, open_current
from placewise.publishing.series import build_series, read_series


def judge_promises(
    deployment: Deployment,
    store: Path,
    *,
    observations: Path | None,
    published: Path | None,
    cube: Cube | None,
    cards: Sequence[MeasureCard],
    as_of: date,
    released: Released,
) -> Promises:
    """observations: the load of published files, read by the file `published`; cards: of the measures in the cube;
    released: what a release shows of them.

    Only what had ended by the day is read. Raises FaultsFound where a series cannot be read.
    """
    series: dict[str, Reading] = {}
    official: dict[str, bool] = {}
    if observations and published:
        file = read_series(published)
        series = build_series(observations, file, deployment.hierarchy, read_sources(observations))
        official = {name: each.official for name, each in file.series.items()}
    read = get_readers(series, official, cube, cards, deployment.hierarchy, deployment.disclosure, released)
    bodies = {slug: body.name for slug, body in deployment.bodies.items()}
    judged = judge_ambitions(deployment.ambitions, bodies, read, as_of)
    titles = {name: each.title for name, each in series.items()} | {card.measure: card.title for card in cards}
    return Promises(
        mark_changed_areas(judged, _read_earlier(store)),
        build_statements(
            deployment.vision,
            {slug: each.title for slug, each in deployment.ambitions.items()},
            {card.programme: card.programme_title for card in cards},
            titles,
        ),
        check_ambitions(judged, deployment.ambitions, as_of),
    )


def read_in_force(store: Path, system: str) -> Released:
    """What the release in force shows of a measure in the whole system; nothing before the first."""
    release = open_current(store)

    def read(measure: str) -> pa.Table | None:
        try:
            return release.trend(measure, system) if release else None
        except NotReleased:
            return None

    return read


def _read_earlier(store: Path) -> list[tuple[AmbitionCard, ...]]:
    """What every release that stands said of the ambitions."""
    folders = [store / RELEASES / name for name in get_standing(store)]
    return [get_ambitions(read_manifest(folder).ambitions) for folder in folders]
