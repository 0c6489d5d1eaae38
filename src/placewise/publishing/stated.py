"""Counts that somebody stated of a register, as a deployment's stated.yaml has them, held against one another.

stated:
  before_the_winter:
    title: People added to the register
    count: 16000
    about: true                      # "around"; left out where it was stated plainly
    measure: some_register_added     # our own count of the same thing
    since: 2019-01                   # the first month; left out where nobody states when counting began
    until: 2020-03                   # the last month
    source: who, document and date
    says: what was stated, in a few words
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from placewise.floor.faults import nearest, refuse
from placewise.floor.yaml_file import read_lines, read_model

STATED_FILE = "stated.yaml"
Month = r"^\d{4}-(0[1-9]|1[0-2])$"


class StatedCount(BaseModel):
    """People counted from one month to another, both included, as somebody said; never counted here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    count: int = Field(ge=0)
    about: bool = False
    measure: str = Field(min_length=1)
    since: str | None = Field(default=None, pattern=Month)
    until: str = Field(pattern=Month)
    source: str = Field(min_length=1)
    says: str = Field(min_length=1)

    @model_validator(mode="after")
    def check_period(self) -> "StatedCount":
        if self.since is not None and self.since > self.until:
            raise ValueError("the period ends before it begins; swap `since` and `until`")
        return self


class StatedFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    stated: dict[str, StatedCount]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two stated counts that do not fit each other: over overlapping periods, the longer has the smaller count."""

    shorter: StatedCount
    longer: StatedCount


def read_stated(path: Path) -> Mapping[str, StatedCount]:
    """By name; none where there is no such file. Raises FaultsFound with every mistake."""
    return read_model(path, StatedFile).stated if path.is_file() else {}


def find_stated(folder: Path, measures: Iterable[str]) -> list[dict[str, Any]]:
    """What a deployment's folder says was stated, as a release holds it.

    measures: all that its programmes have. Raises FaultsFound where a count is stated of none of them.
    """
    path, known = folder / STATED_FILE, list(measures)
    stated = read_stated(path)
    for name, each in stated.items():
        if each.measure not in known:
            line = read_lines(path).line("stated", name, "measure")
            fault = f"no programme of this system has the measure {each.measure}"
            raise refuse(path, fault, nearest(each.measure, known), line)
    return [each.model_dump() for each in stated.values()]


def get_stated(rows: Iterable[Mapping[str, Any]]) -> list[StatedCount]:
    """As a release holds them."""
    return [StatedCount.model_validate(row) for row in rows]


def find_disputes(stated: Iterable[StatedCount]) -> list[Dispute]:
    """Pairs that count the same thing and do not fit, the shorter period first.

    Where nobody states when a count began, its period is taken from the start of the other: the only start stated. So
    two such periods are compared by where they end. The two counts could both be right if that period did begin
    earlier, or if they count different things; only whoever stated them can say.
    """
    disputes = []
    for one, other in combinations(stated, 2):
        shorter, longer = sorted((one, other), key=lambda each: _months(each, one, other))
        overlap = all(a.since is None or a.since <= b.until for a, b in ((one, other), (other, one)))
        is_longer = _months(longer, one, other) > _months(shorter, one, other)
        if one.measure == other.measure and overlap and is_longer and longer.count < shorter.count:
            disputes.append(Dispute(shorter, longer))
    return disputes


def _months(each: StatedCount, one: StatedCount, other: StatedCount) -> int:
    """The length of a period, from the start stated or else that of the other."""
    since = each.since or one.since or other.since
    return _number(each.until) - (_number(since) if since else 0) + 1


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:])
