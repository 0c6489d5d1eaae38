"""Which measures are asked together of whom a layer of changes tells something: those of which it tells much the same
people something, so that few people are asked what they are told nothing of.

To ask a measure costs with the people, and to ask some together costs something whoever they are. What is answered is
the same however they are put together.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]

_LOOKED_AT = 600
"""People by whom it is decided: more tell no more."""
_AT_ONCE = 200_000
"""So many people asked one measure cost about what it costs to ask some measures by themselves."""


def find_together(of_measure: Mapping[str, Flags]) -> list[list[str]]:
    """The measures, those of a list to be asked of all who are told something of any of them.

    of_measure: whom of the same people it is told of each. Two of all lists are joined, whichever two save most by it,
    until none do.
    """
    together = [[measure] for measure, those in of_measure.items() if those.any()]
    if not together:
        return []
    step = max(1, len(of_measure[together[0][0]]) // _LOOKED_AT)
    told = np.array([of_measure[measure][::step] for (measure,) in together])
    of_either = np.array([(told | those).sum(axis=1) for those in told])
    while len(together) > 1:
        measures = np.array([len(each) for each in together])
        apart = measures * np.diagonal(of_either)
        saved = apart[:, None] + apart + _AT_ONCE / step - (measures[:, None] + measures) * of_either
        np.fill_diagonal(saved, 0)
        one, other = sorted(np.unravel_index(np.argmax(saved), saved.shape))
        if saved[one, other] <= 0:
            break
        together[one] += together.pop(other)
        told[one] |= told[other]
        told = np.delete(told, other, axis=0)
        of_either = np.delete(np.delete(of_either, other, axis=0), other, axis=1)
        of_either[one] = of_either[:, one] = (told | told[one]).sum(axis=1)
    return together
