"""The size of the prize as tables: what is known of each effect, and who would gain, by area and by deprivation."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.impact import (
    KIND_WORDS,
    Impact,
    ImpactSection,
    Prize,
    get_prize,
    get_whole,
    read_impact,
    tell_count,
    tell_ends,
    tell_horizon,
    tell_impact,
    tell_range,
)
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Area, MeasureCard, Sight
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, percent_words, state_words
from placewise_site.web.levels import levels_shown

FIFTHS = "deprivation_fifth"
REACHED, NOBODY = "reached already", "nobody to treat"

EFFECT_COLUMNS = (
    Column("event", "Event"),
    Column("number", "About so many", is_number=True),
    Column("range", "Range of its source"),
    Column("one_in", "One in so many treated", is_number=True),
    Column("horizon", "Over what time"),
    Column("kind", "How it is known"),
    Column("population", "Found in"),
    Column("source", "Source"),
)


def prize_of(sight: Sight, card: MeasureCard, section: ImpactSection, area: Area) -> Prize:
    return _prize(sight, card, section)(sight.latest(card.measure, area.code))


def impact_sentence(sight: Sight, card: MeasureCard, area: Area) -> str:
    """For a measure's page; empty where the programme says nothing of it."""
    section = read_impact(card)
    if section is None:
        return ""
    return prize_sentence(prize_of(sight, card, section, area), int(sight.manifest.disclosure["suppress_below"]))


def prizes_below(sight: Sight, card: MeasureCard, section: ImpactSection, area: Area) -> list[Prize]:
    """Of each area of the next level that this person may see; none of an area without areas within."""
    levels = levels_shown(sight, area)[:1]
    cells = sight.at_level(card.measure, area.code, levels[0]) if levels else []
    return [_prize(sight, card, section)(cell) for cell in cells]


def prizes_by_fifth(sight: Sight, card: MeasureCard, section: ImpactSection, area: Area) -> list[Prize]:
    """Of each deprivation fifth, the most deprived first; none where the release does not show them."""
    with suppress(NotReleased):
        return [_prize(sight, card, section)(cell) for cell in sight.groups(card.measure, area.code, FIFTHS)]
    return []


def prize_sentence(prize: Prize, least: int) -> str:
    """Who would gain in one area, and what they would gain beside what harms them."""
    where = prize.cell.area_name
    if prize.gain is None:
        return f"{where}: {state_words(prize.cell.state) or NOBODY}."
    to = percent_words(prize.gain.level)
    if prize.gain.is_reached:
        return f"{where} has reached {to} already."
    if prize.impact is None:
        return f"{where} is fewer than {least} people short of {to}."
    told = tell_impact(prize.impact)
    return f"{where}: to reach {to} about {count_words(prize.impact.people)} more people would be treated. {told}"


def effect_table(impact: Impact) -> Table:
    """A row an effect, benefits first, each with its source."""
    rows = []
    for each in (*impact.prevented, *impact.caused):
        title = f"{each.event[:1].upper()}{each.event[1:]} {'prevented' if each.effect == 'prevents' else 'caused'}"
        number = get_whole(each.number)
        entries = (
            words_entry(title),
            number_entry(tell_count(each.number), number),
            words_entry(tell_ends(each) or "not stated"),
            number_entry(f"{each.one_in:g}", each.one_in),
            words_entry(tell_horizon(each.horizon)),
            words_entry(KIND_WORDS[each.kind]),
            words_entry(" ".join(part for part in (f"{each.population}.", each.note) if part)),
            words_entry(each.source),
        )
        rows.append(Row(title, entries))
    return Table(EFFECT_COLUMNS, tuple(rows))


def prize_table(heading: str, prizes: Sequence[Prize], least: int) -> Table:
    """A row an area or group: who is not treated, who would gain, and what, benefit and harm side by side."""
    known = next((each.impact for each in prizes if each.impact), None)
    columns = [
        Column("who", heading),
        Column("untreated", "Not treated now", is_number=True),
        Column("people", "Would be treated", is_number=True),
    ]
    if known:
        good, bad = known.prevented[0], known.caused[0]
        columns += [
            Column("prevented", f"{_title(good.event)} prevented ({_how(good.kind, good.horizon)})", is_number=True),
            Column("caused", f"{_title(bad.event)} caused ({_how(bad.kind, bad.horizon)})", is_number=True),
        ]
        if known.net:
            columns.append(Column("net", f"Net, {tell_horizon(known.net.horizon)}", is_number=True))
    return Table(tuple(columns), tuple(_row(each, least, len(columns)) for each in prizes))


def _prize(sight: Sight, card: MeasureCard, section: ImpactSection) -> Callable[[Cell], Prize]:
    least, step = (int(sight.manifest.disclosure[name]) for name in ("suppress_below", "round_to"))
    return lambda cell: get_prize(cell, card, section, least, step)


def _row(prize: Prize, least: int, width: int) -> Row:
    cell = prize.cell
    title = cell.area_name if cell.split == "all" else cell.group_title
    entries: list[Entry] = [
        words_entry(title),
        number_entry(count_words(prize.untreated), prize.untreated, state_words(cell.state), cell.address),
    ]
    if prize.impact is None:
        entries.append(number_entry("", None, _why_nobody(prize, least)))
        entries += [number_entry("", None) for _ in range(width - len(entries))]
        return Row(title, tuple(entries))
    impact = prize.impact
    entries.append(number_entry(count_words(impact.people), impact.people))
    entries += [number_entry(tell_count(each), each) for each in (impact.prevented[0].number, impact.caused[0].number)]
    if impact.net:
        entries.append(Entry(tell_range(impact.net), tell_range(impact.net), impact.net.low))
    return Row(title, tuple(entries))


def _why_nobody(prize: Prize, least: int) -> str:
    """Why it is not told who would be treated."""
    if prize.gain is None:
        return state_words(prize.cell.state) or NOBODY
    return REACHED if prize.gain.is_reached else f"fewer than {least}"


def _title(event: str) -> str:
    return f"{event[:1].upper()}{event[1:]}"


def _how(kind: str, horizon: str) -> str:
    return f"{KIND_WORDS[kind]}, {tell_horizon(horizon)}"
