"""Programmes: what we do, as reviewed files. One file yields registers, measures, call lists and its page.

`read_programmes` reads a whole folder, because slugs are unique over all programmes and a measure of one may ask about
a register of another. Every mistake of every file is told at once, each with its line.
"""

import hashlib
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.language.describe import describe
from placewise.floor.language.names import code_lists as named_code_lists
from placewise.floor.language.names import registers as named_registers
from placewise.floor.language.nodes import In, Node, Registered
from placewise.floor.language.notation import Keys, QuestionReader, nearest
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.yaml_file import Lines, find_faults, read_lines
from placewise.measures.cube import PEOPLE
from placewise.measures.definition import (
    Measure,
    MeasureSection,
    NotMeasuredSection,
    build_measure,
    find_prevalence,
    find_register,
)
from placewise.plans.lists.definition import CallList, CallListSection, build_call_list, plan_list
from placewise.plans.lists.plan import AGE, ListPlan
from placewise.publishing.contract import CaseFinding, MeasureCard, NotMeasured
from placewise.registers.case_finding import Basis
from placewise.registers.definition import Register, build_register, get_question

Status = Literal["draft", "preview", "published", "archived"]
SLUG = r"^[a-z][a-z0-9_]*$"


class PageSection(BaseModel):
    """lead: the measure that stands for the programme."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lead: str


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
    unit: Literal["person"] = "person"
    registers: dict[str, dict[str, Any]] = {}
    case_finding: dict[str, tuple[Basis, ...]] = {}
    measures: dict[str, MeasureSection] = Field(min_length=1)
    not_measured: dict[str, NotMeasuredSection] = {}
    call_lists: dict[str, CallListSection] = {}
    page: PageSection

    @model_validator(mode="after")
    def check_dates(self) -> "ProgrammeFile":
        if self.next_review <= self.reviewed:
            raise ValueError("the next review is not after the last; set next_review to a later date")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A programme, checked. version: the first 8 digits of a hash over the file and its code lists."""

    slug: str
    title: str
    why_it_matters: str
    owner: str
    status: Status
    reviewed: date
    next_review: date
    registers: Mapping[str, Register]
    borrowed: Mapping[str, Node]
    """Registers of other programmes that its questions rest on: answered with it even where those do not run."""
    measures: Mapping[str, Measure]
    not_measured: Mapping[str, NotMeasuredSection]
    case_finding: Mapping[str, tuple[Basis, ...]]
    """By register: how many people should be on it."""
    call_lists: Mapping[str, CallList]
    page: PageSection
    code_lists: frozenset[str]
    """Every code list that its registers, borrowed ones too, measures and call lists name."""
    version: str
    file: str


def read_programmes(folder: Path, code_lists: Mapping[str, CodeList]) -> tuple[Programme, ...]:
    """The programmes of a folder, by slug. Raises FaultsFound with every mistake of every file."""
    faults: list[Fault] = []
    files: list[_File] = []
    for path in sorted(folder.glob("*.yaml")):
        written, found = find_faults(path, ProgrammeFile)
        faults += found
        try:
            files.append(_File(read_lines(path), written))
        except FaultsFound:
            continue  # it is no YAML at all, which is told already
    if not files and not faults:
        raise FaultsFound([Fault(str(folder), None, "there is no programme here", "name a folder of programme files")])
    reader = QuestionReader(code_lists, {slug for file in files for slug in file.section("registers")})
    for file in files:
        file.read_questions(reader)
        faults += [*file.faults, *file.find_unfitting_parts(code_lists)]
    faults += [*_find_repeated_slugs(files), *_find_circles(files)]
    if faults:
        raise FaultsFound(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))
    registers = {slug: file.questions["registers", slug] for file in files for slug in file.section("registers")}
    return tuple(file.build(registers, code_lists) for file in files)


def get_registers(programmes: Iterable[Programme]) -> dict[str, Node]:
    """The definition of every register that these programmes have or rest on."""
    found: dict[str, Node] = {}
    for programme in programmes:
        found |= {**programme.borrowed, **{slug: each.definition for slug, each in programme.registers.items()}}
    return found


def build_list_plans(programmes: Iterable[Programme], code_lists: Mapping[str, CodeList]) -> tuple[ListPlan, ...]:
    """Every call list of these programmes, ready to be made."""
    programmes = tuple(programmes)
    registers = get_registers(programmes)
    return tuple(
        plan_list(each, programme.measures[each.measure], registers, code_lists, programme.slug)
        for programme in programmes
        for each in programme.call_lists.values()
    )


