"""Questions as people write them in YAML, with every mistake told at its line.

registered                  {all: [QUESTION, ...]}
alive                       {any: [QUESTION, ...]}
{in: af}                    {not: QUESTION}
{began: QUESTION, since: 12 months}
{ended: QUESTION, since: 12 months}

and those about a person's record itself (event_notation.py).
"""

from collections.abc import Collection, Mapping
from typing import Any

from placewise.floor.faults import nearest
from placewise.floor.language.entry import Entry, Keys, Mistake, NoQuestion, as_mistake
from placewise.floor.language.event_notation import PRIMITIVES
from placewise.floor.language.nodes import Alive, AllOf, AnyOf, Began, Ended, In, Node, Not, Registered
from placewise.floor.vocabulary.code_lists import CodeList

Questions = Mapping[Keys, Node]
"""The questions of a file by the keys that lead to them."""

WORDS: Mapping[str, Node] = {"registered": Registered(), "alive": Alive()}
"""The questions that are one word."""
OPTIONS: Mapping[str, set[str]] = {
    **{primitive: options for primitive, (options, _) in PRIMITIVES.items()},
    **{primitive: set() for primitive in ("in", "all", "any", "not")},
    "began": {"since"},
    "ended": {"since"},
}
"""Primitive -> the other keys it may have."""


class QuestionReader:
    """Reads questions that may name these code lists and registers, and gathers the mistakes of all of them.

    Where a part is mistaken the mistake is noted and reading goes on, so that one pass finds them all.
    """

    def __init__(self, code_lists: Mapping[str, CodeList], registers: Collection[str]) -> None:
        self._code_lists, self._registers = code_lists, registers
        self.mistakes: list[Mistake] = []

    def read(self, written: Any, keys: Keys = ()) -> Node | None:
        """The question at these keys of a file, or None where a mistake in it was noted."""
        before = len(self.mistakes)
        node = None
        try:
            node = self._question(written, keys)
        except ValueError as error:
            if len(self.mistakes) == before:
                self.mistakes.append(as_mistake(keys, error))
        return node if len(self.mistakes) == before else None

    def check_code_list(self, name: Any, keys: Keys) -> None:
        """Note a mistake if there is no such code list."""
        self._entry({}, keys).check_code_list(name)

    def _question(self, written: Any, keys: Keys) -> Node:
        if isinstance(written, str) and written in WORDS:
            return WORDS[written]
        if not isinstance(written, dict) or not written:
            raise NoQuestion(f"this is no question; write {' or '.join(WORDS)}, or keys such as {{has: CODES}}")
        primitives = _find_primitives(written)
        if len(primitives) > 1:
            told = " and ".join(f"`{key}`" for key in primitives)
            raise NoQuestion(f"{told} are two questions in one; put them under `all` or `any`")
        if not primitives:
            first = str(next(iter(written)))
            raise NoQuestion(f"`{first}` asks nothing; {nearest(first, OPTIONS)}")
        primitive, entry = primitives[0], self._entry(written, keys)
        entry.check_keys({primitive, *OPTIONS[primitive]})
        return PRIMITIVES[primitive][1](entry) if primitive in PRIMITIVES else self._composed(primitive, entry)

    def _composed(self, primitive: str, entry: Entry) -> Node:
        """A question that rests on others."""
        value, here = entry[primitive], (*entry.keys, primitive)
        match primitive:
            case "all":
                return AllOf(self._questions(value, here))
            case "any":
                return AnyOf(self._questions(value, here))
            case "not":
                return Not(self._inner(value, here))
            case "in":
                if not isinstance(value, str) or value not in self._registers:
                    raise NoQuestion(f"there is no register `{value}`; {nearest(str(value), self._registers)}")
                return In(value)
        since = entry.months("since", "since when is not told; add `since` with a number of months")
        inner = self._inner(value, here)
        return Began(inner, since) if primitive == "began" else Ended(inner, since)

    def _inner(self, value: Any, keys: Keys) -> Node:
        return self.read(value, keys) or Registered()

    def _questions(self, value: Any, keys: Keys) -> tuple[Node, ...]:
        if not isinstance(value, list):
            raise NoQuestion(f"`{keys[-1]}` is not a list of questions; start each with a dash")
        read = [self.read(each, (*keys, place)) for place, each in enumerate(value)]
        return tuple(each for each in read if each is not None)

    def _entry(self, written: Mapping[str, Any], keys: Keys) -> Entry:
        return Entry(written, keys, self._code_lists, self.mistakes)


def _find_primitives(written: Mapping[str, Any]) -> list[str]:
    """The primitives it names; `value` is one of them only where it is not what is asked of another."""
    named = [key for key in written if key in OPTIONS]
    return [key for key in named if not any(key in OPTIONS[other] for other in named)]
