"""Who decides in a system, by which agreements and with which powers: three files of a deployment, read as one.

bodies.yaml (partnership.py), instruments.yaml (agreements.py), delegation.csv (delegation_file.py); each is optional.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from placewise.floor.faults import Fault, nearest
from placewise.floor.vocabulary.agreements import Function, Instrument, InstrumentsFile
from placewise.floor.vocabulary.delegation_file import Delegation, find_delegations
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.vocabulary.partnership import BodiesFile, Body
from placewise.floor.yaml_file import Keys, Lines, find_faults, read_lines

Names = Iterator[tuple[Keys, str]]
"""Where in the file a name stands, and the name."""


@dataclass(frozen=True, kw_only=True)
class Partnership:
    bodies: Mapping[str, Body] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    delegations: tuple[Delegation, ...] = ()


def find_partnership(folder: Path, hierarchy: Hierarchy | None) -> tuple[Partnership | None, list[Fault]]:
    """The three files and all their mistakes; names of organisations are checked where those could be read."""
    bodies_path, instruments_path = folder / "bodies.yaml", folder / "instruments.yaml"
    bodies, faults = find_faults(bodies_path, BodiesFile) if bodies_path.is_file() else (BodiesFile(), [])
    agreed, more = (
        find_faults(instruments_path, InstrumentsFile) if instruments_path.is_file() else (InstrumentsFile(), [])
    )
    faults += more
    if bodies is None or agreed is None or hierarchy is None:
        return None, faults
    known = {"body": set(bodies.bodies), "organisation": set(hierarchy.organisations)}
    if bodies_path.is_file():
        lines = read_lines(bodies_path)
        faults += _find_unknown(lines, "organisation", _organisations_of(bodies), known)
        faults += _find_unknown(lines, "body", _bodies_of(bodies), known)
    if instruments_path.is_file():
        lines = read_lines(instruments_path)
        faults += _find_unknown(lines, "organisation", _parties_of(agreed), known)
        faults += _find_unknown(lines, "body", _quorums_of(agreed), known)
        faults += _find_repeated(lines, agreed)
        faults += _find_doubled(lines, agreed)
    delegations: tuple[Delegation, ...] = ()
    if (path := folder / "delegation.csv").is_file():
        delegations, more = find_delegations(path, hierarchy, agreed.functions, bodies.bodies)
        faults += more
    if faults:
        return None, faults
    return Partnership(
        bodies=bodies.bodies, functions=agreed.functions, instruments=agreed.instruments, delegations=delegations
    ), []


def _find_unknown(lines: Lines, kind: str, names: Names, known: Mapping[str, set[str]]) -> Iterator[Fault]:
    for keys, name in names:
        if name in known[kind]:
            continue
        if kind == "organisation":
            yield lines.fault(keys, f"{name} is not in organisations.csv", "add it there or correct the code")
        else:
            yield lines.fault(keys, f"there is no body {name}", nearest(name, known[kind]))


def _organisations_of(file: BodiesFile) -> Names:
    for slug, body in file.bodies.items():
        for key, codes in (("covers", body.covers), ("members", body.members)):
            yield from ((("bodies", slug, key, index), code) for index, code in enumerate(codes))
        for seat_slug, seat in (body.terms.seats if body.terms else {}).items():
            if seat.organisation:
                yield ("bodies", slug, "terms", "seats", seat_slug, "organisation"), seat.organisation


def _bodies_of(file: BodiesFile) -> Names:
    for slug, body in file.bodies.items():
        for key in ("part_of", "escalates_to"):
            if name := getattr(body, key):
                yield ("bodies", slug, key), name
        yield from ((("bodies", slug, "successors", index), name) for index, name in enumerate(body.successors))


def _parties_of(file: InstrumentsFile) -> Names:
    for slug, instrument in file.instruments.items():
        for version_slug, version in instrument.versions.items():
            keys = ("instruments", slug, "versions", version_slug, "parties")
            yield from (((*keys, index), code) for index, code in enumerate(version.parties))


def _quorums_of(file: InstrumentsFile) -> Names:
    for slug, instrument in file.instruments.items():
        for version_slug, version in instrument.versions.items():
            keys = ("instruments", slug, "versions", version_slug, "quorum")
            yield from (((*keys, body), body) for body in version.quorum)


def _find_repeated(lines: Lines, file: InstrumentsFile) -> Iterator[Fault]:
    """A version is cited by its slug alone."""
    first: dict[str, str] = {}
    for slug, instrument in file.instruments.items():
        for version_slug in instrument.versions:
            if version_slug in first:
                keys = ("instruments", slug, "versions", version_slug)
                yield lines.fault(keys, f"{first[version_slug]} has a version {version_slug} too", "rename one")
            first.setdefault(version_slug, slug)


def _find_doubled(lines: Lines, file: InstrumentsFile) -> Iterator[Fault]:
    """On one day a party is bound by one version of an instrument. Told at the one that begins later."""
    for slug, instrument in file.instruments.items():
        by_start = sorted(instrument.versions.items(), key=lambda each: (each[1].in_force_from, each[0]))
        for (first_slug, first), (second_slug, second) in combinations(by_start, 2):
            both = sorted(set(first.parties) & set(second.parties))
            if not both or (first.in_force_to is not None and first.in_force_to < second.in_force_from):
                continue
            yield lines.fault(
                ("instruments", slug, "versions", second_slug),
                f"on {second.in_force_from} {first_slug} still binds {both[0]} as well",
                f"end {first_slug} the day before, or part their parties",
            )
