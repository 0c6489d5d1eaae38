"""The figures of a programme's page, as far as its file asks for them and the release holds what they are made of."""

from collections.abc import Iterator
from contextlib import suppress

from placewise_site.evidence.adoption import count_adopted
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.programmes.adoption import adoption_figure
from placewise_site.web.programmes.counterparts import iter_counterparts
from placewise_site.web.programmes.funnel import Step, funnel_figure
from placewise_site.web.programmes.series_figures import series_figure
from placewise_site.web.programmes.told import Programme

FIFTHS = "deprivation_fifth"


def programme_figures(sight: Sight, programme: Programme) -> list[Figure]:
    return list(_iter_figures(sight, programme))


def find_figure(sight: Sight, programme: Programme, key: str) -> Figure:
    """Raises NotReleased where its page has no such figure."""
    for figure in _iter_figures(sight, programme):
        if figure.key == key:
            return figure
    raise NotReleased(f"the programme {programme.slug} has no figure called {key}")


def _iter_figures(sight: Sight, programme: Programme) -> Iterator[Figure]:
    if programme.steps:
        yield funnel_figure([_step(sight, card.measure, card.title) for card in programme.steps])
    for card in programme.cards:
        if card.taken_up:
            with suppress(NotReleased):
                least = int(sight.manifest.disclosure["suppress_below"])
                yield adoption_figure(card.title, count_adopted(sight, card.measure), least)
    for each in programme.series:
        if figure := series_figure(each):
            yield figure
        yield from iter_counterparts(sight, each)


def _step(sight: Sight, measure: str, title: str) -> Step:
    whole = sight.latest(measure, sight.whole.code)
    try:
        return title, whole, sight.groups(measure, sight.whole.code, FIFTHS)
    except NotReleased:
        return title, whole, ()