def build_cards(programmes: Iterable[Programme], code_lists: Mapping[str, CodeList]) -> tuple[MeasureCard, ...]:
    """What a page says about each measure of these programmes besides its numbers."""
    programmes = tuple(programmes)
    registers = get_registers(programmes)
    titles = {name: each.title for name, each in code_lists.items()}
    titles |= {slug: each.title for programme in programmes for slug, each in programme.registers.items()}
    return tuple(
        MeasureCard(
            measure=measure.slug,
            title=measure.title,
            programme=programme.slug,
            programme_title=programme.title,
            why_it_matters=programme.why_it_matters,
            unit=measure.unit,
            better=measure.better,
            denominator_means=describe(measure.of, titles),
            numerator_means=describe(measure.count, titles),
            definition=measure.written,
            code_lists=tuple(_card(code_lists[name]) for name in get_code_lists(measure, registers)),
            owner=programme.owner,
            status=programme.status,
            version=measure.version,
            reviewed=programme.reviewed.isoformat(),
            next_review=programme.next_review.isoformat(),
            ambition=measure.ambition.model_dump() if measure.ambition else None,
            lead=measure.slug == programme.page.lead,
            sensitive=measure.sensitive,
            note=measure.note,
            register=find_register(measure),
        )
        for programme in programmes
        for measure in programme.measures.values()
    )


def build_case_finding(
    programmes: Iterable[Programme], stated: Mapping[str, tuple[Basis, ...]]
) -> tuple[CaseFinding, ...]:
    """Each register that somebody says how many people should be on: the programme's own bases, then what the
    deployment states, beside the measure that counts the known and those that count how they are treated."""
    programmes = tuple(programmes)
    registers = get_registers(programmes)
    found = []
    for programme in programmes:
        for slug, register in programme.registers.items():
            bases = (*programme.case_finding.get(slug, ()), *stated.get(slug, ()))
            known = find_prevalence(slug, programme.measures.values())
            if bases and known:
                missing = dict.fromkeys(each.measure for each in programme.call_lists.values() if not each.counted)
                found.append(
                    CaseFinding(
                        register=slug,
                        title=register.title,
                        measure=known.slug,
                        missed_by=tuple(
                            each for each in missing if slug in _rest_on([programme.measures[each].of], registers)
                        ),
                        bases=tuple(each.model_dump() for each in bases),
                    )
                )
    return tuple(found)


def get_not_measured(programmes: Iterable[Programme]) -> tuple[NotMeasured, ...]:
    """Every figure that people ask for and nobody can give yet."""
    return tuple(
        NotMeasured(slug=slug, title=each.title, because=each.because, programme=programme.slug)
        for programme in programmes
        for slug, each in programme.not_measured.items()
    )


def get_code_lists(measure: Measure, registers: Mapping[str, Node]) -> list[str]:
    """Every code list a measure rests on, itself and through registers, in alphabetical order."""
    asked = (measure.of, measure.count)
    nodes = [*asked, *(registers[slug] for slug in _rest_on(asked, registers))]
    return sorted(frozenset[str]().union(*(named_code_lists(node) for node in nodes)))


def _card(code_list: CodeList) -> dict[str, Any]:
    """A code list as MeasureCard.code_lists has it."""
    return {
        "name": code_list.name,
        "title": code_list.title,
        "version": code_list.version,
        "owner": code_list.owner,
        "source": code_list.source,
        "review_date": code_list.review_date.isoformat(),
        "status": code_list.status,
        "codes": len(code_list.rows),
    }


