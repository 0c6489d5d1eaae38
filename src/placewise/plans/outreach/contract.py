"""What outreach hands on: the sites chosen, and what they bring to each group, beside the simplest choice."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """People by small area and group, [areas, groups]: all who are asked, and those reached already."""

    areas: tuple[str, ...]
    groups: tuple[str, ...]
    people: Floats
    reached: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """reach: float64[sites, areas], the share of an area's people not yet reached who would come, 0 to 1. capacity:
    people that a team can see at a site. Whoever comes is seen, whatever their group: where more come than can be seen,
    all areas get the same share."""

    sites: tuple[str, ...]
    titles: tuple[str, ...]
    capacity: Floats
    reach: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """sites: in alphabetical order; newly: float64[groups], people reached for the first time; uptake: float64[groups],
    0 to 1, with them."""

    sites: tuple[str, ...]
    newly: Floats
    uptake: Floats

    @property
    def lowest(self) -> float:
        return float(self.uptake.min())

    @property
    def total(self) -> float:
        return float(self.newly.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachPlan:
    """fairest: the sites that raise the lowest group most, and of these the ones that reach most people; simplest: the
    sites that reach most people, one after the other. bound: no choice brings the lowest group above this uptake;
    is_proved: whether the fairest is known to reach it. before: float64[groups], the uptake without outreach."""

    need: Need
    teams: int
    before: Floats
    fairest: Choice
    simplest: Choice
    bound: float
    is_proved: bool

    @property
    def lowest_group(self) -> str:
        return self.need.groups[int(self.before.argmin())]
