"""Every target of every ambition as a table, and its verdict as words and a tag."""

from collections import Counter
from collections.abc import Iterable, Sequence

from placewise_site.evidence.ambitions import AmbitionCard, Point, Scale, TargetCard, Verdict
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry

NOBODY = "Nobody answers for it yet"
TAGS = {
    Verdict.MET: "nhsuk-tag--green",
    Verdict.ON_COURSE: "nhsuk-tag--aqua-green",
    Verdict.MISSED: "nhsuk-tag--red",
    Verdict.OFF_COURSE: "nhsuk-tag--orange",
    Verdict.NOT_YET_KNOWN: "nhsuk-tag--yellow",
    Verdict.NOT_MEASURED: "nhsuk-tag--grey",
}
"""The colour of a verdict's tag, which repeats its word."""

COLUMNS = (
    Column("ambition", "Ambition"),
    Column("wording", "Wording"),
    Column("target", "Target"),
    Column("date", "By"),
    Column("verdict", "Verdict"),
    Column("chance", "Chance of meeting it (%)", is_number=True),
    Column("baseline", "Baseline", is_number=True),
    Column("baseline_period", "Baseline period"),
    Column("latest", "Latest", is_number=True),
    Column("latest_period", "Latest period"),
    Column("aim", "Promised level", is_number=True),
    Column("unit", "Unit"),
    Column("told", "What it rests on"),
    Column("doubt", "Doubt"),
    Column("owner", "Who answers for it"),
    Column("source", "Source"),
)


def targets_table(cards: Iterable[AmbitionCard]) -> Table:
    """A row a target, to take away."""
    return Table(COLUMNS, tuple(_row(card, target) for card in cards for target in card.targets))


def summary(cards: Sequence[AmbitionCard]) -> str:
    """How many targets have each verdict, the same for hits and misses, and how many ambitions nobody answers for."""
    counted = Counter(target.verdict for card in cards for target in card.targets)
    said = ", ".join(f"{number} {verdict}" for verdict in Verdict if (number := counted[verdict]))
    orphans = sum(not card.owner for card in cards)
    nobody = (
        f" Nobody answers for {'any' if orphans == len(cards) else orphans} of the ambitions yet." if orphans else ""
    )
    return f"{len(cards)} ambitions with {counted.total()} targets: {said}.{nobody}"


def _row(card: AmbitionCard, target: TargetCard) -> Row:
    scale = target.scale
    return Row(
        card.title,
        (
            words_entry(card.title),
            words_entry(card.wording),
            words_entry(target.says),
            words_entry(str(target.due or "")),
            words_entry(str(target.verdict)),
            number_entry("" if target.chance is None else f"{target.chance * 100:.0f}", target.chance),
            *_at(target.baseline, scale),
            *_at(target.latest, scale),
            number_entry("" if target.aim is None else scale.number(target.aim), target.aim),
            words_entry(scale.unit if target.points else ""),
            words_entry(" ".join((target.told, *target.notes))),
            words_entry(" ".join(each for each in (target.doubt, card.doubt) if each)),
            words_entry(card.owner or NOBODY),
            words_entry(card.source),
        ),
    )


def _at(point: Point | None, scale: Scale) -> tuple[Entry, Entry]:
    value = point.value if point else None
    return (
        number_entry("" if value is None else scale.number(value), value),
        words_entry(point.period if point and value is not None else ""),
    )
