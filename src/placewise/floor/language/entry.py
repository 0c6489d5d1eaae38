"""A group of keys as written in a file, `{has: af_codes, within: 12 months}`: its values read, each mistake noted.

Where a value is mistaken the mistake is noted and something harmless stands in its place, so that reading goes on and
one pass finds all mistakes.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from placewise.floor.faults import listed, nearest
from placewise.floor.language.comparison import RECORDED, Comparison
from placewise.floor.language.period import Days, Months, Period, parse_days, parse_months, parse_period
from placewise.floor.vocabulary.code_lists import VALUED, CodeList

T = TypeVar("T")
Keys = tuple[str | int, ...]
Mistake = tuple[Keys, str, str]
"""Where in the file (the keys that lead there), what is wrong, and what to do."""


class NoQuestion(ValueError):
    """What was written is no question. The remedy follows a semicolon, as in the errors of the nodes themselves."""


class Entry:
    """keys: those that lead to it in the file."""

    def __init__(
        self, written: Mapping[str, Any], keys: Keys, code_lists: Mapping[str, CodeList], mistakes: list[Mistake]
    ) -> None:
        self.written, self.keys = written, keys
        self._code_lists, self._mistakes = code_lists, mistakes

    def __contains__(self, key: str) -> bool:
        return key in self.written

    def __getitem__(self, key: str) -> Any:
        return self.written[key]

    def inside(self, key: str, how_to_write: str) -> "Entry":
        """The group of keys that stands at this key; one without keys where something else does."""
        written = self[key]
        if not isinstance(written, dict) or not written:
            self.note(key, NoQuestion(f"`{key}` is no group of keys; write it like {how_to_write}"))
            written = {}
        return Entry(written, (*self.keys, key), self._code_lists, self._mistakes)

    def check_keys(self, known: set[str]) -> None:
        """Note each key that is not one of these."""
        for key in self.written.keys() - known:
            self.note(key, NoQuestion(f"`{key}` is not a key here; {nearest(str(key), known)}"))

    def check_code_list(self, name: Any, *keys: str | int, domains: tuple[str, ...] = ()) -> str:
        """The name; a mistake at these keys of the entry if there is no such code list, or it is of another domain."""
        if not isinstance(name, str) or name not in self._code_lists:
            told = f"there is no code list `{name}`; {nearest(str(name), self._code_lists)}"
            self._note((*self.keys, *keys), NoQuestion(told))
        elif domains and self._code_lists[name].domain not in domains:
            fault = f"`{name}` holds {self._code_lists[name].domain} codes"
            remedy = f"name a list of {' or '.join(domains)} codes"
            self._note((*self.keys, *keys), NoQuestion(f"{fault}; {remedy}"))
        return str(name)

    def code_list(self, key: str, missing: str = "") -> str:
        """The code list named at this key. missing: what is wrong if nothing is, and the remedy after a semicolon."""
        return self.check_code_list(self._needed(key, missing), key)

    def valued_code_list(self, key: str, missing: str = "") -> str:
        """The same, of events that have values."""
        return self.check_code_list(self._needed(key, missing), key, domains=VALUED)

    def medicines(self, key: str) -> str:
        return self.check_code_list(self[key], key, domains=("drug",))

    def comparisons(self) -> Iterator[tuple[str, Comparison]]:
        """Of an entry whose keys are code lists: what is asked of the values of each."""
        for name in self.written:
            yield self.check_code_list(name, name, domains=VALUED), self.comparison(name)

    def comparison(self, key: str, missing: str = "") -> Comparison:
        return self._parsed(Comparison.parse, self._needed(key, missing), key) or Comparison(RECORDED)

    def period(self, key: str = "within") -> Period | None:
        return self._parsed(parse_period, self[key], key) if key in self else None

    def days(self, key: str) -> Days | None:
        return self._parsed(parse_days, self[key], key) if key in self else None

    def months(self, key: str, missing: str) -> Months:
        return self._parsed(parse_months, self._needed(key, missing), key) or Months(1)

    def whole_number(self, key: str, missing: str) -> int:
        written = self._needed(key, missing)
        if isinstance(written, int) and not isinstance(written, bool):
            return written
        self.note(key, NoQuestion(missing))
        return 1

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        """One of these words, or None where the key is not written."""
        if key in self and self[key] not in choices:
            self.note(key, NoQuestion(f"`{self[key]}` is no {key}; write {listed(choices)} or leave it out"))
        return self.written.get(key)

    def note(self, key: str, error: ValueError) -> None:
        """Note a mistake at this key."""
        self._note((*self.keys, key), error)

    def _note(self, keys: Keys, error: ValueError) -> None:
        self._mistakes.append(as_mistake(keys, error))

    def _needed(self, key: str, missing: str) -> Any:
        if key not in self:
            raise NoQuestion(missing)
        return self[key]

    def _parsed(self, parse: Callable[[object], T], text: object, key: str) -> T | None:
        try:
            return parse(text)
        except ValueError as error:
            self.note(key, error)
            return None


def as_mistake(keys: Keys, error: ValueError) -> Mistake:
    fault, _, remedy = str(error).partition("; ")
    return keys, fault, remedy or "correct it"
