"""Registers beside the people expected on them, by place: as the deployment states it, with who said so."""

from typing import Any

from placewise_site.evidence.sight import Area, Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.known import Expected, known_and_expected

PREFIX = "expected-"
ROUNDED_TO = 10
"""An estimate is not given to the person."""


def expected_keys(sight: Sight, area: Area) -> list[str]:
    """The figures of expected and known people that the release can show for an area with others within it."""
    held = set(sight.people_splits(area.code)) if sight.levels_below(area) else set()
    return [f"{PREFIX}{each['register']}" for each in sight.manifest.expected if each["register"] in held]


def expected_figure(sight: Sight, area: Area, key: str) -> Figure:
    """Raises StopIteration for a key that expected_keys does not give."""
    said = next(each for each in sight.manifest.expected if f"{PREFIX}{each['register']}" == key)
    level = sight.levels_below(area)[0]
    areas = [_expected(sight, each, said) for each in sight.below(area, level)]
    title = sight.split_title(said["register"])
    return known_and_expected(
        key, title, level.replace("_", " ").capitalize(), areas, _expected(sight, area, said), _source(said)
    )


def _expected(sight: Sight, area: Area, said: dict[str, Any]) -> Expected:
    """The stated share of everyone registered in the area."""
    people = sight.people(area.code)[0].people
    known = next(cell for cell in sight.people(area.code, said["register"]) if cell.group == "yes")
    expected = None if people is None else round(people * said["people"] / said["of"] / ROUNDED_TO) * ROUNDED_TO
    return Expected(known, expected)


def _source(said: dict[str, Any]) -> str:
    share = f"{said['people']:,} of {said['of']:,} people"
    return f"Expected from {share}, said by {said['said_by']} ({said['where']}). {said['note'].strip()}"
