"""Figures somebody stated, recomputed from the published files: stated, recomputed, source and difference.

A deployment's facts.yaml lists them. A fact of kind `reproduces` must come out as stated, to its rounding; one of kind
`differs` is known not to, so that both figures are shown, and must come to what the file says it comes to. Anything
else is a mismatch.
"""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, model_validator

from placewise.config import read_deployment
from placewise.floor.faults import refuse
from placewise.floor.progress import Report, quiet
from placewise.floor.yaml_file import read_lines, read_model
from placewise.intake.contract import PublishedSource
from placewise.intake.published.build import load_observations
from placewise.publishing.figure_checks import check_official_figures
from placewise.publishing.figures import OfficialFigures, get_indicator_cards, read_official_figures
from placewise.publishing.published import build_official_figures

Kind = Literal["reproduces", "differs"]
Take = Literal["numerator", "denominator", "value", "areas"]


class OneIn(BaseModel):
    """A stated number of people, and the stated one in how many of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    people: int = Field(gt=0)
    one_in: int = Field(gt=0)


class StatedFact(BaseModel):
    """One fact of facts.yaml: recomputed from a published figure, or from what else was stated."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    stated: float
    unit: str
    said_by: str
    where: str
    figure: Annotated[str, Field(pattern=r"^[^/]+(/[^/]+){4}$")] | None = None
    """Where it stands among the official figures: indicator/area/period/split/group."""
    follows_from: OneIn | None = None
    take: Take = "numerator"
    """Which of its numbers; areas: how many areas of the kind named in the area's place have that figure."""
    rounded_to: float = 1
    kind: Kind = "reproduces"
    comes_to: float | None = None
    requirement: str = ""
    note: str = ""

    @model_validator(mode="after")
    def check_comes_to(self) -> "StatedFact":
        if (self.kind == "differs") == (self.comes_to is None):
            raise ValueError("only a fact that differs comes to something else; give comes_to with kind: differs")
        return self

    @model_validator(mode="after")
    def check_where_from(self) -> "StatedFact":
        if (self.figure is None) == (self.follows_from is None):
            raise ValueError("a fact is recomputed one way; give either figure or follows_from")
        return self


class FactsFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    facts: dict[str, StatedFact]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A stated figure beside the recomputed one. difference: recomputed less stated, in the unit; agrees: it comes out
    as it should, which for a fact that differs is what facts.yaml says it comes to."""

    fact: str
    title: str
    stated: float
    unit: str
    said_by: str
    where: str
    kind: Kind
    recomputed: float
    numerator: float | None
    denominator: float | None
    difference: float
    rounded_to: float
    agrees: bool
    figure: str | None
    """Its address among the official figures; None for one that follows from other statements."""
    take: Take
    area_name: str
    period: str
    source: str
    sources: tuple[PublishedSource, ...]
    requirement: str
    note: str
    lower: float | None = None
    """95% limits of the recomputed figure, where it is an estimate."""
    upper: float | None = None


def compute_facts(data_folder: Path, deployment_folder: Path, progress: Report = quiet) -> tuple[Fact, ...]:
    """Every fact of a deployment, from the published files as they lie in the data folder; nothing is kept.

    Raises FaultsFound with whatever is wrong with the deployment or the files.
    """
    deployment = read_deployment(str(deployment_folder.resolve()))
    if deployment.published is None or deployment.facts is None:
        raise refuse(
            deployment_folder, "it has no published.yaml or no facts.yaml", "write them, or name another deployment"
        )
    figures = read_official_figures(deployment.published)
    with tempfile.TemporaryDirectory() as scratch:
        load = load_observations(
            deployment.published, data_folder, Path(scratch), progress=lambda done, share: progress(done, 0.8 * share)
        )
        table = build_official_figures(
            load.folder,
            figures,
            deployment.hierarchy,
            deployment.disclosure,
            progress=lambda done, share: progress(done, 0.8 + 0.2 * share),
        )
        check_official_figures(table, figures.exact, deployment.hierarchy)
    return find_facts(deployment.facts, table, figures, load.sources)


def read_facts(path: Path) -> Mapping[str, StatedFact]:
    """The facts of a facts.yaml by name. Raises FaultsFound with every mistake."""
    return read_model(path, FactsFile).facts


def find_facts(
    file: Path, table: pa.Table, figures: OfficialFigures, sources: Sequence[PublishedSource]
) -> tuple[Fact, ...]:
    """Every fact of a facts.yaml in a table of official figures already added up (RELEASED_PUBLISHED).

    Raises FaultsFound where a fact's figure is not there.
    """
    cards = get_indicator_cards(figures)
    read = {each.source: each for each in sources}
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        for area in (row["area"], row["area_kind"]):
            address = "/".join((row["indicator"], area, row["period"], row["split"], row["group"]))
            rows.setdefault(address, []).append(row)
    found = []
    for name, stated in read_model(file, FactsFile).facts.items():
        if stated.follows_from:
            found.append(_follow(name, stated, stated.follows_from))
            continue
        there = rows.get(stated.figure or "", [])
        if not there or (stated.take != "areas" and len(there) != 1):
            line = read_lines(file).line("facts", name, "figure")
            raise refuse(file, f"no single official figure stands at {stated.figure}", "correct the address", line)
        used = cards[there[0]["indicator"]]["sources"]
        found.append(_compare(name, stated, there, tuple(read[each] for each in used if each in read)))
    return tuple(found)


def fact_rows(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """The facts as JSON can hold them, for the command line, the release and the pages."""
    return [asdict(fact) for fact in facts]


def _compare(
    name: str, stated: StatedFact, rows: Sequence[Mapping[str, Any]], sources: tuple[PublishedSource, ...]
) -> Fact:
    row, of_areas = rows[0], stated.take == "areas"
    recomputed = float(len(rows)) if of_areas else row[stated.take]
    return Fact(
        fact=name,
        recomputed=recomputed,
        numerator=None if of_areas else row["numerator"],
        denominator=None if of_areas else row["denominator"],
        area_name="" if of_areas else row["area_name"],
        period=row["period"],
        source="; ".join(each.title for each in sources),
        sources=sources,
        lower=row["lower"] if stated.take == "value" else None,
        upper=row["upper"] if stated.take == "value" else None,
        **_judge(stated, recomputed),
    )


def _follow(name: str, stated: StatedFact, share: OneIn) -> Fact:
    """A fact that rests on other statements alone: one in so many of so many people."""
    return Fact(
        fact=name,
        recomputed=share.people / share.one_in,
        numerator=None,
        denominator=None,
        area_name="",
        period="",
        source=f"{share.people:,} people, one in {share.one_in}, as stated",
        sources=(),
        **_judge(stated, share.people / share.one_in),
    )


def _judge(stated: StatedFact, recomputed: float) -> dict[str, Any]:
    """What was stated, how far the recomputed figure is from it, and whether that is as it should be."""
    due = stated.stated if stated.comes_to is None else stated.comes_to
    return stated.model_dump(exclude={"comes_to", "follows_from"}) | {
        "difference": recomputed - stated.stated,
        "agrees": abs(recomputed - due) <= stated.rounded_to / 2,
    }
