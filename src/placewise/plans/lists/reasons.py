"""Why a person is on a list, in the words of their record: what makes them eligible, and what is missing or too old."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.language.names import codes_of
from placewise.floor.language.nodes import (
    AllOf,
    AnyOf,
    Began,
    Count,
    Ended,
    Has,
    In,
    Latest,
    Node,
    Not,
    Nth,
    OnMedicine,
    Ordered,
    Reading,
    Resolved,
    Value,
)
from placewise.floor.timeline.events import Events
from placewise.plans.lists import recorded
from placewise.plans.lists.recorded import Rows, date_words, number_words

Line = tuple[Node, bool]
"""A question about records, and whether its absence is told: "none recorded"."""


def find_lines(denominator: Node, numerator: Node, registers: Mapping[str, Node]) -> list[Line]:
    """What to tell of somebody in the denominator and not in the numerator, each code list once, in written order.

    Of the denominator, what is recorded. Of the numerator, also what is not: it is what the person is called for.
    """
    lines: dict[tuple[str, ...], Line] = {}
    for node, wanted in iter_leaves(denominator, registers):
        if wanted:
            lines.setdefault(_codes(node), (node, False))
    for node, wanted in iter_leaves(numerator, registers):
        lines[_codes(node)] = (node, wanted)
    return list(lines.values())


def find_exclusion_lines(exclude: Node, registers: Mapping[str, Node]) -> list[Line]:
    """What to tell of somebody who is not to be called: what is recorded, never what is not."""
    return [(node, False) for node, wanted in iter_leaves(exclude, registers) if wanted]


def iter_leaves(node: Node, registers: Mapping[str, Node], wanted: bool = True) -> Iterator[tuple[Node, bool]]:
    """The questions about records inside a question, registers opened, and whether each is to hold or not to hold."""
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            for each in nodes:
                yield from iter_leaves(each, registers, wanted)
        case Began(inner):
            yield from iter_leaves(inner, registers, wanted)
        case Not(inner) | Ended(inner):
            yield from iter_leaves(inner, registers, not wanted)
        case In(register):
            yield from iter_leaves(registers[register], registers, wanted)
        case Has() | Resolved() | Ordered() | Nth() | Count() | Latest() | OnMedicine():
            yield node, wanted
        case Value(codes, asked, within):
            yield Latest((Reading(((codes, asked),)),), within), wanted


def build_reasons(lines: Sequence[Line], events: Events, rows: Rows, last_day: int, titles: Mapping[str, str]) -> Any:
    """For each of the people, the sentences that hold of them. titles: code list -> its title."""
    told = [_tell(node, absence, events, rows, last_day, titles) for node, absence in lines]
    if not told:
        return pa.array([[]] * len(rows), pa.list_(pa.string()))
    by_person = np.arange(len(rows) * len(told)).reshape(len(told), len(rows)).T.ravel()
    sentences = pa.concat_arrays(told).take(by_person)
    kept = pc.is_valid(sentences).to_numpy(zero_copy_only=False).reshape(len(rows), len(told)).sum(axis=1)
    offsets = np.concatenate([[0], np.cumsum(kept)]).astype(np.int32)
    starts: Any = pa.array(offsets)
    return pa.ListArray.from_arrays(starts, sentences.drop_null())


def _tell(node: Node, absence: bool, events: Events, rows: Rows, last_day: int, titles: Mapping[str, str]) -> Any:
    """One question's sentence for each person, null where there is nothing to tell."""
    match node:
        case Latest(readings):
            sentences: Any = pa.nulls(len(rows), pa.string())
            latest_day = np.full(len(rows), recorded.NEVER, np.int32)
            for reading in readings:
                found = recorded.get_latest_reading(events, reading, rows, last_day)
                parts = zip(reading.parts, found.values, strict=True)
                values = [_join(titles[codes], ": ", number_words(value)) for (codes, _), value in parts]
                said = _join(*_between(values, " with "), ", ", date_words(found.day))
                later = found.day > latest_day
                sentences = pc.if_else(pa.array(later), said, sentences)
                latest_day = np.maximum(latest_day, found.day)
            name = " with ".join(titles[codes] for codes, _ in readings[0].parts)
        case OnMedicine(codes):
            issue = recorded.get_latest_event(events.of[codes], rows, last_day)
            name, sentences = titles[codes], _join(titles[codes], ": last issued ", date_words(issue.day))
        case Has(codes) | Resolved(_, codes) | Ordered(codes) | Nth(codes) | Count(codes):
            event = recorded.get_latest_event(events.of[codes], rows, last_day)
            name, sentences = titles[codes], _join(titles[codes], ": recorded ", date_words(event.day))
        case _:
            raise TypeError(f"{type(node).__name__} asks nothing of the record")
    return pc.fill_null(sentences, f"{name}: none recorded") if absence else sentences


def _join(*parts: Any) -> Any:
    """Words put together person by person; null where a part is."""
    return pc.binary_join_element_wise(*parts, "")


def _between(parts: Sequence[Any], word: str) -> list[Any]:
    return [each for part in parts for each in (word, part)][1:]


def _codes(node: Node) -> tuple[str, ...]:
    """The code lists of a question that has some of its own: what tells it apart as a sentence."""
    match node:
        case Has(codes) | Ordered(codes) | Resolved(_, codes):
            return (codes,)
    return codes_of(node)
