"""Ask about units other than people, written as in a programme, of one person in small text tables.

The kernel answers, and the judge must agree.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from yaml import load

from judge.units import counts_in_month, is_true_of_unit, units_of, value_on
from placewise.floor.language.comparison import Comparison
from placewise.floor.language.notation import QuestionReader
from placewise.floor.language.period import parse_period
from placewise.floor.language.unit_notation import read_unit, read_unit_question
from placewise.floor.language.units import LatestValue, Unit, UnitNode, When
from placewise.floor.timeline.events import Events, read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.units import UnitAnswers, find_months, find_units
from placewise.floor.timeline.values import find_values
from placewise.floor.timeline.window import Window
from placewise.floor.yaml_values import Values

from .asked import YEAR_2024, _lines, _person, code_lists
from .warehouse import write_shard


def read_asked(unit: str, question: str) -> tuple[Unit, UnitNode]:
    reader = QuestionReader(code_lists(), {})
    asked = read_unit(load(unit, Values), (), reader)
    node = read_unit_question(load(question, Values), (), reader)
    assert asked is not None, reader.mistakes
    assert node is not None, reader.mistakes
    return asked, node


def counted(unit: str, when: When, question: str = "each", *, events: str, window: Window = YEAR_2024) -> str:
    """The months in which units of one person count, as "2024-03, 2024-05 twice", or "never"."""
    asked, node = read_asked(unit, question)
    shard, tables = _read(events)
    months = find_months(find_units(asked, shard), when, Calendar(window))
    held = UnitAnswers(months, Answers(shard, window)).of(node)
    answered = sorted(months.month[held].tolist())
    person = _person(**tables)
    judged = [
        month
        for month, day in enumerate(window.month_ends)
        for one in units_of(asked, person)
        if counts_in_month(one, when, day) and is_true_of_unit(node, one, person, day, {})
    ]
    assert answered == judged, "the kernel and the judge differ"
    names = [f"{day:%Y-%m}" for day in window.month_ends]
    told = [
        names[month] + ("" if judged.count(month) == 1 else " twice" if judged.count(month) == 2 else " thrice")
        for month in dict.fromkeys(judged)
    ]
    return ", ".join(told) or "never"


def valued(codes: str, plausible: str, within: str | None = None, *, events: str) -> str:
    """The value of one person by month of 2024, as "2024-03 142, 2024-04 138", or "never"."""
    question = LatestValue(codes, Comparison.parse(plausible), parse_period(within) if within else None)
    shard, tables = _read(events)
    ranges = find_values(question, shard, Calendar(YEAR_2024))
    answered = {
        month: value
        for word, value in zip(ranges.word.tolist(), ranges.value.tolist(), strict=True)
        for month in range(YEAR_2024.months)
        if word >> month & 1
    }
    person = _person(**tables)
    on = {month: value_on(question, person, day) for month, day in enumerate(YEAR_2024.month_ends)}
    judged = {month: value for month, value in on.items() if value is not None}
    assert answered == judged, "the kernel and the judge differ"
    return ", ".join(f"{YEAR_2024.month_ends[month]:%Y-%m} {value:g}" for month, value in judged.items()) or "never"


def _read(events: str) -> tuple[Events, dict[str, str]]:
    tables = {"people": "1950-03 female", "events": events, "registered": "", "died": ""}
    numbered = {name: "\n".join(f"1 {line}" for line in _lines(text)) for name, text in tables.items()}
    names = {line.split()[0] for line in _lines(events)}
    with TemporaryDirectory() as folder:
        shard = write_shard(Path(folder), code_lists(), **numbered)
        return read_events(shard, [*names, *CODES_ASKED], code_lists()), numbered


CODES_ASKED = (
    "general_practice_visit", "pregnancy_codes", "pregnancy_ended_codes", "anticoagulants", "af_codes", "systolic",
    "medication_review",
)  # fmt: skip
"""The lists that the tests ask about, also where a person has no event of them."""
