"""The icons of 'Making Data Count', each with its words: the words carry the meaning, and the shape repeats it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """what: variation or assurance; kind: how it is drawn (common, improvement, concern, neutral, none; pass, fail,
    inconsistent); letter: in the middle, "" for none."""

    what: str
    kind: str
    letter: str
    words: str
