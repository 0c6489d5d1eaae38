"""What an attack on a release hands on."""

from collections.abc import Mapping
from dataclasses import dataclass

from placewise.publishing.attack.view import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A hidden count that was worked out, and how, in a sentence."""

    table: str
    cell: Cell
    month: str
    counted: str
    count: int
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """Cells: a table's area, group and month. The guarantee holds where recovered and narrowed are both nought.

    hidden: all that are hidden; recovered: those with a small count that is known exactly; narrowed: others with a
    count that may be small, but not just any small number; shown_before: hidden now and shown in an earlier release,
    which is worked with; shown_narrowed: counts shown that are known more closely than their rounding says;
    contradictory: counts that do not add up, so that what is said of them is not sure; official: counts that official
    figures tell of, which are worked with: what these tell by themselves is no find; asked_exactly: hidden counts that
    were asked of all sums together, and undecided: those of them that the work allowed did not settle.
    """

    release: str
    earlier: tuple[str, ...]
    scheme: str
    hidden: int
    recovered: int
    narrowed: int
    shown_before: int
    shown_narrowed: int
    contradictory: int
    official: int
    asked_exactly: int
    undecided: int
    by_table: Mapping[str, Mapping[str, int]]
    found: tuple[Found, ...]

    @property
    def succeeded(self) -> bool:
        return bool(self.recovered or self.narrowed)
