"""Which practices a smaller synthetic system has, so that their lists stay as long as real ones."""

from collections import defaultdict

import numpy as np

from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy

MEAN_LIST = 8_600
"""People on a practice's list: 2.4 million over 279 practices."""

FEWEST_IN_AREA = 2


def practices_for(hierarchy: Hierarchy, people: int) -> list[str]:
    """Codes, sorted, of about people / MEAN_LIST practices: every area has its share and at least two, or all it has.

    Areas are those just under the system. Within an area the practices fill as many groups (networks, say) as can have
    at least two, so that a group is not just one practice under another name. The same answer each time.
    """
    by_area: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    area_level = hierarchy.levels[1] if hierarchy.levels[1] != PRACTICE else hierarchy.levels[0]
    for practice, chain in sorted(hierarchy.chains.items()):
        by_area[chain[area_level]][hierarchy.organisations[practice].parent].append(practice)
    areas = sorted(by_area)
    size = np.array([sum(map(len, by_area[area].values())) for area in areas])
    wanted = min(int(size.sum()), round(people / MEAN_LIST))
    fewest = np.minimum(size, FEWEST_IN_AREA)
    shares = np.minimum(np.maximum(share_out(wanted, size), fewest), size)
    return sorted(code for area, share in zip(areas, shares, strict=True) for code in _first(by_area[area], int(share)))


def share_out(whole: int, weights: np.ndarray) -> np.ndarray:
    """Split a whole number in proportion to the weights, by largest remainder: the parts add up to the whole."""
    exact = whole * weights / weights.sum()
    parts = np.floor(exact).astype(int)
    parts[np.argsort(parts - exact, kind="stable")[: whole - parts.sum()]] += 1
    return parts


def _first(groups: dict[str, list[str]], share: int) -> list[str]:
    """Practices taken from the first groups in turn, one each round."""
    used = [groups[group] for group in sorted(groups)[: max(1, share // 2)]]
    rounds = max(map(len, used))
    in_turn = [group[turn] for turn in range(rounds) for group in used if turn < len(group)]
    if len(in_turn) < share:  # the first groups are small: go on with the rest
        in_turn += [code for group in sorted(groups) for code in groups[group] if code not in set(in_turn)]
    return in_turn[:share]
