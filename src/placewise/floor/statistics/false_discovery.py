"""Many tests at once: which of them are findings, so that few findings are false."""

import numpy as np
import numpy.typing as npt


def find_discoveries(p_values: npt.ArrayLike, rate: float) -> npt.NDArray[np.bool_]:
    """Benjamini and Hochberg's step-up: of t tests, the j smallest p-values, j the last with p <= rate x j / t.

    p_values: 0 to 1, of any shape, NaN for a test that could not be made and is not counted; rate: 0 to 1. The answer
    has their shape. Where nothing differs anywhere, the chance of any finding is at most the rate; where something
    does, at most this share of the findings is false on average. So for tests that do not depend on each other, and for
    those that lean the same way.
    Source: Benjamini Y, Hochberg Y, J R Stat Soc B 1995;57:289-300; Benjamini Y, Yekutieli D, Ann Stat 2001;29:1165-88.
    """
    p = np.asarray(p_values, dtype=np.float64)
    inorder = np.sort(p[~np.isnan(p)])
    allowed = np.flatnonzero(inorder <= rate * np.arange(1, len(inorder) + 1) / max(len(inorder), 1))
    return p <= inorder[allowed[-1]] if len(allowed) else np.zeros(p.shape, dtype=np.bool_)
