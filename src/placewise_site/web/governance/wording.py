"""How who decides is told."""

from datetime import date

KIND_WORDS = {
    "board": "Boards",
    "partnership": "Partnership",
    "place_partnership": "Partnerships of places",
    "committee": "Committees",
    "collaborative": "Collaboratives of providers",
    "alliance": "Alliances",
    "forum": "Forums",
    "group": "Groups",
    "external": "Outside the partnership",
}
"""In this order on the page; a kind that is not here comes last, under its own name."""


def kind_words(kind: str) -> str:
    return KIND_WORDS.get(kind, plain(kind).capitalize())


def plain(slug: str) -> str:
    return slug.replace("_", " ")


def pounds_words(pounds: int | None) -> str:
    return "without limit" if pounds is None else f"up to £{pounds:,}"


def until(last_day: date | None) -> str:
    """Blank for an open end, which is date.max where the database works one out."""
    return "" if last_day is None or last_day == date.max else f"{last_day:%-d %B %Y}"
