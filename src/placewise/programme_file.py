"""One programme file on its way from text to Programme: what stands in it, and every mistake with its line."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from placewise.floor.faults import Fault, nearest
from placewise.floor.language.names import code_lists as named_code_lists
from placewise.floor.language.names import registers as named_registers
from placewise.floor.language.nodes import In, Node, Registered
from placewise.floor.language.notation import Keys, QuestionReader
from placewise.floor.language.unit_notation import read_unit
from placewise.floor.language.units import Unit, get_unit_code_lists
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.yaml_file import Lines
from placewise.measures.cube import PEOPLE
from placewise.measures.definition import MeasureSection, NotMeasuredSection
from placewise.measures.unit_measure import Asked, asks_of_more_than_people, read_asked
from placewise.measures.weights import Weights
from placewise.plans.impact.definition import ImpactSection
from placewise.plans.lists.definition import CallListSection
from placewise.plans.lists.plan import AGE
from placewise.registers.case_finding import Basis
from placewise.registers.definition import get_question

Status = Literal["draft", "preview", "published", "archived"]
SLUG = r"^[a-z][a-z0-9_]*$"


class PageSection(BaseModel):
    """lead: the measure that stands for the programme; funnel: measures in the order in which people pass through them,
    each a share of those before; taken_up: the measure whose people tell which practices have begun."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lead: str
    funnel: tuple[str, ...] = ()
    taken_up: str | None = None


class PublishedSection(BaseModel):
    """A figure that a publisher makes and no record of a person tells; its key is a series or a figure of
    published.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    note: str = Field(min_length=1)
    """What a reader must know to read it rightly."""


class ProgrammeFile(BaseModel):
    """The file as written. Questions are read afterwards, when all registers are known."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    programme: str = Field(pattern=SLUG)
    title: str = Field(min_length=1)
    why_it_matters: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    status: Status
    reviewed: date
    next_review: date
    units: dict[str, dict[str, Any]] = {}
    registers: dict[str, dict[str, Any]] = {}
    case_finding: dict[str, tuple[Basis, ...]] = {}
    measures: dict[str, MeasureSection] = {}
    published: dict[str, PublishedSection] = {}
    not_measured: dict[str, NotMeasuredSection] = {}
    call_lists: dict[str, CallListSection] = {}
    impact: dict[str, ImpactSection] = {}
    page: PageSection

    @model_validator(mode="after")
    def check_measures(self) -> "ProgrammeFile":
        if not self.measures and not self.published:
            raise ValueError("it measures nothing; add `measures`, or the series it rests on under `published`")
        return self

    @model_validator(mode="after")
    def check_dates(self) -> "ProgrammeFile":
        if self.next_review <= self.reviewed:
            raise ValueError("the next review is not after the last; set next_review to a later date")
        return self


