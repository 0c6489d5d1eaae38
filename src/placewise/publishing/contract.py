"""What publishing hands on: a Release, the only thing that pages, API, files and charts may open.

STORE/releases/RELEASE/              RELEASE is "r-" and the first 12 digits of the content hash
  release.json                       ReleaseManifest
  measures/MEASURE.parquet           RELEASED_MEASURE, sorted by level, area, split, group, month; a row group a level
  population.parquet                 RELEASED_POPULATION
  residence.parquet                  RELEASED_RESIDENCE: the areas where people live, and what each lies in
  published.parquet                  RELEASED_PUBLISHED: official statistics exactly as their publisher gave them
  peers.parquet                      RELEASED_PEERS: the areas most alike each area, most alike first
  boundaries.parquet                 BOUNDARIES of intake: the outlines of areas, where the system was given any
  findings.parquet                   RELEASED_FINDINGS: what stands out, in words
STORE/releases/in_force.jsonl        which release came into force when, a line each, oldest first
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from placewise.measures.unit_measure import PERSON

_word = pa.dictionary(pa.int32(), pa.string())

RELEASES = "releases"
IN_FORCE = "in_force.jsonl"
RELEASE_FILE = "release.json"
MEASURES_FOLDER = "measures"
POPULATION_FILE, PUBLISHED_FILE = "population.parquet", "published.parquet"
PEERS_FILE = "peers.parquet"
RELEASED_BOUNDARIES_FILE = "boundaries.parquet"
RESIDENCE_FILE = "residence.parquet"
RELEASED_FINDINGS_FILE = "findings.parquet"

SHOWN = "shown"
HIDDEN = "hidden"
"""A count of 1 to 7 in the numerator, the denominator or their difference, or a cell from which such a count elsewhere
could be worked out: every number of the cell is null, and nothing says which of the two it is."""
NO_DATA = "no_data"
"""Nothing was reported: not a zero."""

PROTECTING = "protecting"
"""In ReleaseManifest.cells: how many of the hidden cells are hidden for the sake of others, in months counted for the
release: the others stand as earlier ones told them."""
PRIMARY_ONLY = "primary suppression and rounding"
SCHEME = "primary and secondary suppression, rounding that adds up"

RELEASED_MEASURE = pa.schema(
    [
        pa.field("level", _word, nullable=False),  # the deployment's levels, system first
        pa.field("area", _word, nullable=False),  # organisation code
        pa.field("split", _word, nullable=False),  # all, age_band, sex, ethnicity, deprivation_fifth ...
        pa.field("group", _word, nullable=False),
        pa.field("month", pa.date32(), nullable=False),  # its last day, when the count was made
        pa.field("numerator", pa.int64()),
        pa.field("denominator", pa.int64()),
        pa.field("value", pa.float64()),  # a proportion from the rounded counts, 0 to 1; see below for others
        pa.field("lower", pa.float64()),  # Wilson (or exact) 95% limits, from the rounded counts
        pa.field("upper", pa.float64()),
        pa.field("state", _word, nullable=False),
    ]
)
"""Practices: split `all` only (one-way). Splits: from the level above practice up, at the ends of quarters and in the
last month. Areas where people live (middle_area, small_area): split `all`, once a year (shapes.py).

