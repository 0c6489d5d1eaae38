"""Waits as a table: a row a trust or specialty, each count leading to its claim."""

from collections.abc import Callable, Iterable

from placewise_site.hospitals.queries import Waits
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, percent_number, percent_words

COLUMNS = (
    Column("waiting", "Waiting", is_number=True),
    Column("within_18", "Under 18 weeks", is_number=True),
    Column("share_within_18", "Share under 18 weeks (%)", is_number=True),
    Column("over_52", "Over 52 weeks", is_number=True),
)
NOT_PUBLISHED = "not published"


def waits_table(first: str, waits: Iterable[Waits], page_of: Callable[[Waits], str] = lambda each: "") -> Table:
    """first: what the rows are (Trust, Specialty); page_of: the address of a row's own page, or blank."""
    return Table((Column("name", first), *COLUMNS), tuple(_row(each, page_of(each)) for each in waits))


def _row(waits: Waits, page: str) -> Row:
    entries = (
        words_entry(waits.name),
        _count(waits.waiting, waits.address),
        _count(waits.within_18, waits.within_18_address),
        _share(waits.share_within_18),
        _count(waits.over_52, waits.over_52_address),
    )
    return Row(waits.name, entries, page=page)


def _count(number: float | None, address: str) -> Entry:
    return number_entry(count_words(number), number, NOT_PUBLISHED, address)


def _share(share: float | None) -> Entry:
    if share is None:
        return number_entry("", None, NOT_PUBLISHED)
    return Entry(percent_words(share), percent_number(share), share)
