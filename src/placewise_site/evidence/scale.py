"""What the values of a measure are: shares, rates, means or medians, and in which unit."""

from dataclasses import dataclass

from placewise.measures.unit_measure import PERSON
from placewise.publishing.contract import MeasureCard

SHARE = "proportion"


@dataclass(frozen=True, slots=True)
class Scale:
    """per: of a rate; unit: of a mean or median, "" for a plain number; decimals: of any but a share; of_people: False
    where other units than people are counted; counted: what is counted, as a title (People, Pathways); among: what a
    rate is of where that is no people, as a title."""

    statistic: str = SHARE
    per: int = 1
    unit: str = ""
    decimals: int = 1
    of_people: bool = True
    counted: str = "People"
    among: str = ""

    @property
    def is_share(self) -> bool:
        return self.statistic == SHARE

    @property
    def counts(self) -> bool:
        """Whether a value is of something counted out of something; a mean or median has no numerator."""
        return self.statistic in (SHARE, "rate")


SHARES = Scale()


def scale_of(card: MeasureCard) -> Scale:
    return Scale(
        card.statistic,
        card.per,
        card.value_unit,
        card.decimals,
        of_people=card.unit == PERSON,
        counted=card.unit_title,
        among=card.of_units,
    )
