"""A small invented system whose records arrive late: exact counts of past months change from release to release.

Some thousand people in 12 practices of 4 networks and 2 places. A condition is found, and its care recorded, in some
month, and known to the system so many months later: half at once, most of the others within a year, some after it. The
counts of a month, as they are known in a later one, hold what had arrived by then. If asked for, people live in small
areas too, four to a middle one, each in one fifth of deprivation.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from builders.release_texts import build_card
from placewise.floor.language.describe import describe
from placewise.floor.language.nodes import Registered
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import Hierarchy, Organisation
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE, Counts, Cube, SplitCounts, open_cube, write_cube
from placewise.population.areas import AREAS, Areas
from placewise.publishing.build import build_release
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.release import Release, open_for_audit

PLACES, NETWORKS, PRACTICES = 2, 4, 12
FIRST = np.datetime64("2024-01", "M")
MONTHS = 12
"""Of each release's window, unless told otherwise."""
EACH_MIDDLE = 4
EDITIONS = {"deprivation": "Invented index", "geography": "Invented areas"}
GROUPS = {
    "sex": (("female", "male"), (0.51, 0.49)),
    "age_band": (("0-17", "18-39", "40-64", "65-74", "75-84", "85+"), (0.2, 0.3, 0.3, 0.11, 0.07, 0.02)),
    "ethnicity": (("asian", "black", "mixed", "white", "not_recorded"), (0.12, 0.03, 0.015, 0.78, 0.055)),
    "deprivation_fifth": (("1", "2", "3", "4", "5"), (0.3, 0.22, 0.2, 0.16, 0.12)),
}
REGISTER = "people with the condition"
CARDS = (
    build_card("known", "People known to have the condition", "care", better="neither", register="condition",
               denominator_means=describe(Registered()), numerator_means=REGISTER),
    build_card("treated", "Treated", "care", denominator_means=REGISTER),
    build_card("reviewed", "Reviewed", "care", denominator_means=REGISTER, sensitive=True),
)  # fmt: skip

SHARES = {"registered": 1.0, "condition": 0.12, "treated": 0.7, "reviewed": 0.5}
"""Of everybody it holds some day, most of them before the first month; of the last two where there is the condition."""
NEVER = 10_000

Flags = npt.NDArray[np.bool_]


