"""One indicator of the public health profiles (Fingertips, Department of Health and Social Care), as their CSV download
has it: the suicide rate, for instance. Written from the documented header and tested on invented files alone, since no
real one was at hand.

A row an area, sex, age, category and period. Kept are those of one indicator and age, without a category (deprivation
and the like stay with the publisher), by sex and for all persons. Three years are written `2019 - 21` or `2019-21`.
"""

import re
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from placewise.intake.contract import NAMES
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.reading import Adapter, Reading, get_names, get_observations

SEXES = {"Persons": "all", "Male": "male", "Female": "female"}
WORDS = (
    "Indicator ID", "Area Code", "Area Name", "Area Type", "Sex", "Age", "Category", "Time period",
)  # fmt: skip
NUMBERS = ("Value", "Count", "Denominator")
ASIDE = "the row is of another indicator, age, category or kind of area than the deployment reads"
_SEVERAL_YEARS = re.compile(r"(\d{4}) ?- ?(\d{2})")


class FingertipsIndicator(Adapter):
    """id: the publisher's number of the indicator; indicator: what we call it; age: the publisher's words for it.

    areas: the publisher's kind of area -> ours. number: `Count`, of the people it is a share or rate of, or `Value`,
    the rate as it was published, which is standardised by age and has nothing to be divided by.
    """

    id: str
    indicator: str
    age: str
    areas: dict[str, str]
    number: Literal["Count", "Value"] = "Count"

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table(WORDS, NUMBERS)
        wanted = pc.and_(pc.equal(table["Indicator ID"], self.id), pc.equal(table["Age"], self.age))
        wanted = pc.and_(wanted, pc.equal(table["Category"], ""))
        wanted = pc.and_(wanted, pc.is_in(table["Area Type"], value_set=pa.array(self.areas, pa.string())))
        kept = table.filter(wanted)
        if not len(kept):
            raise content.fault(0, f"no row of it is of the indicator {self.id} and the age `{self.age}`")
        groups = _translate(content, table, wanted, "Sex", SEXES)
        kinds = _translate(content, table, wanted, "Area Type", self.areas)
        observations = get_observations(
            source,
            indicator=self.indicator,
            area_kind=kinds,
            area=kept["Area Code"],
            period=_periods(kept["Time period"]),
            split=pc.if_else(pc.equal(groups, "all"), "all", "sex"),
            group=groups,
            value=kept[self.number],
            denominator=kept["Denominator"] if self.number == "Count" else None,
        )
        names = [
            get_names(kind, each["Area Code"], each["Area Name"])
            for kind in sorted(set(self.areas.values()))
            for each in [kept.filter(pc.equal(kinds, kind))]
        ]
        aside = len(table) - len(kept)
        rejected = {ASIDE: aside} if aside else {}
        return Reading(observations, pa.concat_tables([NAMES.empty_table(), *names]), len(table), len(kept), rejected)


def _translate(
    content: Content, table: pa.Table, wanted: pa.ChunkedArray, column: str, words: dict[str, str]
) -> pa.ChunkedArray:
    """The words of the wanted rows in ours. Raises FaultsFound at the first that is none of them."""
    place = pc.index_in(table[column], value_set=pa.array(words, pa.string()))
    strange = pc.and_(wanted, pc.is_null(place))
    if (row := pc.index(strange, True).as_py()) >= 0:
        raise content.fault(row, f"the column {column} holds `{table[column][row].as_py()}`, which is not known here")
    return pa.chunked_array([pa.array(words.values(), pa.string())]).take(place.filter(wanted))


def _periods(written: pa.ChunkedArray) -> pa.ChunkedArray:
    """`2019 - 21` -> `2019 to 2021`; one year and a financial year as they are."""
    distinct = pc.unique(written)
    told = pa.array([_tell_period(each) for each in distinct.to_pylist()], pa.string())
    return pa.chunked_array([told]).take(pc.index_in(written, value_set=distinct))


def _tell_period(written: str) -> str:
    years = _SEVERAL_YEARS.fullmatch(written)
    if years is None:
        return written
    first = int(years[1])
    last = first + (int(years[2]) - first) % 100
    return f"{first} to {last}"