class WrittenFile:
    """One programme file on its way from text to Programme. `written` is None where the model found mistakes in it; its
    questions are read even so, so that all its mistakes are told together."""

    def __init__(self, lines: Lines, written: ProgrammeFile | None) -> None:
        self.lines, self.written = lines, written
        self.questions: dict[Keys, Node] = {}
        self.units: dict[str, Unit] = {}
        self.asked: dict[str, Asked] = {}
        """What each measure that is no share of people asks."""
        self.faults: list[Fault] = []

    def section(self, name: str) -> dict[str, Any]:
        """A section as it stands, without the entries that are no groups of keys (told by the model)."""
        data = self.lines.data if isinstance(self.lines.data, dict) else {}
        section = data.get(name)
        return {str(k): v for k, v in section.items() if isinstance(v, dict)} if isinstance(section, dict) else {}

    def read_questions(self, reader: QuestionReader, weights: Mapping[str, Weights]) -> None:
        for keys, question in self._iter_questions():
            if node := reader.read(question, keys):
                self.questions[keys] = node
        for slug, section in self.section("units").items():
            if unit := read_unit(section, ("units", slug), reader):
                self.units[slug] = unit
        for slug, section in self.section("measures").items():
            if asks_of_more_than_people(section):
                asked = read_asked(section, ("measures", slug), reader, self.units, weights)
                self.asked |= {slug: asked} if asked else {}
        for slug, section in self.section("call_lists").items():
            for place, key in enumerate(_listed(section, "first")):
                reader.check_code_list(key.split(" ")[0], ("call_lists", slug, "first", place))
            for place, shown in enumerate(_listed(section, "show")):
                if shown != AGE:
                    reader.check_code_list(shown, ("call_lists", slug, "show", place))
        self.faults += [self.lines.fault(*mistake) for mistake in reader.mistakes]
        reader.mistakes.clear()

    def _iter_questions(self) -> Iterator[tuple[Keys, Any]]:
        for slug, section in self.section("registers").items():
            yield ("registers", slug), get_question(section)
        for slug, section in self.section("measures").items():
            if not asks_of_more_than_people(section):
                yield from ((("measures", slug, part), section[part]) for part in ("of", "count") if part in section)
        for slug, section in self.section("call_lists").items():
            if "exclude" in section:
                yield ("call_lists", slug, "exclude"), section["exclude"]

    def find_unfitting_parts(self, code_lists: Mapping[str, CodeList]) -> Iterator[Fault]:
        """Where one part of the file does not fit another, once each is well written."""
        written, fault = self.written, self.lines.fault
        if written is None:
            return
        name = Path(self.lines.file).stem
        if written.programme != name:
            yield fault(("programme",), f"the programme `{written.programme}` is in {name}.yaml", "give both one name")
        led = written.page.lead not in written.published
        named: list[tuple[Keys, str | None]] = [(("page", "lead"), written.page.lead)] if led else []
        named += [(("page", "funnel", place), slug) for place, slug in enumerate(written.page.funnel)]
        named.append((("page", "taken_up"), written.page.taken_up))
        for slug, each in written.call_lists.items():
            named += [(("call_lists", slug, key), getattr(each, key)) for key in ("missed_by", "counted_by")]
        named += [(("impact", slug), slug) for slug in written.impact]
        for keys, measure in named:
            if measure is not None and measure not in written.measures:
                yield fault(keys, f"this programme has no measure `{measure}`", nearest(measure, written.measures))
            elif measure in self.asked and not self._may_name(keys, self.asked[measure]):
                yield fault(keys, f"`{measure}` is no share of people", "name one that is, so that people are told")
        asked = {
            tuple(self.questions.get(("measures", slug, part)) for part in ("of", "count")) for slug in written.measures
        }
        for slug in written.case_finding:
            if slug not in written.registers:
                told = f"this programme has no register `{slug}`"
                yield fault(("case_finding", slug), told, nearest(slug, written.registers))
            elif (Registered(), In(slug)) not in asked:
                told = f"no measure counts the people on `{slug}` among everyone registered"
                yield fault(("case_finding", slug), told, "add one, so that the known stand beside the expected")
        if written.status == "published":
            used = sorted(name for name in self.find_code_lists() if name in code_lists)
            if preview := [name for name in used if code_lists[name].status == "preview"]:
                told = f"it is published, and these code lists are not yet checked: {', '.join(preview)}"
                yield fault(("status",), told, "set status to preview, or have them checked")

    @staticmethod
    def _may_name(keys: Keys, asked: Asked) -> bool:
        """Whether a part of the file may name a measure that is no share of people: any may lead its page, and what
        more treatment does is known of any share, such as of births."""
        return keys == ("page", "lead") or (keys[0] == "impact" and asked.statistic == "proportion")

    def find_code_lists(self) -> frozenset[str]:
        """Every code list that its questions and call lists name."""
        lists = self.section("call_lists").values()
        shown = {key.split(" ")[0] for each in lists for part in ("first", "show") for key in _listed(each, part)}
        named = frozenset(shown - {AGE}).union(*(named_code_lists(node) for node in self.find_people_questions()))
        of_units = [get_unit_code_lists(each) for each in self.units.values()]
        return named.union(*of_units, *(each.code_lists for each in self.asked.values()))

    def find_people_questions(self) -> list[Node]:
        """Every question it asks of people, those of other units' people too."""
        return [*self.questions.values(), *(node for each in self.asked.values() for node in each.people_questions)]


def find_repeated_slugs(files: list[WrittenFile]) -> Iterator[Fault]:
    """Registers, measures and call lists are each one name space over all programmes, since addresses rest on them."""
    for kind in ("units", "registers", "measures", "call_lists"):
        first: dict[str, str] = {PEOPLE: "Placewise itself"} if kind == "measures" else {}
        for file in files:
            for slug in file.section(kind):
                keys = (kind, slug)
                if slug in first:
                    told = f"`{slug}` is used for {kind.replace('_', ' ')} in {first[slug]} too"
                    yield file.lines.fault(keys, told, "give it another name")
                elif not re.match(SLUG, slug):
                    yield file.lines.fault(
                        keys, f"`{slug}` is no name here", "use small letters, digits and underscores"
                    )
                first.setdefault(slug, Path(file.lines.file).name)


def find_unknown_completeness(files: list[WrittenFile]) -> Iterator[Fault]:
    """Measures that are said to tell how complete another is, and that no programme has."""
    known = {slug for file in files for slug in file.section("measures")}
    for file in files:
        for slug, section in file.section("measures").items():
            named = section.get("completeness")
            if named and named not in known:
                told = f"there is no measure `{named}` to tell how complete it is"
                yield file.lines.fault(("measures", slug, "completeness"), told, nearest(str(named), known))


def find_circles(files: list[WrittenFile]) -> Iterator[Fault]:
    """Registers that rest on each other, in one file or over several."""
    where = {keys[1]: file for file in files for keys in file.questions if keys[0] == "registers"}
    graph = {slug: named_registers(file.questions["registers", slug]) for slug, file in where.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        slugs = circle.args[1]
        told = f"these registers rest on each other: {', '.join(slugs)}"
        yield where[slugs[0]].lines.fault(("registers", slugs[0]), told, "define one of them without the others")


def _listed(section: dict[str, Any], key: str) -> list[str]:
    value = section.get(key)
    return [str(each) for each in value] if isinstance(value, list) else []
