"""How many practices have begun something, month by month: from the released counts of practices, and no others."""

from dataclasses import dataclass

import pyarrow.compute as pc

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight


@dataclass(frozen=True, slots=True)
class Adopted:
    """Of one month: practices with as many people as are ever shown, in it or in a month before; of all practices."""

    month: str
    begun: int
    practices: int

    @property
    def share(self) -> float:
        return self.begun / self.practices


def count_adopted(sight: Sight, measure: str) -> list[Adopted]:
    """A practice has begun once its count is shown. Fewer people are hidden, so nobody learns whether there are any.

    Raises NotReleased where the release shows no practices.
    """
    release, begun, found = sight.release, set[str](), []
    for month in release.months:
        try:
            rows = release.at_month(measure, PRACTICE, month)
        except NotReleased:
            continue
        begun |= set(rows.filter(pc.greater(rows["numerator"], 0))["area"].to_pylist())
        found.append(Adopted(month, len(begun), len(rows)))
    if not found:
        raise NotReleased(f"this release shows {measure} of no practice")
    return found
