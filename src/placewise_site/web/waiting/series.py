"""Emergency care and cancer on the pages of waits: what the rules say of published series of trusts, in a sentence."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from placewise_site.evidence.sight import Sight
from placewise_site.hospitals.queries import TRUST
from placewise_site.web.figures.points import NotDrawn
from placewise_site.web.sources.series import ALL, is_series, series_chart

IMPROVEMENT, CONCERN, NEUTRAL, FAIL = "improvement", "concern", "neutral", "fail"


@dataclass(frozen=True, slots=True)
class SeriesNote:
    title: str
    page: str
    sentence: str


def series_notes(sight: Sight, page_of: Callable[[str], str], trust: str = "") -> list[SeriesNote]:
    """One for each published series of trusts, or of the one trust. page_of: indicator -> the address of its page."""
    return [
        SeriesNote(said["title"], page_of(indicator), sentence)
        for indicator, said in sight.indicators().items()
        if is_series(sight, indicator) and (sentence := _sentence(sight, indicator, trust))
    ]


def _sentence(sight: Sight, indicator: str, trust: str) -> str:
    """Empty where the indicator has no series of trusts, or none of this one."""
    rows = sight.published(indicator, area_kind=TRUST, split=ALL)
    trusts = sorted(set(rows["area"].to_pylist()) & ({trust} if trust else set(rows["area"].to_pylist())))
    kinds: Counter[str] = Counter()
    drawn = []
    for each in trusts:
        try:
            drawn.append(series_chart(sight, indicator, each))
        except NotDrawn:
            continue
        kinds.update(sign.kind for sign in drawn[-1].signs)
    if not drawn:
        return ""
    if trust:
        return " ".join(f"{sign.words}." for sign in drawn[0].signs)
    return _all_trusts(kinds, len(drawn), sight.manifest.indicators[indicator])


def _all_trusts(kinds: Counter[str], number: int, said: dict[str, object]) -> str:
    if said["better"] == "neither":
        return f"In the latest month {_some(kinds[NEUTRAL])} of {number} trusts beyond what chance explains."
    better, worse = _some(kinds[IMPROVEMENT]), _some(kinds[CONCERN])
    told = f"In the latest month, of {number} trusts, {better} better and {worse} worse than chance explains."
    if not said.get("standard"):
        return told
    return f"{told} The standard is not met whatever chance does at {_some(kinds[FAIL])}."


def _some(number: int) -> str:
    return str(number) if number else "none"
