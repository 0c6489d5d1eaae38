"""Which codes, and which whole lists, are suddenly recorded far less: a code that ended, a feed that broke.

A code is named where it is recorded less than half as often as in the same months a year before, and less than half as
often beside the other codes of its list, each beyond chance: a code that falls because its whole list falls is told as
the list's fall, and one that stays while others grow has not fallen. Both exact tests (floor/statistics/fall.py) are of
the hypothesis that at least half remains, so a code must lose much more than chance, or a slow change, can explain.

False alarms: a build in which every code keeps half or more of its volume names any with a chance of 1 in 100 at most,
shared out equally over the codes tested (Bonferroni), and the lists likewise. Where events come in clusters (one
prescription a month for years) chance is wider than Poisson's; the margin of a half allows for that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from placewise.coding.volumes import CodeVolume
from placewise.floor.statistics.fall import get_fall_beside_p_value, get_fall_p_value

SHARE = 0.5
"""Of the volume a year before: a code or list that keeps this much or more is not named."""
FALSE_ALARMS = 0.01


def find_fallen_codes(volumes: Iterable[CodeVolume]) -> list[CodeVolume]:
    """The codes that fell beside the rest of their list. A list's only code has no rest: see find_fallen_lists."""
    tested = [each for each in volumes if each.before]
    level = FALSE_ALARMS / max(1, len(tested))
    lists = add_lists(tested)
    fallen = []
    for each in tested:
        if each.recent >= SHARE * each.before:
            continue
        whole = lists[each.code_list]
        beside = whole.before - each.before, whole.recent - each.recent
        if (
            get_fall_p_value(each.before, each.recent, SHARE) < level
            and get_fall_beside_p_value(each.before, each.recent, *beside, SHARE) < level
        ):
            fallen.append(each)
    return fallen


def find_fallen_lists(volumes: Iterable[CodeVolume]) -> list[CodeVolume]:
    """The lists that are recorded less than half as often as a year before, all their codes together."""
    tested = [each for each in add_lists(volumes).values() if each.before]
    level = FALSE_ALARMS / max(1, len(tested))
    return [
        each
        for each in tested
        if each.recent < SHARE * each.before and get_fall_p_value(each.before, each.recent, SHARE) < level
    ]


def add_lists(volumes: Iterable[CodeVolume]) -> Mapping[str, CodeVolume]:
    """Each list's volume: that of all its codes."""
    codes: dict[str, list[CodeVolume]] = defaultdict(list)
    for each in volumes:
        codes[each.code_list].append(each)
    return {
        name: CodeVolume(
            name,
            0,
            "",
            "",
            sum(each.ever for each in of),
            sum(each.last_year for each in of),
            sum(each.before for each in of),
            sum(each.recent for each in of),
        )
        for name, of in codes.items()
    }
