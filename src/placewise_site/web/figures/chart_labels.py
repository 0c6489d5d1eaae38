"""Words beside the lines of a chart, moved apart where they would lie on each other."""

from collections.abc import Sequence


def apart(places: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Where labels stand that belong at these places: in the same order, `least` from each other, from low to high.

    Each is moved no further than it must be: labels that would touch become a block about their own middle.
    """
    order = sorted(range(len(places)), key=lambda each: places[each])
    blocks: list[tuple[list[int], float]] = []
    for each in order:
        members, middle = [each], places[each]
        while True:
            middle = _within(middle, len(members), least, low, high)
            if not blocks or _bottom(middle, members, least) - _top(blocks[-1], least) >= least - 1e-12:
                break
            earlier = blocks.pop()[0]
            members = earlier + members
            middle = sum(places[one] for one in members) / len(members)
        blocks.append((members, middle))
    stand = [0.0] * len(places)
    for members, middle in blocks:
        for rank, each in enumerate(members):
            stand[each] = _bottom(middle, members, least) + rank * least
    return stand


def _bottom(middle: float, members: Sequence[int], least: float) -> float:
    return middle - (len(members) - 1) * least / 2


def _top(block: tuple[list[int], float], least: float) -> float:
    members, middle = block
    return middle + (len(members) - 1) * least / 2


def _within(middle: float, number: int, least: float, low: float, high: float) -> float:
    half = (number - 1) * least / 2
    return min(max(middle, low + half), max(high - half, low + half))
