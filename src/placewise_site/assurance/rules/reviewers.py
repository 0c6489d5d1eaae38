"""Who may review a place: somebody of another one. What somebody is elsewhere does not help."""

from collections.abc import Iterable, Mapping


def find_refusal(place: str, works_for: Iterable[str], parents: Mapping[str, str]) -> str:
    """Why somebody may not review a place, a clause; "" where they may.

    place: its code; works_for: codes of the organisations somebody works for; parents: code -> code of the organisation
    above, "" at the top. Whoever works for the whole system answers for the place as well, and is refused.
    """
    above = set(_iter_chain(place, parents))
    for code in works_for:
        if place in _iter_chain(code, parents):
            return f"they work for {code}, which belongs to the place under review"
        if code in above:
            return f"they work for {code}, to which the place under review belongs"
    return ""


def _iter_chain(code: str, parents: Mapping[str, str]) -> Iterable[str]:
    while code:
        yield code
        code = parents.get(code, "")
