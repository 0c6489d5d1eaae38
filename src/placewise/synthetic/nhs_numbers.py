"""NHS numbers that belong to nobody: valid by their check digit, from the range kept for tests."""

import numpy as np
import numpy.typing as npt

TEST_RANGE = 999
"""Numbers that begin with 9 are not issued to anybody, and those with 999 are the usual ones for tests. There are
909,091 of these; should more be needed, those that begin with 998 and down are taken."""

_IN_RANGE = 1_000_000
_WEIGHTS = np.arange(10, 1, -1)


def make_nhs_numbers(people: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """As many different NHS numbers, in random order within each range."""
    numbers: list[npt.NDArray[np.int64]] = []
    leading = TEST_RANGE
    while sum(map(len, numbers)) < people:
        numbers.append(rng.permutation(_numbers_of(leading)))
        leading -= 1
    return np.concatenate(numbers)[:people]


def _numbers_of(leading: int) -> npt.NDArray[np.int64]:
    """The numbers that begin with three digits, by the NHS Data Dictionary's rule: weights 10 to 2, modulus 11."""
    nine_digits = leading * _IN_RANGE + np.arange(_IN_RANGE, dtype=np.int64)
    total = sum(
        (nine_digits // 10**place % 10) * weight for place, weight in zip(range(8, -1, -1), _WEIGHTS, strict=True)
    )
    check = (11 - total % 11) % 11
    return (nine_digits * 10 + check)[check != 10]
