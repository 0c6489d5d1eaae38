"""Who has which condition at the last month, so that each register has the prevalence its margin gives."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.synthetic.chance import DAYS_A_YEAR, Days, pick_evenly
from placewise.synthetic.margins import Register
from placewise.synthetic.people import People

_AGES = 110
_DECILES = 10
_LARGEST_CHANCE = 0.95

Flags = dict[str, npt.NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class OnRegister:
    """By code list: who is on the register at their last day, and who was on it once and has been resolved since."""

    now: Flags
    resolved: Flags

    def take(self, rows: slice) -> "OnRegister":
        return OnRegister(
            {name: values[rows] for name, values in self.now.items()},
            {name: values[rows] for name, values in self.resolved.items()},
        )


def pick_registers(
    registers: Sequence[Register], people: People, decile: npt.NDArray[np.int8], rng: np.random.Generator
) -> OnRegister:
    """The margins hold for the people still registered; those who went have the same chance at the age they went."""
    here = people.still_here
    age = people.age
    cell = (people.sex.astype(np.int64) * _AGES + age) * _DECILES + decile - 1
    in_cell = np.bincount(cell[here], minlength=2 * _AGES * _DECILES)
    now, resolved = {}, {}
    for register in registers:
        chance = find_chances(register, in_cell.reshape(2, _AGES, _DECILES)).ravel()[cell]
        has = _pick(chance, here, rng)
        now[register.code_list] = has
        if register.resolved_by:
            # Nobody on the register has a chance, else even steps would pick many of the same people twice.
            once = np.where(has, 0.0, chance * register.resolved_share)
            resolved[register.code_list] = _pick(once, here, rng)
    return OnRegister(now, resolved)


def find_chances(register: Register, people: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The chance of being on a register by sex (female, male), age and decile, given the people in each such cell.

    The shape is the register's; one factor, found by bisection, makes the expected number its prevalence.
    """
    age = np.arange(_AGES)[None, :, None]
    shape = 1 / (1 + np.exp((register.half_age - age) / register.spread))
    shape = shape * np.array([1.0, register.men_to_women])[:, None, None]
    shape = shape * register.most_to_least_deprived ** np.linspace(1, 0, _DECILES)[None, None, :]
    shape = np.where(age >= register.from_age, shape, 0.0)
    wanted = register.prevalence * people[:, register.of_age :, :].sum()
    low, high = 0.0, 1.0
    while high < 1e9 and (np.minimum(shape * high, _LARGEST_CHANCE) * people).sum() < wanted:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        if (np.minimum(shape * middle, _LARGEST_CHANCE) * people).sum() < wanted:
            low = middle
        else:
            high = middle
    return np.minimum(shape * high, _LARGEST_CHANCE)


def _pick(
    chance: npt.NDArray[np.float64], here: npt.NDArray[np.bool_], rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """Evenly among the people still here, so that the prevalence comes out whole; by chance among the others."""
    picked = rng.random(len(chance)) < chance
    picked[here] = pick_evenly(chance[here], rng)
    return picked


def draw_onset(register: Register, people: People, rng: np.random.Generator) -> Days:
    """The day the code was entered, for people on a register: some years ago, not before the age it begins at."""
    ago = 1 + rng.exponential(register.mean_years * DAYS_A_YEAR, len(people))
    earliest = people.birth + 1 + int(np.ceil(register.from_age * DAYS_A_YEAR))
    return np.minimum(np.maximum(people.last - ago, earliest), people.last).astype(np.int32)
