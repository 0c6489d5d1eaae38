"""What is asked of a value: `>= 2`, `<= 140`, `45 to 64`, or only that it was recorded."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_OPERATORS = {"<": operator.lt, "<=": operator.le, "=": operator.eq, ">=": operator.ge, ">": operator.gt}
_IN_WORDS = {"<": "under", "<=": "or less", "=": "exactly", ">=": "or more", ">": "over"}
_NUMBER = r"-?\d+(?:\.\d+)?"
RECORDED = "recorded"
HOW_TO_WRITE = "write it like `>= 2`, `< 80`, `45 to 64` or `recorded`"


@dataclass(frozen=True, slots=True)
class Comparison:
    """symbol: <, <=, =, >=, >, `to` (both ends included) or `recorded` (any value at all).

    number: what to compare with, or the lower end; upper: the upper end of `to`, else None.
    """

    symbol: str
    number: float | None = None
    upper: float | None = None

    def __post_init__(self) -> None:
        if self.symbol not in (*_OPERATORS, "to", RECORDED):
            raise ValueError(f"`{self.symbol}` compares nothing; {HOW_TO_WRITE}")
        if (self.number is None) != (self.symbol == RECORDED) or (self.upper is None) == (self.symbol == "to"):
            raise ValueError(f"`{self.symbol}` has too few or too many numbers; {HOW_TO_WRITE}")
        if self.number is not None and self.upper is not None and self.number > self.upper:
            raise ValueError(f"`{self}` holds for nothing; put the smaller number first")

    @classmethod
    def parse(cls, text: object) -> "Comparison":
        """From its notation. Raises ValueError, with the remedy after a semicolon."""
        written = str(text).strip()
        if written == RECORDED:
            return cls(RECORDED)
        if match := re.fullmatch(rf"(<=|>=|<|>|=)\s*({_NUMBER})", written):
            return cls(match[1], float(match[2]))
        if match := re.fullmatch(rf"({_NUMBER})\s+to\s+({_NUMBER})", written):
            return cls("to", float(match[1]), float(match[2]))
        raise ValueError(f"`{written}` is not a comparison; {HOW_TO_WRITE}")

    def holds(self, value: Any) -> Any:
        """Whether it holds of a number, or of each of an array of numbers. Of a missing number (NaN) it never holds."""
        if self.symbol == RECORDED:
            return value == value
        if self.symbol == "to":
            return (value >= self.number) & (value <= self.upper)
        compare: Callable[[Any, Any], Any] = _OPERATORS[self.symbol]
        return compare(value, self.number)

    @property
    def in_words(self) -> str:
        """In English: "2 or more", "under 80", "45 to 64", "recorded"."""
        if self.symbol in (RECORDED, "to"):
            return str(self)
        phrase = _IN_WORDS[self.symbol]
        return f"{self.number:g} {phrase}" if phrase.startswith("or ") else f"{phrase} {self.number:g}"

    def __str__(self) -> str:
        if self.symbol == RECORDED:
            return RECORDED
        return f"{self.number:g} to {self.upper:g}" if self.symbol == "to" else f"{self.symbol} {self.number:g}"
