"""Deaths and people of a nation by year of age, sex and calendar year; and the life tables that were made of them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict

from placewise.intake.contract import NAMES
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.reading import Adapter, Reading, get_observations

AGE_AND_SEX = "age_and_sex"
"""The split of counts by both: groups such as `female 89`, and `female 105+` for the open last age."""
LIFE_EXPECTANCY, SEX = "life_expectancy", "sex"


class Nation(BaseModel):
    """The one area that the whole file is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    code: str


class CountsByYearOfAge(Adapter):
    """A row for each calendar year, sex and year of age."""

    area: Nation
    indicator: str
    year: str
    sex: str
    age: str
    value: str
    sexes: dict[str, str]
    """female, male -> the file's words for them."""
    open_age: int
    """The last age, which stands for all from there on."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([self.year, self.sex], [self.age, self.value])
        sexes = _known_sexes(content, self.sex, table[self.sex], self.sexes)
        ages = table[self.age].to_numpy()
        if wrong := np.flatnonzero(~np.isin(ages, np.arange(self.open_age + 1))).tolist():
            raise content.fault(wrong[0], f"the column {self.age} holds no age from 0 to {self.open_age}")
        names = pa.array([*(str(age) for age in range(self.open_age)), f"{self.open_age}+"], pa.string())
        groups = pc.binary_join_element_wise(sexes, names.take(pa.array(ages.astype(np.int32))), " ")
        observations = get_observations(
            source,
            indicator=self.indicator,
            area_kind=self.area.kind,
            area=self.area.code,
            period=table[self.year],
            split=AGE_AND_SEX,
            group=groups,
            value=table[self.value],
        )
        return Reading(observations, NAMES.empty_table(), len(table), len(table))


class PublishedLifeTables(Adapter):
    """A row for each period, sex and age; kept are the years expected at birth."""

    area: Nation
    period: str
    sex: str
    age: str
    years: str
    sexes: dict[str, str]

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([self.period, self.sex], [self.age, self.years])
        kept = table.filter(pc.equal(table[self.age], 0))
        observations = get_observations(
            source,
            indicator=LIFE_EXPECTANCY,
            area_kind=self.area.kind,
            area=self.area.code,
            period=kept[self.period],
            split=SEX,
            group=_known_sexes(content, self.sex, kept[self.sex], self.sexes),
            value=kept[self.years],
        )
        aside = len(table) - len(kept)
        rejected = {"the row is about a later age than birth": aside} if aside else {}
        return Reading(observations, NAMES.empty_table(), len(table), len(kept), rejected)


def _known_sexes(content: Content, column: str, words: pa.ChunkedArray, sexes: dict[str, str]) -> pa.ChunkedArray:
    place = pc.index_in(words, value_set=pa.array(sexes.values(), pa.string()))
    if (row := pc.index(pc.is_null(place), True).as_py()) >= 0:
        raise content.fault(row, f"the column {column} holds `{words[row].as_py()}`, which is no sex it should hold")
    return pa.chunked_array([pa.array(list(sexes))]).take(place)
