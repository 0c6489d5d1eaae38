"""The figures of the population page: people by area, by group, and on each register."""

from dataclasses import replace

from placewise_site.evidence.cells import PeopleCell
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Area, Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.people import people
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, month_words, state_words
from placewise_site.web.levels import levels_shown
from placewise_site.web.population.expected import PREFIX, expected_figure, expected_keys

REGISTERS = "registers"
YES_OR_NO = {"yes", "no"}


def figure_keys(sight: Sight, area: Area) -> list[str]:
    """By each level below, by each split the release holds, the registers, and the expected beside the known."""
    held = [split for split in _splits(sight, area) if not _is_register(sight, split)]
    registers = [REGISTERS] if _registers(sight, area) else []
    return [*levels_shown(sight, area), *held, *registers, *expected_keys(sight, area)]


def population_figure(sight: Sight, area: Area, key: str) -> Figure:
    """Raises NotReleased where the release has no such figure."""
    whole = sight.people(area.code)[0]
    as_of = month_words(sight.last_month)
    if key.startswith(PREFIX):
        return expected_figure(sight, area, key)
    if key == REGISTERS:
        figure = people(key, "Register", _registers(sight, area), whole, as_of)
        sentence = f"People known to their practice, {as_of}. One person may be on several registers."
        return replace(figure, title="On a register", sentence=sentence)
    if key in sight.manifest.splits:
        return people(key, _title(sight, key), sight.people(area.code, key), whole, as_of)
    cells = sight.people_at_level(area.code, key)
    if not cells:
        raise NotReleased(f"there is nothing at the level {key} within {area.name}")
    return people(key, sight.level_title(key), cells, whole, as_of)


def register_table(sight: Sight, area: Area) -> Table | None:
    """People on each register by the first level below the area; None where there is no level or no register."""
    below, registers = sight.levels_below(area), _registers(sight, area)
    if not below or not registers:
        return None
    columns = tuple(Column(cell.split, cell.group_title, is_number=True) for cell in registers)
    rows = []
    for part in sight.below(area, below[0]):
        held = {cell.split: cell for cell in _registers(sight, part)}
        numbers = [
            number_entry(count_words(cell.people), cell.people, state_words(cell.state), cell.address)
            for column in columns
            for cell in [held[column.key]]
        ]
        rows.append(Row(part.name, (words_entry(part.name), *numbers)))
    return Table((Column("name", sight.level_title(below[0])), *columns), tuple(rows))


def _title(sight: Sight, split: str) -> str:
    """The split's title; deprivation names its edition, since two editions give two numbers."""
    title, edition = sight.split_title(split), sight.manifest.deprivation_edition
    return f"{title}, {edition}" if edition and split.startswith("deprivation") else title


def _splits(sight: Sight, area: Area) -> list[str]:
    return [split for split in sight.people_splits(area.code) if split != "all"]


def _is_register(sight: Sight, split: str) -> bool:
    """Whether a split asks if people are on a register, rather than which group they belong to."""
    return {each["group"] for each in sight.manifest.splits[split]["groups"]} == YES_OR_NO


def _registers(sight: Sight, area: Area) -> list[PeopleCell]:
    """The people on each register, each cell named by its register."""
    return [
        replace(cell, group_title=sight.split_title(split))
        for split in _splits(sight, area)
        if _is_register(sight, split)
        for cell in sight.people(area.code, split)
        if cell.group == "yes"
    ]
