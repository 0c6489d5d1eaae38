"""The quantile of the normal distribution that a confidence stands for."""

from statistics import NormalDist


def get_z(confidence: float) -> float:
    """The exact quantile (1 + confidence) / 2, so 1.959964 for 0.95 and not 1.96.

    confidence: 0 to 1, both excluded, else ValueError: 95 is not meant as 0.95.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence of {confidence} is not between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)
