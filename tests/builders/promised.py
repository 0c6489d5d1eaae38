"""A promise and what is measured of it, small enough to read: series of counts by period, and a target on them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from placewise.gaps.ambitions.build import Readers, judge_target
from placewise.gaps.ambitions.contract import Scale, TargetCard
from placewise.gaps.ambitions.definition import Target
from placewise.gaps.ambitions.reading import Kind, Reading

AFTER = date(2026, 11, 1)
"""A day after every date promised in 2019."""


def reading(
    periods: Sequence[str | int],
    number: npt.ArrayLike,
    of: npt.ArrayLike = np.nan,
    *,
    groups: Sequence[str] = ("all",),
    kind: Kind = "rate",
    better: str = "lower",
    scale: Scale = Scale(per=100_000, unit="per 100,000"),  # noqa: B008, RUF100
    name: str = "it",
) -> Reading:
    """number, of: [groups, periods], or [periods] where there is one group, or one number for all."""
    shape = (len(groups), len(periods))
    counts = np.broadcast_to(np.asarray(number, dtype=np.float64), shape).copy()
    whole = np.broadcast_to(np.asarray(of, dtype=np.float64), shape).copy()
    return Reading(
        name=name, title="What is measured", kind=kind, better=better, scale=scale, groups=tuple(groups),
        periods=tuple(map(str, periods)), number=counts, of=whole, source="invented",
    )  # fmt: skip


def target(**said: Any) -> Target:
    return Target.model_validate({"says": "what was promised", "measure": "it", **said})


def judged(promised: Target, *readings: Reading, as_of: date = AFTER) -> TargetCard:
    """The card of a target that everybody may see all figures of."""
    known: Mapping[str, Reading] = {each.name: each for each in readings}

    def read(name: str, areas: Collection[str] = ()) -> Reading | None:
        found = known.get(name)
        return found.within(areas) if found and areas else found

    return judge_target(promised, Readers(read, read), as_of)
