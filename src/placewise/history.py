"""Every definition a measure ever had in a store, and what changed from one to the next.

STORE/definitions/MEASURE/VERSION.json    what the measure asked, with its registers and code lists, and when a build
                                          first used it; written once and never changed
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from placewise.definitions import Definitions
from placewise.floor.folders import read_json, write_whole
from placewise.floor.language.changes import Record, record_question, record_words, tell_changes
from placewise.measures.definition import Measure
from placewise.measures.unit_definition import UnitMeasure
from placewise.measures.unit_words import describe_denominator, describe_numerator
from placewise.programme import get_code_lists, get_registers, get_registers_under, get_titles

DEFINITIONS = "definitions"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureVersion:
    """One version.

    of, count: of whom it is asked and who counts; of a measure of other units, what it is of and what counts, in words
    alone. first_built: UTC, ISO 8601. registers: slug -> title and question. code_lists: name -> title, version and
    codes ("SNOMED 49436004" -> its term).
    """

    measure: str
    version: str
    first_built: str
    of: Record
    count: Record
    registers: Mapping[str, dict[str, Any]]
    code_lists: Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The version before: since when it was used (YYYY-MM-DD), and what changed after it, a sentence each."""

    version: str
    since: str
    changes: tuple[str, ...]


def describe_versions(definitions: Definitions) -> dict[str, MeasureVersion]:
    """Each measure as these definitions have it, as if first built now."""
    registers = get_registers(definitions.programmes)
    titles = get_titles(definitions.programmes, definitions.code_lists)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    described = {}
    for measure in (each for programme in definitions.programmes for each in programme.all_measures):
        of, count = _record_questions(measure, titles)
        described[measure.slug] = MeasureVersion(
            measure=measure.slug,
            version=measure.version,
            first_built=now,
            of=of,
            count=count,
            registers={
                name: {"title": titles.get(name, name), "asks": record_question(registers[name], titles)}
                for name in get_registers_under(measure, registers)
            },
            code_lists={name: _record_codes(definitions, name) for name in get_code_lists(measure, registers)},
        )
    return described


def record_definitions(store: Path, definitions: Definitions) -> None:
    """Keep each version that the store does not know yet: a build calls this as it comes into force."""
    for slug, described in describe_versions(definitions).items():
        path = store / DEFINITIONS / slug / f"{described.version}.json"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(asdict(described), sort_keys=True, indent=2, ensure_ascii=False) + "\n")


def read_versions(store: Path, measure: str) -> list[MeasureVersion]:
    """Every version a build of this store used, the latest first."""
    found = [MeasureVersion(**read_json(path)) for path in (store / DEFINITIONS / measure).glob("*.json")]
    return sorted(found, key=lambda each: each.first_built, reverse=True)


def find_previous(store: Path, now: MeasureVersion) -> Previous | None:
    """The version that was first built last, other than this one; None where the store knows no other."""
    before = next((each for each in read_versions(store, now.measure) if each.version != now.version), None)
    if before is None:
        return None
    return Previous(version=before.version, since=before.first_built[:10], changes=tell_difference(before, now))


def find_all_previous(store: Path, definitions: Definitions) -> dict[str, Previous]:
    """The version before, of each measure that has one."""
    found = {slug: find_previous(store, each) for slug, each in describe_versions(definitions).items()}
    return {slug: each for slug, each in found.items() if each}


def tell_difference(before: MeasureVersion, now: MeasureVersion) -> tuple[str, ...]:
    """A sentence each, without a full stop."""
    sentences = [f"of whom or what: {each}" for each in tell_changes(before.of, now.of)]
    sentences += [f"what counts: {each}" for each in tell_changes(before.count, now.count)]
    for slug in now.registers.keys() & before.registers.keys():
        old, new = before.registers[slug], now.registers[slug]
        sentences += [f"register “{new['title']}”: {each}" for each in tell_changes(old["asks"], new["asks"])]
    sentences += _tell_code_lists(before.code_lists, now.code_lists)
    return tuple(sentences) or ("it asks the same of the same codes; only how it is kept has changed",)


def _record_questions(measure: Measure | UnitMeasure, titles: Mapping[str, str]) -> tuple[Record, Record]:
    """Of whom or what, and which of them count."""
    if isinstance(measure, UnitMeasure):
        return record_words(describe_denominator(measure, titles)), record_words(describe_numerator(measure, titles))
    return record_question(measure.of, titles), record_question(measure.count, titles)


def _record_codes(definitions: Definitions, name: str) -> dict[str, Any]:
    held = definitions.code_lists[name]
    codes = {f"{row.vocabulary} {row.code}": row.term for row in held.rows}
    return {"title": held.title, "version": held.version, "codes": codes}


def _tell_code_lists(before: Mapping[str, dict[str, Any]], now: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name)
        if old is None or new is None:
            held = new or old or {}
            told = "is used as well" if new else "is used no more"
            yield f"the code list “{held['title']}” {told} (version {held['version']}, {len(held['codes'])} codes)"
            continue
        if old["version"] != new["version"]:
            same = ", with the same codes" if old["codes"].keys() == new["codes"].keys() else ""
            yield f"the code list “{new['title']}” went from version {old['version']} to {new['version']}{same}"
        for held, other, word in ((new, old, "added to"), (old, new, "removed from")):
            codes = [f"{code} ({term})" for code, term in held["codes"].items() if code not in other["codes"]]
            if codes:
                counted = "1 code was" if len(codes) == 1 else f"{len(codes)} codes were"
                yield f"{counted} {word} the code list “{new['title']}”: {', '.join(codes)}"
