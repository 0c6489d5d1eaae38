"""Findings as pages show them: what it is in a few words, on which side, and what changed since the release before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from placewise_site.evidence.findings import Kind, Side, Standing, Told, Verdict
from placewise_site.evidence.sight import Area, Sight
from placewise_site.programmes.lifecycle import State
from placewise_site.programmes.queries import Heard, find_change, findings_above, findings_below
from placewise_site.web.compare.mapped import ask_for_map

WORSE, BETTER, UNKNOWN = "worse", "better", "unknown"

KIND_WORDS = {
    Kind.CHANGE: "Change",
    Kind.FASTEST: "Improving fastest",
    Kind.FALLING: "Measurement falls",
    Kind.JUMP: "Sudden change",
    Kind.INEQUALITY: "Inequality",
    Kind.OUTLIER: "Far from the others",
    Kind.CASE_MIX: "Not as expected of its people",
    Kind.VARIATION: "How practices differ",
    Kind.CLUSTER: "More than usual",
}
SIDES = {
    Verdict.IMPROVED: BETTER,
    Verdict.SUSTAINED: BETTER,
    Verdict.DETERIORATED: WORSE,
    Side.BETTER: BETTER,
    Side.WORSE: WORSE,
}
MOST_AT_HOME = 5
CHANGED = (Standing.NEW, Standing.CHANGED, Standing.GONE)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """heard: where it is about a practice, what the practice said to it; map: what to ask the map for that shows the
    area where people live that it is about, nothing where there is none."""

    finding: Told
    heard: Heard | None
    map: Mapping[str, str] = field(default_factory=dict)

    @property
    def side(self) -> str:
        """Falling measurement is nobody's improvement: it is put with what is worse."""
        return WORSE if self.finding.kind == Kind.FALLING else SIDES.get(self.finding.word, UNKNOWN)

    @property
    def words(self) -> str:
        """Of a change its verdict alone; else the kind, and the side it lies on."""
        kind, word = self.finding.kind, str(self.finding.word)
        if kind == Kind.CHANGE:
            return word.capitalize()
        said = KIND_WORDS[kind]
        return said if word in (Verdict.NOT_YET_KNOWN, Verdict.IMPROVED, Side.MORE) else f"{said}, {word}"

    @property
    def since(self) -> str:
        """What changed since the release before; "" where nothing did."""
        match self.finding.standing:
            case Standing.NEW:
                return "New"
            case Standing.GONE:
                return "No longer found"
            case Standing.CHANGED:
                return f"Before: {self.finding.before}"
        return ""

    @property
    def is_gone(self) -> bool:
        return self.finding.standing == Standing.GONE

    @property
    def is_open(self) -> bool:
        """Whether others than the practice it is about may read it."""
        return self.heard is None or self.heard.state != State.WITH_PRACTICE


def build_rows(found: Iterable[Told | Heard]) -> list[FindingRow]:
    """What stands out, worse before better; areas of which no change is known yet are left out."""
    rows = [FindingRow(each.finding, each) if isinstance(each, Heard) else FindingRow(each, None) for each in found]
    known = [row for row in rows if row.finding.is_known]
    return sorted(known, key=lambda row: (WORSE, BETTER, UNKNOWN).index(row.side))


def verdict_of(user: Any, sight: Sight, measure: str, area: Area) -> FindingRow | None:
    """What became of a measure in an area, where this person may read it; of nothing known too."""
    change = find_change(user, sight, measure, area)
    return FindingRow(change, None) if change else None


def top_findings(user: Any, sight: Sight, within: str = "") -> list[FindingRow]:
    """The first of what a person may read, of all areas or of those within one; a practice's own stand elsewhere."""
    found: list[Told | Heard] = [*findings_above(user, sight), *findings_below(user, sight)]
    rows = get_standing(build_rows(found))
    near = [row for row in rows if not within or _is_within(sight, row.finding.area, within)]
    return with_maps(near[:MOST_AT_HOME], sight)


def with_maps(rows: Iterable[FindingRow], sight: Sight) -> list[FindingRow]:
    """Those of where people live with the map that shows them."""
    told = ((row, row.finding) for row in rows)
    return [replace(row, map=ask_for_map(sight, said.measure, said.level, said.month)) for row, said in told]


def _is_within(sight: Sight, area: str, above: str) -> bool:
    return area in sight.areas and above in {each.code for each in sight.chain(sight.areas[area])}


def get_changed(rows: Iterable[FindingRow]) -> list[FindingRow]:
    return [row for row in rows if row.finding.standing in CHANGED]


def get_standing(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Those of now."""
    return [row for row in rows if not row.is_gone]