MeasureCard.statistic says what a value is. A rate, per MeasureCard.per, is of rounded counts too, with exact limits
below 10 events and Byar's above. Of a mean or median the numerator is null and the denominator counts who has a value;
it is made of exact values, with Student's t or limits by rank, and rounded to MeasureCard.decimals. A median is shown
by group for the whole system only."""

RELEASED_POPULATION = pa.schema(
    [
        pa.field("level", _word, nullable=False),  # as above; of middle_area and small_area split `all` only
        pa.field("area", _word, nullable=False),
        pa.field("split", _word, nullable=False),  # as above, and deprivation_decile, segment, life_course, registers
        pa.field("group", _word, nullable=False),
        pa.field("people", pa.int64()),
        pa.field("state", _word, nullable=False),
    ]
)

RELEASED_RESIDENCE = pa.schema(
    [
        pa.field("level", _word, nullable=False),  # middle_area or small_area
        pa.field("area", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("parent", pa.string(), nullable=False),  # the middle area of a small one; "" where no lookup says
        pa.field("fifth", _word, nullable=False),  # of deprivation, of a small one: 1 is the most deprived; "" unknown
    ]
)
"""How areas add up is known to everybody, since lookups and indices are published: so the attack knows it too."""

RELEASED_PUBLISHED = pa.schema(
    [
        pa.field("indicator", _word, nullable=False),
        pa.field("area", _word, nullable=False),
        pa.field("area_name", _word, nullable=False),
        pa.field("area_kind", _word, nullable=False),  # system, place, trust, practice ...
        pa.field("period", pa.string(), nullable=False),
        pa.field("split", _word, nullable=False),  # all, treatment_function, ethnic_group, deprivation_decile ...
        pa.field("group", _word, nullable=False),
        pa.field("numerator", pa.float64()),
        pa.field("denominator", pa.float64()),
        pa.field("value", pa.float64()),  # numerator / denominator where there is one, else numerator; or an estimate
        pa.field("lower", pa.float64()),  # 95% limits, of a figure that is estimated by a method of ours
        pa.field("upper", pa.float64()),
        pa.field("unit", _word, nullable=False),  # people, proportion, waits ...
        pa.field("source", _word, nullable=False),  # id in ReleaseManifest.sources
    ]
)

RELEASED_FINDINGS = pa.schema(
    [
        pa.field("level", _word, nullable=False),  # the deployment's levels, and small_area
        pa.field("area", _word, nullable=False),
        pa.field("measure", _word, nullable=False),
        pa.field("kind", _word, nullable=False),  # Kind of gaps/contract.py
        pa.field("word", _word, nullable=False),  # Verdict or Side
        pa.field("month", _word, nullable=False),  # YYYY-MM, of which it tells
        pa.field("sentence", pa.string(), nullable=False),  # every number in it stands in this release
        pa.field("standing", _word, nullable=False),  # Standing, to the release before
        pa.field("before", _word, nullable=False),  # the word told before, where it has changed
        pa.field("first_told", pa.date32()),  # the day of the build's first release that told it; null: this build's
    ]
)
"""Words that rest on exact counts. Those of single practices and small areas are for some people only, and a practice
reads its own first: who may see them is decided where pages are made, and only what they see is served."""

RELEASED_PEERS = pa.schema(
    [
        pa.field("level", _word, nullable=False),
        pa.field("area", _word, nullable=False),
        pa.field("rank", pa.int32(), nullable=False),  # 1 is the most alike
        pa.field("peer", _word, nullable=False),  # an area of the same level
    ]
)
"""See publishing/peers.py; ReleaseManifest.peers says by what they are alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCard:
    """All that a page says about a measure besides its numbers."""

    measure: str
    title: str
    programme: str
    programme_title: str
    why_it_matters: str
    unit: str
    better: str  # higher, lower or neither
    denominator_means: str  # the definition in plain English
    numerator_means: str
    definition: str  # the YAML section as written
    code_lists: tuple[dict[str, Any], ...]  # name, version, owner, source, review_date, codes
    owner: str
    status: str  # draft, preview, published, archived
    version: str  # the first 8 digits of the hash of the definition and its code lists
    reviewed: str
    next_review: str
    ambition: dict[str, Any] | None
    lead: bool
    step: int = 0
    """Its place among the measures that people pass through one after another, from 1; 0: it is none of them."""
    taken_up: bool = False
    """Its people tell which practices have begun."""
    sensitive: bool = False
    """0% and 100% are hidden."""
    limits: str = "wilson"  # or exact: of a share
    whole_only: bool = False
    """Hidden everywhere below the whole system."""
    note: str = ""
    """What a reader must know to read the figure rightly."""
    statistic: str = "proportion"  # or rate, mean, median
    unit_title: str = "People"  # how what is counted is called, where it is no person
    of_units: str = ""  # how what a rate is of is called, where that is no people
    per: int = 1  # of a rate
    value_unit: str = ""  # of a mean or median: days, mmHg; empty for a plain number
    decimals: int = 1  # of a rate, mean or median
    over: str = "month"  # or 12 months, financial year: the months added up
    completeness: str = ""
    """The measure whose share says how much of this one is known."""
    settles_after: int = 0
    """So many of the newest months are not complete yet: they are marked, and nothing is concluded from them."""
    register: str = ""
    """The register whose people it counts among everyone registered, where that is what it does."""
    change: dict[str, Any] | None = None
    """The RegisterChange of measures/definition.py that it counts among everyone registered, where it does."""
    previous: dict[str, Any] | None = None
    """The definition before this one, where there was one: version, since (YYYY-MM-DD), changes (a sentence each)."""
    impact: dict[str, Any] | None = None
    """The ImpactSection of plans/impact/definition.py, where the programme says what treating more people does."""


