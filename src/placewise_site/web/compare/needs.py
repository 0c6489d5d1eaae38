"""Needs and strengths of an area, side by side. Where nobody recorded a strength, no score of need is given: a place is
not its problems, and a list of needs alone says nothing of who could help."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from placewise_site.evidence.beside import WORSE, Beside
from placewise_site.evidence.deployment import Asset, get_deployment, has_deployment
from placewise_site.evidence.sight import Area, Sight
from placewise_site.web.compare.rug import Rug, Thread, build_rug

KINDS = {"group": "Groups", "volunteers": "Volunteers", "service": "Services", "place": "Places to meet"}
NO_STRENGTHS = "No strengths recorded yet, so no need score is given."


@dataclass(frozen=True, slots=True)
class Strengths:
    """own: of the area or somewhere in it; above: of the areas it is in."""

    own: tuple[Asset, ...]
    above: tuple[Asset, ...]

    @property
    def told(self) -> str:
        """How many of each kind: 3 groups, 1 service."""
        counted = Counter(each.kind for each in self.own)
        return ", ".join(f"{KINDS[kind]}: {counted[kind]}" for kind in KINDS if counted[kind])


@dataclass(frozen=True, slots=True)
class ProgrammeNeed:
    """One programme in an area: the measures that are worse there, and the strengths that help with it."""

    title: str
    worse: tuple[Thread, ...]
    judged: int
    helped_by: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class Need:
    area: Area
    strengths: Strengths
    programmes: tuple[ProgrammeNeed, ...]

    @property
    def score(self) -> tuple[int, int] | None:
        """How many measures are worse here than in the whole system, and of how many; None without strengths."""
        if not self.strengths.own:
            return None
        return sum(len(each.worse) for each in self.programmes), sum(each.judged for each in self.programmes)

    @property
    def score_words(self) -> str:
        """The score as it is read, or why there is none."""
        if self.score is None:
            return NO_STRENGTHS
        worse, judged = self.score
        return f"{worse} of {judged} measures are worse here than in the whole system, or perhaps worse."


def read_strengths(sight: Sight, area: Area, *, is_past: bool = False) -> Strengths:
    """As the deployment records them today: a page of the past has none."""
    assets = get_deployment().assets if has_deployment() and not is_past else ()
    above = {each.code for each in sight.chain(area)[:-1]}
    own = (each for each in assets if each.area in sight.areas and area in sight.chain(sight.areas[each.area]))
    return Strengths(tuple(own), tuple(each for each in assets if each.area in above))


def build_needs(sight: Sight, areas: Sequence[Area], *, is_past: bool = False) -> list[Need]:
    """Of areas of one level."""
    rug = build_rug(sight, areas)
    return [_need(sight, rug.within([area]), read_strengths(sight, area, is_past=is_past)) for area in areas]


def _need(sight: Sight, rug: Rug, strengths: Strengths) -> Need:
    helping = (*strengths.own, *strengths.above)
    programmes = []
    for title, threads in rug.programmes:
        slug = threads[0].card.programme
        judged = [each for each in threads if each.card.better != "neither" and _is_known(each)]
        worse = tuple(each for each in judged if each.patches[0].word in WORSE)
        helped_by = tuple(each for each in helping if not each.helps or slug in each.helps)
        programmes.append(ProgrammeNeed(title, worse, len(judged), helped_by))
    return Need(rug.areas[0], strengths, tuple(programmes))


def _is_known(thread: Thread) -> bool:
    """Whether the word says how the area stands, and not why that is not known."""
    return list(Beside).index(thread.patches[0].word) <= list(Beside).index(Beside.HIGHER)
