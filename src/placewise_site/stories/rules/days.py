"""Which day a document means by Tuesday, or by Wednesday 1 November: the first such day after it was told."""

import re
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WRITTEN = re.compile(r"(?:(\w+day)\b,?\s*)?(?:(\d{1,2})\s+(\w+))?", re.IGNORECASE)


def resolve_day(written: str, told_on: date) -> date:
    """Raises ValueError for words that name no day, or a weekday that the day is not."""
    found = _WRITTEN.fullmatch(written.strip())
    weekday, number, month = (found[1], found[2], found[3]) if found else (None, None, None)
    if (
        (weekday and weekday.lower() not in WEEKDAYS)
        or (month and month.lower() not in MONTHS)
        or not (weekday or number)
    ):
        raise ValueError(f"`{written}` names no day")
    if not (number and month):
        ahead = (WEEKDAYS.index(str(weekday).lower()) - told_on.weekday() - 1) % 7 + 1
        return told_on + timedelta(days=ahead)
    day = date(told_on.year, MONTHS.index(month.lower()) + 1, int(number))
    day = day if day > told_on else day.replace(year=day.year + 1)
    if weekday and WEEKDAYS[day.weekday()] != weekday.lower():
        raise ValueError(f"{day.day} {day:%B %Y} is no {weekday}")
    return day
