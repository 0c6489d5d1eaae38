"""Where areas lie: one row an area, with the codes of the larger areas (or classes) it belongs to.

Read so: the ONS lookups of small areas to middle ones, to sub-ICB locations and integrated care boards, the NHS England
maps of practices to networks and boards, the rural-urban classification. So, too, the lookups from one edition of areas
to the next, in which an area that was split has several rows.
"""

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict, Field

from placewise.intake.contract import NAMES
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.reading import (
    Adapter,
    Area,
    Reading,
    check_area,
    get_membership,
    get_names,
    join_tables,
)


class Group(BaseModel):
    """The column with the group's code; codes, where the publisher's words are to be known by other ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str = ""
    codes: dict[str, str] = Field(default_factory=dict)


class Lookup(Adapter):
    area: Area
    groups: dict[str, Group]
    """Split -> its columns: `place: {code: sicbl22cdh, name: sicbl22nm}`."""
    once: bool = True
    """False: an area may lie in several groups, as one does that was split in the next edition."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        columns = [
            *self.area.columns,
            *(each for group in self.groups.values() for each in (group.code, group.name) if each),
        ]
        table = content.table(list(dict.fromkeys(columns)))
        check_area(content, self.area, table, unique=self.once)
        members, names = [], [self.area.get_names(table)]
        for split, group in self.groups.items():
            codes = _known_by(content, group, table[group.code])
            named = pc.not_equal(codes, "")
            members.append(
                get_membership(
                    source,
                    self.area.kind,
                    table[self.area.code].filter(named),
                    file.period,
                    split,
                    codes.filter(named),
                )
            )
            names.append(get_names(split, codes, table[group.name]) if group.name else NAMES.empty_table())
        return Reading(join_tables(members), pa.concat_tables(names), len(table), len(table))


def _known_by(content: Content, group: Group, column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not group.codes:
        return column
    place = pc.index_in(column, value_set=pa.array(group.codes, pa.string()))
    if (row := pc.index(pc.is_null(place), True).as_py()) >= 0:
        word = column[row].as_py()
        raise content.fault(row, f"the column {group.code} holds `{word}`, which the deployment does not know")
    return pa.chunked_array([pa.array(list(group.codes.values()))]).take(place)
