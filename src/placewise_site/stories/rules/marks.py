"""Where a message says a figure it names the claim: {F076} as it was stated, {F074|number}, {F075|word} for a small
number in letters, {F080|day} or {F080|statement}.

So no figure of a message is typed, what is told is what the claim says, and a claim that is removed is gone from the
message too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

HOW = ("", "number", "word", "day", "statement")
MARK = re.compile(r"\{(?P<claim>[\w.-]+)(?:\|(?P<how>\w+))?\}")
WORDS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands", "million", "millions", "billion", "billions",
    "dozen", "dozens", "half", "third", "thirds", "quarter", "quarters", "twice", "double",
)  # fmt: skip
"""Numbers in letters; "one" is also a pronoun, and so is let through."""
NUMBER = re.compile(rf"£?\d[\d.,:/-]*\d%?|£?\d%?|\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^\n]+?(?:[.!?](?=\s|$)|(?=\n|$))")


@dataclass(frozen=True, slots=True)
class Mark:
    claim: str
    how: str


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A number that no claim stands behind, and the sentence it is in."""

    number: str
    sentence: str

    @property
    def told(self) -> str:
        return (
            f"The number {self.number} in “{self.sentence}” has no claim: record it with its source and write its name "
            "between braces, or take it out."
        )


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of a message; claim: the name of the claim they say, or ""."""

    words: str
    claim: str


def find_marks(text: str) -> list[Mark]:
    return [Mark(each["claim"], each["how"] or "") for each in MARK.finditer(text)]


def find_unclaimed(text: str) -> list[Unclaimed]:
    """Numbers outside marks, in figures or letters, each with its sentence as it is written."""
    blank = MARK.sub(lambda found: "\0" * len(found[0]), text)
    return [
        Unclaimed(number[0], text[sentence.start() : sentence.end()].strip())
        for sentence in SENTENCE.finditer(blank)
        for number in NUMBER.finditer(sentence[0])
    ]


def render(text: str, say: Callable[[Mark], str]) -> list[Segment]:
    """The message in segments. say: what a mark's claim says."""
    segments, at = [], 0
    for found in MARK.finditer(text):
        segments.append(Segment(text[at : found.start()], ""))
        mark = Mark(found["claim"], found["how"] or "")
        segments.append(Segment(say(mark), mark.claim))
        at = found.end()
    return [each for each in (*segments, Segment(text[at:], "")) if each.words]
