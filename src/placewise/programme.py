"""Programmes: what we do, as reviewed files. One file yields registers, measures, call lists and its page.

`read_programmes` reads a whole folder, because slugs are unique over all programmes and a measure of one may ask about
a register of another. Every mistake of every file is told at once, each with its line.
"""

import hashlib
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placewise.door.definition import Recipient
from placewise.floor.faults import Fault, FaultsFound, nearest, refuse
from placewise.floor.language.names import code_lists as named_code_lists
from placewise.floor.language.names import registers_under
from placewise.floor.language.nodes import Node
from placewise.floor.language.notation import QuestionReader
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.units import PLAIN_NUMBER
from placewise.floor.yaml_file import find_faults, read_lines
from placewise.measures.definition import (
    Measure,
    NotMeasuredSection,
    build_measure,
)
from placewise.measures.unit_definition import UnitMeasure, build_unit_measure
from placewise.measures.unit_measure import Asked
from placewise.measures.weights import NO_WEIGHTS, Weights
from placewise.plans.impact.definition import ImpactSection
from placewise.plans.lists.definition import CallList, build_call_list, plan_list
from placewise.plans.lists.plan import ListPlan
from placewise.programme_file import (
    PageSection,
    ProgrammeFile,
    PublishedSection,
    Status,
    WrittenFile,
    find_circles,
    find_repeated_slugs,
    find_unknown_completeness,
)
from placewise.registers.case_finding import Basis
from placewise.registers.definition import Register, build_register


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
    """Shares of people."""
    unit_measures: Mapping[str, UnitMeasure]
    """Every other: shares of other units, rates, means and medians."""
    published: Mapping[str, PublishedSection]
    """Figures of their publishers that it rests on, by series."""
    not_measured: Mapping[str, NotMeasuredSection]
    case_finding: Mapping[str, tuple[Basis, ...]]
    """By register: how many people should be on it."""
    call_lists: Mapping[str, CallList]
    impact: Mapping[str, ImpactSection]
    """By measure: what treating those whom it misses does, good and bad."""
    page: PageSection
    code_lists: frozenset[str]
    """Every code list that its registers, borrowed ones too, measures and call lists name."""
    version: str
    file: str

    @property
    def all_measures(self) -> tuple[Measure | UnitMeasure, ...]:
        return (*self.measures.values(), *self.unit_measures.values())


def read_programmes(
    folder: Path, code_lists: Mapping[str, CodeList], weights: Mapping[str, Weights] = NO_WEIGHTS
) -> tuple[Programme, ...]:
    """The programmes of a folder, by slug. Raises FaultsFound with every mistake of every file."""
    faults: list[Fault] = []
    files: list[WrittenFile] = []
    for path in sorted(folder.glob("*.yaml")):
        written, found = find_faults(path, ProgrammeFile)
        faults += found
        try:
            files.append(WrittenFile(read_lines(path), written))
        except FaultsFound:
            continue  # it is no YAML at all, which is told already
    if not files and not faults:
        raise FaultsFound([Fault(str(folder), None, "there is no programme here", "name a folder of programme files")])
    reader = QuestionReader(code_lists, {slug for file in files for slug in file.section("registers")})
    for file in files:
        file.read_questions(reader, weights)
        faults += [*file.faults, *file.find_unfitting_parts(code_lists)]
    faults += [*find_repeated_slugs(files), *find_circles(files), *find_unknown_completeness(files)]
    if faults:
        raise FaultsFound(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))
    registers = {slug: file.questions["registers", slug] for file in files for slug in file.section("registers")}
    return tuple(_build(file, registers, code_lists) for file in files)


def get_registers(programmes: Iterable[Programme]) -> dict[str, Node]:
    """The definition of every register that these programmes have or rest on."""
    found: dict[str, Node] = {}
    for programme in programmes:
        found |= {**programme.borrowed, **{slug: each.definition for slug, each in programme.registers.items()}}
    return found


def get_titles(programmes: Iterable[Programme], code_lists: Mapping[str, CodeList]) -> dict[str, str]:
    """The titles of all code lists and of the registers of these programmes."""
    titles = {name: each.title for name, each in code_lists.items()}
    return titles | {slug: each.title for programme in programmes for slug, each in programme.registers.items()}


def find_measure(measure: str, programmes: Iterable[Programme]) -> Measure | UnitMeasure:
    """Raises FaultsFound where none of these programmes has a measure of this name."""
    found = {each.slug: each for programme in programmes for each in programme.all_measures}
    if measure not in found:
        raise refuse(measure, "there is no measure of this name", nearest(measure, found))
    return found[measure]


def get_sensitive_registers(programmes: Iterable[Programme]) -> frozenset[str]:
    """The registers behind sensitive measures: those their questions ask about, and those that these rest on."""
    programmes = tuple(programmes)
    sensitive = [each for programme in programmes for each in programme.all_measures if each.sensitive]
    asked = [node for each in sensitive for node in each.people_questions]
    return frozenset(registers_under(asked, get_registers(programmes)))


NOBODY_ELSE: Mapping[str, Recipient] = {}
"""A deployment that names nobody to anyone but the practices that treat them."""


