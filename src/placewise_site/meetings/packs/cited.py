"""The figures that a paper cites, as one reader may read them: each with how it stands and what speaks against it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from placewise_site.evidence.ledger.models import StatedClaim
from placewise_site.evidence.ledger.queries import CitedClaim, get_findings


def find_cited_words(user: Any, addresses: Iterable[str], on: date) -> list[str]:
    """One line a citation, in the order cited. Of a claim that is not for this reader, its name alone."""
    found = list(get_findings(addresses, on=on).values())
    named = {each.citation for each in found} | {
        name for each in found for conflict in each.conflicts for name in conflict.claims
    }
    rows = StatedClaim.objects.visible_to(user).as_known().telling().filter(name__in=named)
    figures = {row.name: _figure(row.content) for row in rows}
    return [_line(each, figures) for each in found]


def _line(cited: CitedClaim, figures: dict[str, str]) -> str:
    is_computed = "/" in cited.citation
    if not is_computed and cited.citation not in figures:
        return f"{cited.citation}: a claim that is not public."
    figure = figures.get(cited.citation, "")
    told = [f"{figure}." if figure else "", cited.told]
    told += [each.sentence for each in cited.conflicts if set(each.claims) <= set(figures)]
    title = cited.title[:1].upper() + cited.title[1:]
    return f"{title} ({cited.citation}): " + " ".join(each for each in told if each)


def _figure(content: Any) -> str:
    """at least 100,000 people; 5 to 7 percent; closed."""
    if content.value is None:
        return str(content.word)
    bound = "" if content.bound == "exact" else f"{content.bound} "
    high = "" if content.value_high is None else f" to {_number(content.value_high)}"
    return f"{bound}{_number(content.value)}{high} {content.unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"