class _File:
    """One programme file on its way from text to Programme. `written` is None where the model found mistakes in it; its
    questions are read even so, so that all its mistakes are told together."""

    def __init__(self, lines: Lines, written: ProgrammeFile | None) -> None:
        self.lines, self.written = lines, written
        self.questions: dict[Keys, Node] = {}
        self.faults: list[Fault] = []

    def section(self, name: str) -> dict[str, Any]:
        """A section as it stands, without the entries that are no groups of keys (told by the model)."""
        data = self.lines.data if isinstance(self.lines.data, dict) else {}
        section = data.get(name)
        return {str(k): v for k, v in section.items() if isinstance(v, dict)} if isinstance(section, dict) else {}

    def read_questions(self, reader: QuestionReader) -> None:
        for keys, question in self._iter_questions():
            if node := reader.read(question, keys):
                self.questions[keys] = node
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
        named: list[tuple[Keys, str | None]] = [(("page", "lead"), written.page.lead)]
        for slug, each in written.call_lists.items():
            named += [(("call_lists", slug, key), getattr(each, key)) for key in ("missed_by", "counted_by")]
        for keys, measure in named:
            if measure is not None and measure not in written.measures:
                yield fault(keys, f"this programme has no measure `{measure}`", nearest(measure, written.measures))
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
            used = sorted(name for name in self._code_lists() if name in code_lists)
            if preview := [name for name in used if code_lists[name].status == "preview"]:
                told = f"it is published, and these code lists are not yet checked: {', '.join(preview)}"
                yield fault(("status",), told, "set status to preview, or have them checked")

    def build(self, registers: Mapping[str, Node], code_lists: Mapping[str, CodeList]) -> Programme:
        written, text = self.written, Path(self.lines.file).read_text(encoding="utf-8")
        assert written is not None, "a file with mistakes is refused before"
        borrowed = {slug: registers[slug] for slug in _rest_on(self.questions.values(), registers)}
        borrowed = {slug: node for slug, node in borrowed.items() if slug not in written.registers}
        used = self._code_lists().union(*(named_code_lists(node) for node in borrowed.values()))
        measures = {}
        for slug, section in written.measures.items():
            asked = [self.questions["measures", slug, part] for part in ("of", "count")]
            measures[slug] = build_measure(
                slug,
                section,
                self.questions,
                unit=written.unit,
                version=_version(asked, registers, code_lists),
                written=_cut(text, self.lines.line("measures", slug)),
            )
        return Programme(
            slug=written.programme,
            title=written.title,
            why_it_matters=written.why_it_matters,
            owner=written.owner,
            status=written.status,
            reviewed=written.reviewed,
            next_review=written.next_review,
            registers={
                slug: build_register(slug, section, self.questions) for slug, section in written.registers.items()
            },
            borrowed=borrowed,
            measures=measures,
            not_measured=written.not_measured,
            case_finding=written.case_finding,
            call_lists={
                slug: build_call_list(slug, section, self.questions) for slug, section in written.call_lists.items()
            },
            page=written.page,
            code_lists=used,
            version=_hash([text, *(_told(code_lists[name]) for name in sorted(used))]),
            file=self.lines.file,
        )

    def _code_lists(self) -> frozenset[str]:
        lists = self.section("call_lists").values()
        shown = {key.split(" ")[0] for each in lists for part in ("first", "show") for key in _listed(each, part)}
        return frozenset(shown - {AGE}).union(*(named_code_lists(node) for node in self.questions.values()))


def _find_repeated_slugs(files: list[_File]) -> Iterator[Fault]:
    """Registers, measures and call lists are each one name space over all programmes, since addresses rest on them."""
    for kind in ("registers", "measures", "call_lists"):
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


def _find_circles(files: list[_File]) -> Iterator[Fault]:
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


def _cut(text: str, line: int) -> str:
    """The section that begins in a line (from 1): that line and those below it that are indented further."""
    lines = text.splitlines()[line - 1 :]
    margin = len(lines[0]) - len(lines[0].lstrip())
    end = next(
        (n for n, each in enumerate(lines[1:], 1) if each.strip() and len(each) - len(each.lstrip()) <= margin), None
    )
    return textwrap.dedent("\n".join(lines[:end])).strip()


def _rest_on(asked: Iterable[Node], registers: Mapping[str, Node]) -> list[str]:
    """Every register that these questions rest on, one through another, in alphabetical order."""
    found: set[str] = set()
    waiting = [slug for node in asked for slug in named_registers(node)]
    while waiting:
        if (slug := waiting.pop()) not in found:
            found.add(slug)
            waiting += named_registers(registers[slug])
    return sorted(found)


def _version(asked: list[Node], registers: Mapping[str, Node], code_lists: Mapping[str, CodeList]) -> str:
    """A hash over questions, the registers they rest on and all their code lists."""
    under = {slug: registers[slug] for slug in _rest_on(asked, registers)}
    used = frozenset[str]().union(*(named_code_lists(node) for node in [*asked, *under.values()]))
    said = [*map(repr, asked), *(f"{slug}={node!r}" for slug, node in under.items())]
    return _hash([*said, *(_told(code_lists[name]) for name in sorted(used))])


def _told(code_list: CodeList) -> str:
    return f"{code_list.name} {code_list.version} {sorted(code_list.concept_ids)}"


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
