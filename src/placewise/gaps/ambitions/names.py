"""What ambitions.yaml names and nothing defines."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from placewise.floor.yaml_file import Keys
from placewise.gaps.ambitions.definition import (
    AmbitionsFile,
    ExpectedRule,
    LifeExpectancyRule,
    RareEventsRule,
    Target,
)


class Unknown(NamedTuple):
    """Where it stands in the file, what is wrong, the name, and the names there are."""

    keys: Keys
    fault: str
    name: str
    known: Collection[str]


def find_unknown_owners(file: AmbitionsFile, bodies: Collection[str]) -> Iterator[Unknown]:
    for slug, ambition in file.ambitions.items():
        if ambition.owner and ambition.owner not in bodies:
            told = f"the owner {ambition.owner} is not in bodies.yaml"
            yield Unknown(("ambitions", slug, "owner"), told, ambition.owner, bodies)


def find_unknown_measures(
    file: AmbitionsFile, measures: Collection[str], series: Collection[str], programmes: Collection[str]
) -> Iterator[Unknown]:
    """measures: of this system's programmes; series: of its published files, the invented ones among them."""
    told = "no programme of this system has the measure {0}, and no published file of it the series"
    known = {*measures, *series}
    for slug, ambition in file.ambitions.items():
        for index, target in enumerate(ambition.targets):
            for key, name in _get_named(target):
                if name not in known:
                    yield Unknown(("ambitions", slug, "targets", index, *key), told.format(name), name, known)
    for slug, statement in file.vision.items():
        for section, names, among, what in (
            ("measures", statement.measures, known, told),
            ("programmes", statement.programmes, programmes, "there is no programme {0} of this system"),
            ("ambitions", statement.ambitions, file.ambitions, "there is no ambition {0}"),
        ):
            for place, name in enumerate(names):
                if name not in among:
                    yield Unknown(("vision", slug, section, place), what.format(name), name, among)


def _get_named(target: Target) -> Iterator[tuple[Keys, str]]:
    """Every measure or series that a target reads."""
    if target.measure:
        yield ("measure",), target.measure
    match target.verdict:
        case LifeExpectancyRule(healthy=str(name)):
            yield ("verdict", "healthy"), name
        case ExpectedRule(cases=name):
            yield ("verdict", "cases"), name
        case RareEventsRule(between=str(name)):
            yield ("verdict", "between"), name