def is_unit_measure(card: MeasureCard) -> bool:
    """Whether a measure is anything but a share of people."""
    return card.statistic != "proportion" or card.unit != PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFinding:
    """How many people should be on a register, and where the known are counted: see publishing/case_finding.py."""

    register: str
    title: str
    measure: str  # counts the people on the register among everyone registered
    missed_by: tuple[str, ...]  # measures of care: the known whom they miss are another population again
    bases: tuple[dict[str, Any], ...]  # each a Basis of registers/case_finding.py


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingDrives:
    """Months in which practices put far more people on a register than usual: see publishing/drives.py.

    measure: counts the people put on it in a month; first_month: of the 12 looked at, YYYY-MM; areas: area -> practices
    (that had people), with_drive (how many of them had one), months (of any drive), excess (about how many people more
    than usual, rounded; None where hidden).
    """

    register: str
    measure: str
    first_month: str
    told: str
    areas: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMeasured:
    """A figure that people ask for and nobody can give yet: shown with the reason, never as a number."""

    slug: str
    title: str
    because: str
    programme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesCard:
    """A series of published figures that a programme rests on. slug: the series; owner to next_review: of the
    programme; lead: it stands for the programme; source: the file it was read from.

    lines: a Line (gaps/ambitions/contract.py) for each of its groups; none of a file that is still awaited.
    """

    slug: str
    title: str
    note: str
    programme: str
    programme_title: str
    why_it_matters: str
    owner: str = ""
    status: str = ""
    reviewed: str = ""
    next_review: str = ""
    lead: bool = False
    source: str = ""
    lines: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """When figures of past months are made anew: they stay as first released until then. Months are YYYY-MM.

    last: the newest month when all were made last; next: the newest month when they will be; kept: months that the last
    revision left as they were, since old and new figures together would have told of a hidden one.
    """

    last: str
    next: str
    kept: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        due = date.fromisoformat(f"{self.next}-01")
        return (
            "Frozen as first released, so that records that come in late tell of nobody. All are revised at once, next "
            f"with the figures of {due:%B %Y}, but for months in which that would tell of a hidden figure."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseManifest:
    release: str
    build: str
    deployment: str
    made_on: str
    mode: str  # synthetic, published or live: shown at the head of every page
    first_month: str | None  # None where the release holds published figures only
    last_month: str | None
    disclosure: dict[str, Any]  # scheme, suppress_below, round_to, told (one sentence)
    deprivation_edition: str | None
    geography_edition: str | None
    measures: tuple[MeasureCard, ...]
    splits: dict[str, dict[str, Any]]  # split -> title, groups: [{group, title}] in the order to show
    indicators: dict[str, dict[str, Any]]  # published indicator -> title, unit, better, note
    facts: tuple[dict[str, Any], ...]  # stated and recomputed figures: see facts.py
    sources: tuple[
        dict[str, Any], ...
    ]  # TableReport and PublishedSource rows, with file, hash, rows in, kept, rejected
    loads: tuple[dict[str, Any], ...]  # purpose, legal basis, controller, retention, people (rounded)
    checks: tuple[dict[str, Any], ...]  # room, check, passed, told
    cells: dict[str, int]  # shown, hidden, and how many of those hidden are protecting others
    case_finding: tuple[CaseFinding, ...] = ()
    not_measured: tuple[NotMeasured, ...] = ()
    series: tuple[SeriesCard, ...] = ()
    drives: tuple[CodingDrives, ...] = ()
    stated: tuple[dict[str, Any], ...] = ()
    """Counts that somebody stated of a register, each a StatedCount of publishing/stated.py."""
    ambitions: tuple[dict[str, Any], ...] = ()
    """What was promised and what became of it, each an AmbitionCard of gaps/ambitions/contract.py."""
    vision: tuple[dict[str, Any], ...] = ()
    """The statements of the vision and what each is traced to, each a StatementCard there."""
    boundary_notes: tuple[str, ...] = ()
    """One sentence for each change of the system's footprint between the first month and the last: a series of the
    system carries them."""
    peers: dict[str, Any] = field(default_factory=dict)
    """by (splits), most (how many at most), told (a few sentences): how the areas most alike were found."""
    revision: Revision | None = None
    """None where the release counts nobody, and in releases from before figures were frozen."""
    areas: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Organisation code -> name, level, kind, parent as they stood when the release was made, and reported: whether any
    of its practices ever did. One that never reported has no row in any table."""


@dataclass(frozen=True, slots=True)
class ClaimAddress:
    """Where a computed figure stands, for ever: `r-0123456789ab/MEASURE/AREA/2026-03/all/all`."""

    release: str
    measure: str
    area: str
    period: str
    split: str
    group: str

    def __str__(self) -> str:
        return "/".join((self.release, self.measure, self.area, self.period, self.split, self.group))

    @classmethod
    def parse(cls, text: str) -> "ClaimAddress":
        """Raises ValueError unless the text has exactly six parts, none empty."""
        parts = text.strip("/").split("/")
        if len(parts) != 6 or not all(parts):
            raise ValueError(f"an address has six parts between slashes, and this has {len(parts)}: {text}")
        return cls(*parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure and all that makes it checkable. Frozen: a changed figure is another claim."""

    address: ClaimAddress
    title: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    area_name: str
    period: str
    kind: str  # counted, estimated, modelled or told
    method: str
    method_version: str
    sources: tuple[dict[str, Any], ...]
    geography_edition: str | None
    disclosure: str  # shown, hidden, no_data, or "as published"
    standing: str = "proposed"  # proposed, agreed, disputed, superseded
