"""The months of a word, as people read them: runs of months, and a strip with a mark for each."""

from collections.abc import Iterator

from placewise.floor.timeline.window import Window

HOLDS, NOT = "■", "·"
PLAIN_HOLDS, PLAIN_NOT = "#", "."
LETTERS = "JFMAMJJASOND"


def month_name(months: int) -> str:
    """Months since January 1970 as YYYY-MM."""
    return f"{1970 + months // 12:04}-{months % 12 + 1:02}"


def month_runs(word: int, window: Window) -> list[tuple[str, str]]:
    """The first and last month, as YYYY-MM, of each run of months that are set."""
    runs, month = [], 0
    while month < window.months:
        if word >> month & 1:
            first = month
            while month + 1 < window.months and word >> (month + 1) & 1:
                month += 1
            runs.append((month_name(window.first_month + first), month_name(window.first_month + month)))
        month += 1
    return runs


def runs_in_words(word: int, window: Window) -> str:
    """The months set: "2024-03 to 2025-02, 2025-06"; "never" where there is none."""
    told = [first if first == last else f"{first} to {last}" for first, last in month_runs(word, window)]
    return ", ".join(told) or "never"


def iter_years(window: Window) -> Iterator[tuple[int, range]]:
    """Each calendar year of the window, with the places of its months in the window."""
    month = 0
    while month < window.months:
        year, in_year = divmod(1970 * 12 + window.first_month + month, 12)
        end = min(month + 12 - in_year, window.months)
        yield year, range(month, end)
        month = end


def strip(word: int, window: Window, holds: str = HOLDS, not_so: str = NOT) -> str:
    """A mark for each month, a space between years."""
    return " ".join(
        "".join(holds if word >> month & 1 else not_so for month in months) for _, months in iter_years(window)
    )


def strip_heads(window: Window) -> tuple[str, str]:
    """Two lines over strips: the years, where there is room for one, and the first letter of each month."""
    years, letters = [], []
    for year, months in iter_years(window):
        years.append((str(year) if len(months) >= 4 else "").ljust(len(months)))
        letters.append("".join(LETTERS[(window.first_month + month) % 12] for month in months))
    return " ".join(years).rstrip(), " ".join(letters)
