"""A footprint belongs to a date: the areas of a system change, and a series that crosses a change must say so."""

from datetime import date, timedelta

from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy, Organisation


def get_areas(hierarchy: Hierarchy, on: date) -> list[Organisation]:
    """The areas just under the system on a day, by name: those in the hierarchy now and those that have left it."""
    return [area for area in _areas_ever(hierarchy) if _is_open(area, on)]


def boundary_notes(hierarchy: Hierarchy, first: date, last: date) -> list[str]:
    """One sentence for each change of the footprint after the first day and up to the last, in order of date.

    A chart, table or comparison over first to last must carry them: figures on either side are of different areas.
    """
    changes = set()
    for area in _areas_ever(hierarchy):
        if area.open_from:
            changes.add((area.open_from, "joined", area.name, area.source))
        if area.open_to:
            changes.add((area.open_to + timedelta(days=1), "left", area.name, area.source))
    notes = []
    for day, verb, name, source in sorted(change for change in changes if first < change[0] <= last):
        before, after = len(get_areas(hierarchy, day - timedelta(days=1))), len(get_areas(hierarchy, day))
        notes.append(
            f"The footprint changes within this period: {name} {verb} on {day:%-d %B %Y} ({hierarchy.levels[1]}: "
            f"{before} before, {after} after), so figures on either side are not of the same area. Source: {source}."
        )
    return notes


def _areas_ever(hierarchy: Hierarchy) -> list[Organisation]:
    """An area that left has no level any more; its kind still says what it was."""
    kind = hierarchy.levels[1]
    if kind == PRACTICE:
        return []
    return sorted((each for each in hierarchy.organisations.values() if each.kind == kind), key=lambda area: area.name)


def _is_open(area: Organisation, on: date) -> bool:
    return (area.open_from is None or area.open_from <= on) and (area.open_to is None or on <= area.open_to)
