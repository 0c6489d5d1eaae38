"""Units, and questions about them, as people write them in YAML.

{kind: item, each: antibacterials}
{kind: pregnancy, from: pregnancy_codes, to: pregnancy_ended_codes, longest: 300 days}
{kind: pathway, from: af_codes, to: anticoagulants, longest: 5 years, first_ever: true}

each                         {lasted: "<= 62 days"}       {all: [QUESTION, ...]}
{during: CODES}              {lasted: "> 18 weeks"}       {any: [QUESTION, ...]}
{ended_by: CODES}            {person: QUESTION}           {not: QUESTION}
"""

import re
from typing import Any, get_args

from placewise.floor.faults import listed, nearest
from placewise.floor.language.comparison import Comparison
from placewise.floor.language.entry import Keys, NoQuestion, as_mistake
from placewise.floor.language.notation import QuestionReader
from placewise.floor.language.period import FinancialYear, parse_period
from placewise.floor.language.units import (
    AllOfUnit,
    AnyOfUnit,
    Between,
    During,
    Each,
    EndedBy,
    EveryUnit,
    Kind,
    Lasted,
    NotOfUnit,
    OfPerson,
    Unit,
    UnitNode,
)

EACH = "each"
KINDS: tuple[str, ...] = get_args(Kind)
PRIMITIVES = ("lasted", "during", "ended_by", "person", "all", "any", "not")
_UNIT_KEYS = {"title", "kind", "each", "from", "to", "longest", "first_ever"}
_HOW_LONG = "write it like `<= 62 days` or `> 18 weeks`"


def read_unit(written: Any, keys: Keys, reader: QuestionReader) -> Unit | None:
    """The unit in a section, or None where a mistake in it was noted with the reader."""
    before = len(reader.mistakes)
    unit = None
    try:
        unit = _unit(written, keys, reader)
    except ValueError as error:
        if len(reader.mistakes) == before:
            reader.mistakes.append(as_mistake(keys, error))
    return unit if len(reader.mistakes) == before else None


def read_unit_question(written: Any, keys: Keys, reader: QuestionReader) -> UnitNode | None:
    """The question about a unit at these keys, or None where a mistake in it was noted with the reader."""
    before = len(reader.mistakes)
    node = None
    try:
        node = _question(written, keys, reader)
    except ValueError as error:
        if len(reader.mistakes) == before:
            reader.mistakes.append(as_mistake(keys, error))
    return node if len(reader.mistakes) == before else None


def _unit(written: dict[str, Any], keys: Keys, reader: QuestionReader) -> Unit:
    for key in written.keys() - _UNIT_KEYS:
        told = f"`{key}` is not a key here; {nearest(str(key), _UNIT_KEYS)}"
        reader.mistakes.append(as_mistake((*keys, key), NoQuestion(told)))
    if written.get("kind") not in KINDS:
        raise NoQuestion(f"`{written.get('kind')}` is no kind of unit; write {listed(KINDS)}")
    first_ever = written.get("first_ever", False)
    if not isinstance(first_ever, bool):
        raise NoQuestion("`first_ever` is neither true nor false; write true or leave it out")
    if ("each" in written) == ("from" in written):
        raise NoQuestion("where it starts is not told; write `each`, or `from`, `to` and `longest`")
    if "each" in written:
        if spare := written.keys() & {"to", "longest", "first_ever"}:
            raise NoQuestion(f"`each` has its own first and last day; remove {listed(sorted(spare))}")
        return Each(_code_list(written["each"], (*keys, "each"), reader))
    if missing := {"to", "longest"} - written.keys():
        raise NoQuestion(f"where it ends is not told; add {listed(sorted(missing))}")
    longest = parse_period(written["longest"])
    if isinstance(longest, FinancialYear):
        raise NoQuestion("a unit does not end with the year; write how long it may last, like `300 days`")
    return Between(
        _code_list(written["from"], (*keys, "from"), reader),
        _code_list(written["to"], (*keys, "to"), reader),
        longest,
        first_ever,
    )


def _question(written: Any, keys: Keys, reader: QuestionReader) -> UnitNode:
    if written == EACH:
        return EveryUnit()
    if not isinstance(written, dict) or len(written) != 1 or next(iter(written)) not in PRIMITIVES:
        raise NoQuestion(f"this is no question about a unit; write {EACH} or one of {listed(PRIMITIVES)}")
    ((primitive, value),) = written.items()
    here = (*keys, primitive)
    match primitive:
        case "lasted":
            return Lasted(parse_length(value))
        case "during":
            return During(_code_list(value, here, reader))
        case "ended_by":
            return EndedBy(_code_list(value, here, reader))
        case "not":
            return NotOfUnit(read_unit_question(value, here, reader) or EveryUnit())
        case "person":
            node = reader.read(value, here)
            return OfPerson(node) if node else EveryUnit()
    if not isinstance(value, list):
        raise NoQuestion(f"`{primitive}` is not a list of questions; start each with a dash")
    read = [read_unit_question(each, (*here, place), reader) for place, each in enumerate(value)]
    nodes = tuple(each for each in read if each is not None)
    return AllOfUnit(nodes) if primitive == "all" else AnyOfUnit(nodes)


def parse_length(text: object) -> Comparison:
    """A comparison of days from its notation in days or weeks. Raises ValueError, the remedy after a semicolon."""
    match = re.fullmatch(r"(.*\d)\s*(day|week)s?", str(text).strip())
    if not match:
        raise ValueError(f"`{text}` is no length of time; {_HOW_LONG}")
    compared = Comparison.parse(match[1])
    if match[2] == "day":
        return compared
    upper = None if compared.upper is None else compared.upper * 7
    return Comparison(compared.symbol, (compared.number or 0) * 7, upper)


def _code_list(name: Any, keys: Keys, reader: QuestionReader) -> str:
    reader.check_code_list(name, keys)
    return str(name)
