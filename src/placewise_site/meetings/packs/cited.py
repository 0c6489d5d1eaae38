"""The figures that a paper cites, as one reader may read them: each with how it stands and what speaks against it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from placewise_site.evidence.amounts import computed_words, stated_words
from placewise_site.evidence.ledger.lifecycle import NO_GROUND
from placewise_site.evidence.ledger.models import StatedClaim
from placewise_site.evidence.ledger.queries import CitedClaim, get_findings
from placewise_site.evidence.ledger.queries.measured import read_figure


def find_cited_words(user: Any, addresses: Iterable[str], on: date, known_by: datetime | None = None) -> list[str]:
    """One line a citation, in the order cited: what the figure is, its number, and how it stands. Of a claim that is
    not for this reader, its name alone. known_by: as the record stood at that moment; now where none is given."""
    found = list(get_findings(addresses, on=on, known_by=known_by).values())
    named = {each.citation for each in found} | {
        name for each in found for conflict in each.conflicts for name in conflict.claims
    }
    rows = StatedClaim.objects.visible_to(user, known_by).as_known(known_by).telling().filter(name__in=named)
    figures = {row.name: stated_words(row.content) for row in rows}
    figures |= {each.citation: computed_words(read_figure(each.citation)) for each in found if _is_open(each)}
    return [_line(each, figures) for each in found]


def _is_open(cited: CitedClaim) -> bool:
    """Whether it is a computed figure with a number that everybody may read."""
    return "/" in cited.citation and bool(cited.title) and cited.standing not in NO_GROUND


def _line(cited: CitedClaim, figures: dict[str, str]) -> str:
    if "/" not in cited.citation and cited.citation not in figures:
        return f"{cited.citation}: a claim that is not public."
    figure = figures.get(cited.citation, "")
    told = [f"{figure}." if figure else "", cited.told]
    told += [each.sentence for each in cited.conflicts if set(each.claims) <= set(figures)]
    title = cited.title[:1].upper() + cited.title[1:]
    return f"{title} ({cited.citation}): " + " ".join(each for each in told if each)
