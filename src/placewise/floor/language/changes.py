"""What a question asks as data that outlives the software that wrote it, and how two such records differ, in sentences.

A record is {"asks": the kind of question, "told": in plain English, "about": titles of the code lists or register,
"settings": {"period": "6 months"}, "inside": [records]}.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from placewise.floor.language.comparison import Comparison
from placewise.floor.language.describe import describe
from placewise.floor.language.names import codes_of, inside
from placewise.floor.language.nodes import AllOf, In, Node, Reading
from placewise.floor.language.period import Days, FinancialYear, Months

Record = dict[str, Any]

_WORDS = {
    "within": "period",
    "at_least": "number of days needed",
    "n": "number in order",
    "comparison": "value",
    "years": "age",
    "near": "time between the two",
    "since": "time looked back",
}
"""What to call a setting; one that is not here is called by its own name."""


def record_question(node: Node, titles: Mapping[str, str]) -> Record:
    """titles: of code lists and registers."""
    about = (node.register,) if isinstance(node, In) else codes_of(node)
    return {
        "asks": type(node).__name__,
        "told": describe(node, titles),
        "about": [titles.get(name, name) for name in about],
        "settings": dict(_settings(node, titles)),
        "inside": [record_question(each, titles) for each in inside(node)],
    }


def record_words(told: str) -> Record:
    """Of what is asked in words alone."""
    return {"asks": "words", "told": told, "about": [], "settings": {}, "inside": []}


def tell_changes(before: Record, after: Record) -> list[str]:
    """A sentence for each difference, without a full stop; none where both ask the same."""
    return list(_compare(_conditions(before), _conditions(after)))


def _settings(node: Node, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is set of a question: its periods, numbers and comparisons."""
    for field in fields(node):
        value = getattr(node, field.name)
        word = _WORDS.get(field.name, field.name.replace("_", " "))
        if isinstance(value, Comparison):
            yield word, value.in_words
        elif isinstance(value, Months | Days | FinancialYear):
            yield word, str(value)
        elif isinstance(value, int) and value is not False:
            yield word, "yes" if value is True else str(value)
        elif isinstance(value, tuple):
            for reading in (each for each in value if isinstance(each, Reading)):
                yield from (
                    (f"value of “{titles.get(codes, codes)}”", asked.in_words) for codes, asked in reading.parts
                )


def _conditions(record: Record) -> list[Record]:
    """A question is a list of conditions that all must hold, so that one more reads as one added."""
    return record["inside"] if record["asks"] == AllOf.__name__ else [record]


def _compare(before: list[Record], after: list[Record]) -> Iterator[str]:
    """Equal parts say nothing; parts of one kind about the same thing are compared; the rest came or went."""
    gone = [each for each in before if each not in after]
    new = [each for each in after if each not in before]
    for old in gone:
        match = next((each for each in new if _subject(each) == _subject(old)), None)
        if match is None:
            yield f"left out: {old['told']}"
        else:
            new.remove(match)
            yield from _compare_part(old, match)
    yield from (f"added: {each['told']}" for each in new)


def _subject(record: Record) -> tuple[str, tuple[str, ...]]:
    return record["asks"], tuple(record["about"][:1])


def _compare_part(old: Record, new: Record) -> Iterator[str]:
    told = False
    of = f" of “{new['about'][0]}”" if new["about"] else ""
    for word in dict.fromkeys([*old["settings"], *new["settings"]]):
        was, now = (each["settings"].get(word) for each in (old, new))
        if was != now:
            told = True
            yield _tell_setting(word if word.startswith("value of") else f"{word}{of}", was, now)
    for sentence in _compare(old["inside"], new["inside"]):
        told = True
        yield sentence
    if not told:
        yield f"was: {old['told']}; is now: {new['told']}"


def _tell_setting(what: str, was: str | None, now: str | None) -> str:
    if was is None:
        return f"the {what} is now {now}; none was set before"
    if now is None:
        return f"the {what} is no longer set; it was {was}"
    return f"the {what} changed from {was.replace(' to ', '–')} to {now.replace(' to ', '–')}"
