"""A measure that is no share of people, whole: what it asks, how it is shown and what is said about it."""

from dataclasses import dataclass

from placewise.floor.language.nodes import Node
from placewise.measures.definition import Ambition, Better, Limits, MeasureSection
from placewise.measures.unit_measure import Asked, Over


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMeasure:
    """unit_title, kind: of its unit ("Pathways", pathway); of_units: the title of the units a rate is of, or ""; over:
    the months added up; per: what a rate is per; decimals: of a rate, mean or median; completeness: the measure that
    says how much is known, or ""; settles_after: so many of the newest months are not complete yet; limits, whole_only,
    version, written: as of a Measure."""

    slug: str
    title: str
    asked: Asked
    unit_title: str
    kind: str
    of_units: str
    over: Over
    per: int
    decimals: int
    better: Better
    note: str
    sensitive: bool
    limits: Limits
    whole_only: bool
    ambition: Ambition | None
    completeness: str
    settles_after: int
    version: str
    written: str

    @property
    def people_questions(self) -> tuple[Node, ...]:
        """Every question it asks of people."""
        return self.asked.people_questions


def build_unit_measure(
    slug: str,
    section: MeasureSection,
    asked: Asked,
    *,
    unit_title: str,
    kind: str,
    of_units: str,
    version: str,
    written: str,
) -> UnitMeasure:
    """unit_title, kind: of its unit; of_units: the title of the units a rate is of, or ""."""
    return UnitMeasure(
        slug=slug,
        title=section.title,
        asked=asked,
        unit_title=unit_title,
        kind=kind,
        of_units=of_units,
        over=section.over,
        per=section.per,
        decimals=section.decimals,
        better=section.better,
        note=section.note,
        sensitive=section.sensitive,
        limits=section.limits,
        whole_only=section.whole_only,
        ambition=section.ambition,
        completeness=section.completeness,
        settles_after=section.settles_after,
        version=version,
        written=written,
    )
