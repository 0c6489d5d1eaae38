"""A row of month marks, drawn on the server: tall where a part of a definition holds, low where it does not.

Shape tells the months apart as well as colour does. Places along the row are shares of its width, so that words
keep their size on a phone; colours are in months.css, which paper and forced colours change.
"""

from datetime import date

from markupsafe import Markup

from placewise_site.evidence.explanations import Months

TALL, LOW, ROOM = 16, 4, 34
"""Heights in pixels: of a month that holds, of one that does not, and of the row with its years."""
GAP = 0.2
"""Of a month's width."""
LEAST_FOR_A_YEAR = 0.1
"""A year with fewer of the row's months than this share has no room for its name."""


def draw_strip(months: Months, told: str, key: str) -> Markup:
    """told: the part whose months these are; key: unlike that of any other strip of the page."""
    count = sum(len(holds) for _, holds in months.years)
    width = 100 / count
    marks, place = [], 0
    for year, holds in months.years:
        if place:
            marks.append(Markup('<line x1="{0:.3f}%" x2="{0:.3f}%" y1="0" y2="{1}"/>').format(place * width, ROOM))
        if len(holds) >= count * LEAST_FOR_A_YEAR:
            marks.append(Markup('<text x="{:.3f}%" dx="3" y="{}">{}</text>').format(place * width, ROOM - 2, year))
        for each in holds:
            height = TALL if each else LOW
            marks.append(
                Markup('<rect class="{}" x="{:.3f}%" y="{}" width="{:.3f}%" height="{}"/>').format(
                    "app-holds" if each else "app-holds-not",
                    (place + GAP / 2) * width,
                    TALL - height + 1,
                    (1 - GAP) * width,
                    height,
                )
            )
            place += 1
    return Markup(
        '<svg class="app-strip" width="100%" height="{room}" role="img" aria-labelledby="{key}-title {key}-told">'
        '<title id="{key}-title">Months: {told}</title><desc id="{key}-told">{words}</desc>{marks}</svg>'
    ).format(room=ROOM, key=key, told=told, words=months_in_words(months), marks=Markup("").join(marks))


def months_in_words(months: Months) -> str:
    """Every month, no month, or: April 2023 to March 2025; June 2025"""
    if months.hold_always:
        return "every month"
    told = [_month(first) if first == last else f"{_month(first)} to {_month(last)}" for first, last in months.runs]
    return "; ".join(told) or "no month"


def _month(written: str) -> str:
    return f"{date.fromisoformat(f'{written}-01'):%B %Y}"
