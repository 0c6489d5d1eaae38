"""Where the planted truths stand, what was counted while they were planted, and what a correct analysis must find."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.synthetic.contract import PlantedTruth
from placewise.synthetic.margins import Planted

GAP, OUTLIER, FALLING, IMPROVEMENT, NOTHING, TWICE, DRIVE = (
    "treatment_gap", "outlying_practice", "falling_measurement", "true_improvement", "none", "found_twice",
    "coding_drive",
)  # fmt: skip

_SLACK = 0.015
"""Allowed at a share of one half, and less towards 0 and 1, besides one standard error: the people who opt out are not
counted, and definitions differ by days."""

NO_PRACTICE = -1
_DRIVE_MONTHS_AGO = 6


@dataclass(frozen=True, slots=True)
class Planting:
    """Which practices differ: indices into `practices`, NO_PRACTICE or none where that truth is not planted.

    Sizes are those of planted.csv, 0 where a truth is not planted.
    """

    practices: tuple[str, ...]
    planted: Mapping[str, Planted]
    outlier: int
    falling: int
    driving: int
    improving: npt.NDArray[np.bool_]
    improving_level: str
    improving_code: str

    def size(self, kind: str) -> float:
        return self.planted[kind].size if kind in self.planted else 0.0


@dataclass(slots=True)
class Tally:
    """Counts of who met something, by name: [met, of] for each group."""

    counts: dict[str, npt.NDArray[np.int64]] = field(default_factory=dict)

    def add(
        self, name: str, met: npt.NDArray[np.bool_], group: npt.NDArray[np.integer] | None = None, groups: int = 1
    ) -> None:
        group = np.zeros(len(met), np.int64) if group is None else group
        seen = np.stack([np.bincount(group[met], minlength=groups), np.bincount(group, minlength=groups)])
        self.counts[name] = self.counts.get(name, 0) + seen

    def range(self, name: str, groups: npt.NDArray[np.bool_] | int = 0) -> tuple[float, float]:
        """The share counted over some groups, as [low, high] with its tolerance."""
        share, slack = self._share(name, groups)
        return (round(max(share - slack, 0.0), 4), round(min(share + slack, 1.0), 4))

    def difference(self, name: str, above: npt.NDArray[np.bool_], below: npt.NDArray[np.bool_]) -> tuple[float, float]:
        """The share in one set of groups less the share in another, as [low, high]."""
        (share_above, slack_above), (share_below, slack_below) = self._share(name, above), self._share(name, below)
        slack = math.hypot(slack_above, slack_below)
        return (round(share_above - share_below - slack, 4), round(share_above - share_below + slack, 4))

    def _share(self, name: str, groups: npt.NDArray[np.bool_] | int) -> tuple[float, float]:
        """A share and its tolerance either way."""
        met, of = (int(count) for count in self.counts[name][:, groups].reshape(2, -1).sum(axis=1))
        share = met / max(of, 1)
        variance = share * (1 - share)
        return share, 4 * _SLACK * variance + math.sqrt(variance / max(of, 1))


def choose_where(
    hierarchy: Hierarchy, practices: tuple[str, ...], people: npt.NDArray[np.int64], planted: Mapping[str, Planted]
) -> Planting:
    """The three practices with the middle list sizes differ, one each; the group just above practices that has the most
    people and is not the whole system improves. people: on each practice's list."""
    middle = np.argsort(people, kind="stable")[len(practices) // 2 :]
    level = hierarchy.levels[-2]
    parents = np.array([hierarchy.chains[practice][level] for practice in practices])
    names, group = np.unique(parents, return_inverse=True)
    largest = int(np.argmax(np.bincount(group, weights=people))) if len(names) > 1 else NO_PRACTICE
    improves = IMPROVEMENT in planted and largest != NO_PRACTICE
    return Planting(
        practices=practices,
        planted=planted,
        outlier=int(middle[0]) if OUTLIER in planted else NO_PRACTICE,
        falling=int(middle[1]) if FALLING in planted and len(middle) > 1 else NO_PRACTICE,
        driving=int(middle[2]) if DRIVE in planted and len(middle) > 2 else NO_PRACTICE,
        improving=(group == largest) & improves,
        improving_level=level,
        improving_code=str(names[largest]) if improves else "",
    )


def find_drive_month(last: date) -> np.datetime64:
    """The month of the planted coding drive: half a year before that of the last day."""
    return np.datetime64(last, "M") - np.timedelta64(_DRIVE_MONTHS_AGO, "M")


def tell_truths(planting: Planting, tally: Tally, window: Window) -> tuple[PlantedTruth, ...]:
    """What was planted and counted, as the manifest tells it."""
    ends = window.month_ends
    month, year_before = (f"{end:%Y-%m}" for end in (ends[-1], ends[max(len(ends) - 13, 0)]))
    months = {"month": month, "year_before": year_before}
    practice = np.arange(len(planting.practices))
    decile = np.arange(11)
    poorest, richest = (decile == 1) | (decile == 2), decile >= 9
    told: dict[str, tuple[dict, dict]] = {
        GAP: (
            {"split": "deprivation_decile", "low": [1, 2], "high": [9, 10], "month": month},
            {
                "low": tally.range("treated", poorest),
                "high": tally.range("treated", richest),
                "difference": tally.difference("treated", richest, poorest),
            },
        ),
        NOTHING: (
            {"split": "sex", "month": month},
            {
                "female": tally.range("scored", np.array([True, False])),
                "male": tally.range("scored", np.array([False, True])),
                "difference": tally.difference("scored", np.array([True, False]), np.array([False, True])),
            },
        ),
        TWICE: (
            {"month": month},
            {"share_found_twice": tally.range("found_twice"), "share_of_people": tally.range("carers_of_everybody")},
        ),
    }
    if planting.outlier != NO_PRACTICE:
        out = practice == planting.outlier
        others = ~out & (practice != planting.falling)
        told[OUTLIER] = (
            {"practice": planting.practices[planting.outlier], "month": month},
            {
                "practice": tally.range("controlled", out),
                "others": tally.range("controlled", others),
                "difference": tally.difference("controlled", out, others),
            },
        )
    if planting.falling != NO_PRACTICE:
        fall = practice == planting.falling
        told[FALLING] = (
            {"practice": planting.practices[planting.falling], **months},
            {
                "recorded": tally.range("recorded", fall),
                "recorded_year_before": tally.range("recorded_year_before", fall),
                "controlled": tally.range("controlled", fall),
                "controlled_year_before": tally.range("controlled_year_before", fall),
                "controlled_of_recorded": tally.range("controlled_of_recorded", fall),
                "controlled_of_recorded_year_before": tally.range("controlled_of_recorded_year_before", fall),
            },
        )
    if planting.driving != NO_PRACTICE:
        told[DRIVE] = (
            {"practice": planting.practices[planting.driving], "month": str(find_drive_month(ends[-1]))},
            {"added_in_drive": tally.range("added_in_drive", practice == planting.driving)},
        )
    if planting.improving_code and "checked_before" in tally.counts:
        better = planting.improving
        told[IMPROVEMENT] = (
            {planting.improving_level: planting.improving_code, "month": month},
            {
                "group": tally.range("checked", better),
                "group_before": tally.range("checked_before", better),
                "others": tally.range("checked", ~better),
                "others_before": tally.range("checked_before", ~better),
            },
        )
    return tuple(
        PlantedTruth(kind=kind, measure=planted.measure, where=told[kind][0], expected=told[kind][1], told=planted.told)
        for kind, planted in planting.planted.items()
        if kind in told
    )
