"""Bridges to Health: everyone in exactly one of eight segments, by a stated precedence (segments.yaml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

from placewise.floor.faults import FaultsFound
from placewise.floor.language.names import code_lists as code_lists_of
from placewise.floor.language.nodes import Node
from placewise.floor.language.notation import QuestionReader
from placewise.floor.timeline.window import Words
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.yaml_file import read_lines, read_model

FILE = Path(__file__).with_name("segments.yaml")


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class _SegmentSection(_Section):
    segment: str
    title: str
    is_: dict[str, Any] | None = None

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))


class _SegmentsFile(_Section):
    version: str
    source: str
    segments: tuple[_SegmentSection, ...]


@dataclass(frozen=True, slots=True)
class Segments:
    """slugs: in order of precedence, the last for everyone left; questions: of all but the last."""

    version: str
    source: str
    titles: Mapping[str, str]
    questions: Mapping[str, Node]

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self.titles)

    @property
    def code_lists(self) -> frozenset[str]:
        return frozenset[str]().union(*(code_lists_of(node) for node in self.questions.values()))


def read_segments(code_lists: Mapping[str, CodeList]) -> Segments:
    """The segments as written. Raises FaultsFound where one names a code list that is not there."""
    written = read_model(FILE, _SegmentsFile)
    reader = QuestionReader(code_lists, registers=())
    questions = {
        each.segment: reader.read(each.is_, ("segments", place, "is"))
        for place, each in enumerate(written.segments[:-1])
    }
    if reader.mistakes:
        lines = read_lines(FILE)
        raise FaultsFound(lines.fault(*mistake) for mistake in reader.mistakes)
    return Segments(
        written.version,
        written.source,
        {each.segment: each.title for each in written.segments},
        {slug: node for slug, node in questions.items() if node is not None},
    )


def place_in_segments(answers: Iterable[Words], registered: Words, bit: np.uint64) -> npt.NDArray[np.int8]:
    """Each person's segment in the month of a bit: the first answer that holds, else the last; -1 if not registered."""
    holds = [(words & bit) != 0 for words in answers]
    everyone = np.ones(len(registered), bool)
    segment = np.argmax([*holds, everyone], axis=0).astype(np.int8)
    return np.where((registered & bit) != 0, segment, np.int8(-1)).astype(np.int8)
