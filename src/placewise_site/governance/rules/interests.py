"""How long a declared interest is public and how long it is kept.

NHS England, Managing conflicts of interest in the NHS (2017): published until at least six months after it ended, the
record kept for at least six years after that day. Then it is due for destruction under the retention schedule.
"""

from calendar import monthrange
from datetime import date
from enum import StrEnum

PUBLIC_MONTHS = 6
KEPT_MONTHS = 6 * 12


class Stage(StrEnum):
    HELD = "held"
    ENDED = "ended"
    PRIVATE = "private"
    DUE = "due"


def get_stage(last_day: date | None, on: date) -> Stage:
    """last_day: of the interest, None while it is held. HELD and ENDED are public, PRIVATE and DUE are not."""
    if last_day is None or on <= last_day:
        return Stage.HELD
    if on <= get_last_public_day(last_day):
        return Stage.ENDED
    return Stage.PRIVATE if on <= get_last_kept_day(last_day) else Stage.DUE


def is_public(last_day: date | None, on: date) -> bool:
    return get_stage(last_day, on) in (Stage.HELD, Stage.ENDED)


def get_last_public_day(last_day: date) -> date:
    return _months_after(last_day, PUBLIC_MONTHS)


def get_last_kept_day(last_day: date) -> date:
    return _months_after(last_day, KEPT_MONTHS)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, the first of the next: never too early."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    return _months_after(date(day.year, day.month, 1), months + 1)