class LateSystem:
    """People and when their records come in, drawn from a seed; whatever is asked of it is always the same."""

    def __init__(self, people: int, seed: int = 1, *, months: int = MONTHS, small_areas: int = 0) -> None:
        chance = np.random.default_rng(seed)
        self.months = months
        self.small_areas = tuple(f"S{place:02}" for place in range(small_areas))
        size = chance.dirichlet(np.full(PRACTICES, 6.0))
        self.practice = chance.choice(PRACTICES, people, p=size)
        self.group = {split: chance.choice(len(groups), people, p=shares) for split, (groups, shares) in GROUPS.items()}
        begins = chance.integers(-300, 30, (len(SHARES), people))
        begins[0] = np.where(chance.random(people) < 0.95, -300, begins[0])
        has = chance.random((len(SHARES), people)) < np.array(list(SHARES.values()))[:, None]
        late = chance.random((len(SHARES), people)) < 0.5
        self.begins = np.where(has, begins, NEVER)
        self.known = self.begins + np.where(late, chance.geometric(0.12, (len(SHARES), people)), 0)
        if small_areas:
            self.home = chance.choice(small_areas, people)
            self.fifth = np.arange(small_areas) % len(GROUPS["deprivation_fifth"][0])

    def _holds(self, month: int, at: int) -> Flags:
        """Of whom each of SHARES holds in a month, as known in another, both from the first: bool[shares, people]."""
        return (self.begins <= month) & (self.known <= at)

    def tell_areas(self, moved: Mapping[str, str] | None = None) -> Areas:
        """The small areas, each in the middle area and fifth it lies in. moved: small -> another middle area."""
        middle = [f"M{place // EACH_MIDDLE}" for place in range(len(self.small_areas))]
        middle = [(moved or {}).get(code, home) for code, home in zip(self.small_areas, middle, strict=True)]
        rows = {
            "small_area": self.small_areas,
            "name": self.small_areas,
            "middle_area": middle,
            "middle_name": middle,
            "deprivation_decile": pa.array(2 * (self.fifth + 1), pa.int8()),
        }
        return Areas(pa.table(rows, AREAS))

    def build_cube(self, folder: Path, release: int, editions: Mapping[str, str] = EDITIONS) -> Cube:
        """What is known as the window ends that ends so many months after the first release's."""
        window = Window(*_year_and_month(FIRST + release), self.months)
        at = release + self.months - 1
        holds = np.stack([self._holds(release + month, at) for month in range(self.months)], axis=1)
        registered, condition, treated, reviewed = holds
        condition &= registered
        asked = {
            PEOPLE: (registered, registered),
            "known": (registered, condition),
            "treated": (condition, condition & treated),
            "reviewed": (condition, condition & reviewed),
        }
        counts = {"practice": {name: self._count(*flags, condition) for name, flags in asked.items()}}
        for measure in ("known", "treated", "reviewed"):
            del counts["practice"][measure]["condition"]
        units = {"practice": _PRACTICES}
        if self.small_areas:
            units["small_area"] = self.small_areas
            counts["small_area"] = {name: self._count_homes(*flags) for name, flags in asked.items()}
        folder.mkdir(parents=True)
        return write_cube(
            folder, window=window, units=units, counts=counts, hierarchy=build_hierarchy(), editions=editions
        )

    def _count(self, of: Flags, counted: Flags, condition: Flags) -> Counts:
        """of, counted, condition: bool[months, people]."""
        groups = {ALL: (ALL,), **{split: words for split, (words, _) in GROUPS.items()}, "condition": ("yes", "no")}
        belongs = {ALL: np.zeros(len(self.practice), np.int64), **self.group, "condition": np.where(condition, 0, 1)}
        if self.small_areas:
            belongs["deprivation_fifth"] = self.fifth[self.home]
        reported = np.ones((PRACTICES, self.months), bool)
        splits: Counts = {}
        for split, words in groups.items():
            shape = self.months, PRACTICES, len(words)
            place = (np.arange(self.months)[:, None] * PRACTICES + self.practice) * len(words) + belongs[split]
            sums = [np.bincount(place[flags], minlength=np.prod(shape)).reshape(shape) for flags in (of, counted)]
            splits[split] = SplitCounts(words, *(each.transpose(1, 2, 0) for each in sums), reported)
        return splits

    def _count_homes(self, of: Flags, counted: Flags) -> Counts:
        """By small area, everybody alone."""
        shape = self.months, len(self.small_areas), 1
        place = np.arange(self.months)[:, None] * len(self.small_areas) + self.home
        sums = (np.bincount(place[flags], minlength=np.prod(shape)).reshape(shape) for flags in (of, counted))
        reported = np.ones((len(self.small_areas), self.months), bool)
        return {ALL: SplitCounts((ALL,), *(each.transpose(1, 2, 0) for each in sums), reported)}

    def day_of(self, release: int) -> datetime:
        """When a release is made: in the month after its last."""
        return datetime(*_year_and_month(FIRST + release + self.months), 20, 6, 30, tzinfo=UTC)

    def release(self, store: Path, release: int, **changed: Any) -> Release:
        """Made from what is known so many months after the first release, and put in force."""
        folder = store / "builds" / f"b-{release}" / "cube"
        cube = open_cube(folder) if folder.is_dir() else self.build_cube(folder, release)
        told: dict[str, Any] = {
            "deployment": "late",
            "mode": "synthetic",
            "build": f"b-{release}",
            "made_at": self.day_of(release),
            "hierarchy": build_hierarchy(),
            "rule": DisclosureRule(),
            "cube": cube,
            "cards": CARDS,
            "titles": {"condition": "On the register"},
            "lived_in": self.tell_areas() if self.small_areas else None,
        }
        return open_for_audit(build_release(store, **(told | changed)))


_PRACTICES = tuple(f"P{place:02}" for place in range(PRACTICES))


def build_hierarchy() -> Hierarchy:
    """Three practices to a network, two networks to a place."""
    rows = [("ALL", "system", "")]
    rows += [(f"L{place}", "place", "ALL") for place in range(PLACES)]
    rows += [(f"N{place}", "network", f"L{place * PLACES // NETWORKS}") for place in range(NETWORKS)]
    rows += [(code, "practice", f"N{place * NETWORKS // PRACTICES}") for place, code in enumerate(_PRACTICES)]
    return Hierarchy(
        ("system", "place", "network", "practice"),
        {
            code: Organisation(
                code=code, name=code, kind=level, level=level, parent=parent,
                open_from=None, open_to=None, synthetic=True, source="invented",
            )
            for code, level, parent in rows
        },
    )  # fmt: skip


def _year_and_month(month: np.datetime64) -> tuple[int, int]:
    year, of_year = divmod(int(month.astype(np.int64)), 12)
    return 1970 + year, of_year + 1
