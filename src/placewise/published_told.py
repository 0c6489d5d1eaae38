"""What a release tells of the published files in force: figures, outlines, series, stated facts, who is left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from placewise.config import Deployment
from placewise.facts import fact_rows, find_facts
from placewise.floor.checking import Check
from placewise.floor.faults import refuse
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.intake.contract import PublishedSource
from placewise.intake.published.build import read_checks, read_definition, read_outlines, read_sources
from placewise.population.areas import Areas
from placewise.population.outlines import find_outlines
from placewise.publishing.contract import SeriesCard
from placewise.publishing.figures import get_indicator_cards, read_official_figures
from placewise.publishing.published import build_official_figures
from placewise.publishing.series import build_series, read_series
from placewise.publishing.series_told import tell_series
from placewise.publishing.split_titles import get_split_titles
from placewise.publishing.unplaced import find_unplaced, get_unplaced_checks


@dataclass(frozen=True, slots=True)
class PublishedTold:
    """said: what build_release takes of published files, by its names; sources, checks: to stand with those of records;
    series: the cards of what programmes rest on."""

    series: tuple[SeriesCard, ...] = ()
    sources: tuple[PublishedSource, ...] = ()
    checks: tuple[Check, ...] = ()
    said: dict[str, Any] = field(default_factory=dict)


def tell_published(
    deployment: Deployment, observations: Path | None, lived_in: Areas | None, rests_on: Iterable[SeriesCard]
) -> PublishedTold:
    """observations: the load in force, if there is one; lived_in: the areas of the records; rests_on: the series of
    programmes, without what was published."""
    if observations is None:
        return PublishedTold(series=tuple(rests_on))
    definition = find_definition(deployment, observations)
    figures = read_official_figures(definition)
    read = read_sources(observations)
    table = build_official_figures(observations, figures, deployment.hierarchy, deployment.disclosure)
    file = read_series(definition)
    names = {code: each.name for code, each in deployment.hierarchy.organisations.items()}
    series = tell_series(
        rests_on,
        build_series(observations, file, deployment.hierarchy, read),
        {name: each.official for name, each in file.series.items()},
        deployment.disclosure,
        names,
    )
    said: dict[str, Any] = {
        "published": table,
        "boundaries": _find_outlines_to_draw(observations, lived_in),
        "indicators": get_indicator_cards(figures),
        "published_splits": get_split_titles(observations, table, figures),
    }
    if deployment.facts and definition == deployment.published:
        said["facts"] = fact_rows(find_facts(deployment.facts, table, figures, read))
    checks = (*read_checks(observations), *get_unplaced_checks(find_unplaced(observations, figures)))
    return PublishedTold(series, tuple(read), checks, said)


def find_definition(deployment: Deployment, observations: Path) -> Path:
    """The file by which the observations were read. No other's figures belong to them: what is invented stays so."""
    name = read_definition(observations)
    for definition in (deployment.published, deployment.synthetic_published):
        if definition and definition.name == name:
            return definition
    fault = f"it has no {name}, by which the published files in the store were read"
    raise refuse(deployment.folder, fault, "take its own published files into the store, or use another store")


def _find_outlines_to_draw(observations: Path, lived_in: Areas | None) -> pa.Table | None:
    """BOUNDARIES of the files in force, and those of where people live in the edition of the records."""
    given = read_outlines(observations)
    if given is None or lived_in is None or (fitted := find_outlines(lived_in, observations)) is None:
        return given
    others = given.filter(pc.invert(pc.is_in(given["kind"].cast(pa.string()), pa.array(RESIDENCE))))
    return pa.concat_tables([others, fitted.drawn]).unify_dictionaries()
