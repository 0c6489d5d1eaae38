"""Registers beside the people expected on them, by place, each basis with who said so."""

from dataclasses import dataclass

from placewise_site.evidence.sight import Area, CaseFinding, Expectation, Sight, Unprotected
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.known import expectation_table, known_and_expected, range_words
from placewise_site.web.figures.table import Table

PREFIX = "expected-"


@dataclass(frozen=True, slots=True)
class CaseNote:
    """What a page says of one register in one area: in a table, by basis, and of the known whom care misses."""

    finding: CaseFinding
    sentence: str
    table: Table
    found: tuple[Expectation, ...]
    unprotected: tuple[Unprotected, ...]


def expected_keys(sight: Sight, area: Area) -> list[str]:
    """The figures of expected and known that the release can show for an area."""
    return [f"{PREFIX}{each.register}" for each in sight.manifest.case_finding if sight.is_expected_at(area.level)]


def expected_figure(sight: Sight, area: Area, key: str) -> Figure:
    """By the first level below the area, or of the area alone where that level is of practices.

    Raises NotReleased where no number is expected.
    """
    finding = sight.finding(key.removeprefix(PREFIX))
    parts = [
        part
        for level in sight.levels_below(area)[:1]
        if sight.is_expected_at(level)
        for part in sight.below(area, level)
    ] or [area]
    areas = [(part, sight.expectations(finding.register, part.code)) for part in parts]
    level = sight.level_title(parts[0].level)
    sentence = range_words(area, sight.expectations(finding.register, area.code))
    return known_and_expected(key, finding.title, level, areas, sentence)


def case_notes(sight: Sight, area: Area, measure: str = "") -> list[CaseNote]:
    """Every register with a number expected in the area, or only that of the measure which counts its known."""
    if not sight.is_expected_at(area.level):
        return []
    return [_note(sight, area, each) for each in sight.manifest.case_finding if measure in ("", each.measure)]


def _note(sight: Sight, area: Area, finding: CaseFinding) -> CaseNote:
    found = sight.expectations(finding.register, area.code)
    table = expectation_table("Area", [(area, found)])
    missed = tuple(sight.untreated(finding.register, area.code))
    return CaseNote(finding, range_words(area, found), table, tuple(found), missed)
