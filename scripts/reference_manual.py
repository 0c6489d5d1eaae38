"""The reference manual of the language, docs/reference/, printed from the tables of tests/spec/language/.

A page for each file with a table: its docstring, then each question with its plain English and the cases that the tests
run. So the manual cannot say what the engine does not do.
"""

import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/reference"
INDEX = "README.md"

sys.path.insert(0, str(ROOT / "tests"))

from builders.asked import YEAR_2024, code_lists, read_question  # noqa: E402
from builders.asked_units import read_asked  # noqa: E402
from builders.spec import A_WOMAN, Asked, AskedOfUnits, Case, Refused  # noqa: E402
from placewise.floor.language.describe import describe  # noqa: E402
from placewise.floor.language.describe_units import WHEN, describe_unit, describe_unit_question  # noqa: E402
from placewise.floor.timeline.window import Window  # noqa: E402

_HOW_TO_READ = """\
Each table shows what is recorded of a person and the months at whose end a question holds. If nothing else is said, she
is a woman born in March 1950 who always was registered, and the months are those of 2024. Periods are written
`90 days`, `12 months`, `5 years` or `financial year`, comparisons `>= 2`, `< 80`, `= 1`, `45 to 64` or `recorded`.

Three rules hold for every question:

- on a day, only what is dated on or before that day is known;
- facts are read as recorded, also before birth, after death or outside registration; only `alive` and `registered`
  know of those, and measures count only people who are registered;
- an event without a value is no reading: what asks of values passes over it, the rest does not look at values.

Where events are numbered or counted, those of one day are one event.
"""

_WRITTEN_BY = "Written by `make docs` from tests/spec/, which run what stands here."


def build_manual() -> dict[str, str]:
    """Each page's text, by its file's name."""
    pages, contents = {}, []
    for path in (*sorted((ROOT / "tests/spec/language").glob("test_*.py")), ROOT / "tests/spec/test_expressible.py"):
        module = _load(path)
        if body := list(_iter_body(module)):
            title, _, introduction = (module.__doc__ or "").strip().partition("\n")
            name = f"{path.stem.removeprefix('test_')}.md"
            pages[name] = _page(title, introduction, body)
            contents += ["", f"## [{title}]({name})", "", *_iter_contents(module)]
    pages[INDEX] = _page("The language of questions", _HOW_TO_READ, contents)
    return pages


def write_manual() -> None:
    pages = build_manual()
    FOLDER.mkdir(exist_ok=True)
    for stray in {path.name for path in FOLDER.glob("*.md")} - pages.keys():
        (FOLDER / stray).unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def _page(title: str, introduction: str, body: list[str]) -> str:
    return "\n".join([f"# {title}", "", introduction.strip(), *body, "", _WRITTEN_BY]) + "\n"


def _iter_body(module: ModuleType) -> Iterator[str]:
    """What a file's tables print; nothing for a file without one."""
    if hasattr(module, "ASKED"):
        for asked in module.ASKED:
            yield from _iter_question(asked)
    if hasattr(module, "REFUSED"):
        yield from _iter_mistakes(module.REFUSED)
    if hasattr(module, "PUBLISHED"):
        yield from _iter_measures(module)


def _iter_contents(module: ModuleType) -> Iterator[str]:
    """What stands of a page in the contents: its questions, in plain English; for a page without, its introduction."""
    if hasattr(module, "ASKED"):
        yield from dict.fromkeys(f"- {_heading(each)}: {_in_english(each)}" for each in module.ASKED)
    else:
        yield (module.__doc__ or "").partition("\n")[2].strip()


def _load(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _on_one_line(written: str) -> str:
    return " ".join(written.split())


def _heading(asked: Asked | AskedOfUnits) -> str:
    question = f"`{_on_one_line(asked.question)}`"
    return question if isinstance(asked, Asked) else f"{question} of `{asked.unit}`, {asked.when}"


def _in_english(asked: Asked | AskedOfUnits) -> str:
    titles = {name: each.title for name, each in code_lists().items()}
    if isinstance(asked, Asked):
        return describe(read_question(asked.question, asked.registers), titles)
    unit, question = read_asked(asked.unit, asked.question)
    told = describe_unit_question(question, titles)
    return f"{describe_unit(unit, titles)}; {WHEN[asked.when]}" + (f"; {told}" if told else "")


def _iter_question(asked: Asked | AskedOfUnits) -> Iterator[str]:
    told = _in_english(asked)
    yield from (
        "",
        f"## {_heading(asked)}",
        "",
        f"A person who {told}." if isinstance(asked, Asked) else f"A unit: {told}.",
    )
    registers = asked.registers if isinstance(asked, Asked) else {}
    if registers:
        yield from ("", "Registers:", "")
        yield from (f"- `{slug}`: `{_on_one_line(written)}`" for slug, written in registers.items())
    yield from ("", "| case | record | months |", "|---|---|---|")
    for case in asked.cases:
        yield f"| {case.title} | {_record(case)} | {case.months}{_asked_about(case.window)} |"


def _record(case: Case) -> str:
    lines = [] if case.person == A_WOMAN else [f"born {case.person}"]
    lines += [f"registered {line.strip()}" for line in case.registered.splitlines() if line.strip()]
    lines += [f"died {case.died}"] if case.died else []
    lines += [" ".join(line.split()) for line in case.events.splitlines() if line.strip()]
    return "<br>".join(lines) or "nothing"


def _asked_about(window: Window) -> str:
    if window == YEAR_2024:
        return ""
    return f"<br>(of {window.month_ends[0]:%Y-%m} to {window.month_ends[-1]:%Y-%m})"


def _iter_mistakes(refused: tuple[Refused, ...]) -> Iterator[str]:
    yield from ("", "| written | what is wrong | what to do |", "|---|---|---|")
    for each in refused:
        yield f"| `{_on_one_line(each.written)}` | {each.fault} | {each.remedy} |"


def _iter_measures(module: ModuleType) -> Iterator[str]:
    """What tests/spec/test_expressible.py shows: measures of people, of other units, and of published files."""
    yield from ("", "## Of people", "", "| row | measure | of whom | who counts |", "|---|---|---|---|")
    yield from (f"| {each.row} | {each.title} | `{each.of}` | `{each.count}` |" for each in module.PEOPLE)
    yield from ("", "## Of other units", "", "| row | measure | unit | which count |", "|---|---|---|---|")
    yield from (f"| {each.row} | {each.title} | `{each.unit}` | `{each.count}` |" for each in module.UNITS)
    yield from ("", "## Of published files", "", "| row | figure | file |", "|---|---|---|")
    yield from (f"| {each.row} | {each.title} | {each.file} |" for each in module.PUBLISHED)