def build_list_plans(
    programmes: Iterable[Programme],
    code_lists: Mapping[str, CodeList],
    recipients: Mapping[str, Recipient] = NOBODY_ELSE,
) -> tuple[ListPlan, ...]:
    """Every call list of these programmes that goes to practices or to one of the recipients, ready to be made."""
    programmes = tuple(programmes)
    registers = get_registers(programmes)
    return tuple(
        plan_list(
            each,
            programme.measures[each.measure],
            registers,
            code_lists,
            programme.slug,
            recipients[each.recipient] if each.recipient else None,
        )
        for programme in programmes
        for each in programme.call_lists.values()
        if each.recipient is None or each.recipient in recipients
    )


def get_code_lists(measure: Measure | UnitMeasure, registers: Mapping[str, Node]) -> list[str]:
    """Every code list a measure rests on, itself and through registers, in alphabetical order."""
    own = measure.asked.code_lists if isinstance(measure, UnitMeasure) else frozenset[str]()
    return sorted(own.union(_find_code_lists(measure.people_questions, registers)))


def get_registers_under(measure: Measure | UnitMeasure, registers: Mapping[str, Node]) -> list[str]:
    """Every register a measure rests on, one through another, in alphabetical order."""
    return registers_under(measure.people_questions, registers)


def _find_code_lists(asked: Collection[Node], registers: Mapping[str, Node]) -> list[str]:
    nodes = [*asked, *(registers[slug] for slug in registers_under(asked, registers))]
    return sorted(frozenset[str]().union(*(named_code_lists(node) for node in nodes)))


def _build(file: WrittenFile, registers: Mapping[str, Node], code_lists: Mapping[str, CodeList]) -> Programme:
    written, text = file.written, Path(file.lines.file).read_text(encoding="utf-8")
    assert written is not None, "a file with mistakes is refused before"
    borrowed = {slug: registers[slug] for slug in registers_under(file.find_people_questions(), registers)}
    borrowed = {slug: node for slug, node in borrowed.items() if slug not in written.registers}
    used = file.find_code_lists().union(*(named_code_lists(node) for node in borrowed.values()))
    measures, unit_measures = {}, {}
    for slug, section in written.measures.items():
        cut = _cut(text, file.lines.line("measures", slug))
        if section.is_share_of_people:
            nodes = [file.questions["measures", slug, part] for part in ("of", "count")]
            version = _version(nodes, registers, code_lists)
            measures[slug] = build_measure(slug, section, file.questions, version=version, written=cut)
        else:
            asked, unit = file.asked[slug], written.units.get(section.unit, {})
            of_units = asked.per_units.unit if asked.per_units else ""
            unit_measures[slug] = build_unit_measure(
                slug,
                section,
                asked,
                unit_title=_get_unit_title(section.unit, written.units),
                kind=str(unit.get("kind", section.unit)),
                of_units=_get_unit_title(of_units, written.units) if of_units else "",
                version=_version(asked.people_questions, registers, code_lists, asked),
                written=cut,
            )
    return Programme(
        slug=written.programme,
        title=written.title,
        why_it_matters=written.why_it_matters,
        owner=written.owner,
        status=written.status,
        reviewed=written.reviewed,
        next_review=written.next_review,
        registers={slug: build_register(slug, section, file.questions) for slug, section in written.registers.items()},
        borrowed=borrowed,
        measures=measures,
        unit_measures=unit_measures,
        published=written.published,
        not_measured=written.not_measured,
        case_finding=written.case_finding,
        call_lists={
            slug: build_call_list(slug, section, file.questions) for slug, section in written.call_lists.items()
        },
        impact=written.impact,
        page=written.page,
        code_lists=used,
        version=_hash([text, *(_told(code_lists[name]) for name in sorted(used))]),
        file=file.lines.file,
    )


def _get_unit_title(slug: str, units: Mapping[str, Mapping[str, object]]) -> str:
    return str(units.get(slug, {}).get("title", slug.replace("_", " ")))


def _cut(text: str, line: int) -> str:
    """The section that begins in a line (from 1): that line and those below it that are indented further."""
    lines = text.splitlines()[line - 1 :]
    margin = len(lines[0]) - len(lines[0].lstrip())
    end = next(
        (n for n, each in enumerate(lines[1:], 1) if each.strip() and len(each) - len(each.lstrip()) <= margin), None
    )
    return textwrap.dedent("\n".join(lines[:end])).strip()


def _version(
    asked: Sequence[Node],
    registers: Mapping[str, Node],
    code_lists: Mapping[str, CodeList],
    of_units: Asked | None = None,
) -> str:
    """A hash over questions, the registers they rest on and all their code lists. of_units: what else is asked."""
    under = {slug: registers[slug] for slug in registers_under(asked, registers)}
    said = [*map(repr, asked), *(f"{slug}={node!r}" for slug, node in under.items())]
    named = set(_find_code_lists(asked, registers))
    if of_units is not None:
        said.append(repr(of_units))
        named |= of_units.code_lists
    return _hash([*said, *(_told(code_lists[name]) for name in sorted(named))])


def _told(code_list: CodeList) -> str:
    said = f"{code_list.name} {code_list.version} {sorted(code_list.concept_ids)}"
    return said if code_list.unit == PLAIN_NUMBER else f"{said} {code_list.unit} {code_list.quantity}".rstrip()


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]
