"""Which version of an agreement applied between whom on a day: one answer, or a sentence that says why not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an instrument. parties: codes of organisations; in force from and to, both days included."""

    instrument: str
    slug: str
    name: str
    parties: frozenset[str]
    in_force_from: date
    in_force_to: date | None = None


class NoOneAnswer(ValueError):
    """No version applied, or more than one did: these claim the day."""

    def __init__(self, told: str, claiming: Iterable[Version] = ()) -> None:
        super().__init__(told)
        self.claiming = tuple(claiming)


def find_versions(versions: Iterable[Version], instrument: str, parties: Collection[str], on: date) -> list[Version]:
    """Those in force on the day that bind all of these parties; nobody named: whoever the parties are."""
    return [
        each
        for each in versions
        if each.instrument == instrument
        and each.parties.issuperset(parties)
        and each.in_force_from <= on
        and (each.in_force_to is None or on <= each.in_force_to)
    ]


def get_version(versions: Iterable[Version], instrument: str, parties: Collection[str], on: date) -> Version:
    """Raises NoOneAnswer, naming each version that claims the day."""
    found = find_versions(versions, instrument, parties, on)
    if len(found) == 1:
        return found[0]
    between = f" between {', '.join(sorted(parties))}" if parties else ""
    if not found:
        raise NoOneAnswer(f"no version of {instrument} was in force on {on}{between}")
    named = " and ".join(sorted(each.slug for each in found))
    raise NoOneAnswer(
        f"{named} were both in force on {on}{between}; "
        "end the one the day before the other begins, or part their parties",
        found,
    )


def find_doubled(versions: Collection[Version]) -> list[tuple[Version, Version]]:
    """Pairs of versions of one instrument that bind a common party on a common day, each pair once."""
    ordered = sorted(versions, key=lambda each: (each.instrument, each.in_force_from, each.slug))
    return [
        (first, second)
        for index, first in enumerate(ordered)
        for second in ordered[index + 1 :]
        if first.instrument == second.instrument
        and first.parties & second.parties
        and (first.in_force_to is None or second.in_force_from <= first.in_force_to)
    ]
