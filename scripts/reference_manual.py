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
from builders.spec import A_WOMAN, Asked, Case, Refused  # noqa: E402
from placewise.floor.language.describe import describe  # noqa: E402
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

_WRITTEN_BY = "Written by `make docs` from tests/spec/language/, where each line is a test."


def build_manual() -> dict[str, str]:
    """Each page's text, by its file's name."""
    pages, contents = {}, []
    for path in sorted((ROOT / "tests/spec/language").glob("test_*.py")):
        module = _load(path)
        title, _, introduction = (module.__doc__ or "").strip().partition("\n")
        name = f"{path.stem.removeprefix('test_')}.md"
        if hasattr(module, "ASKED"):
            body = "\n".join(line for asked in module.ASKED for line in _iter_question(asked))
            contents += ["", f"## [{title}]({name})", "", *dict.fromkeys(_in_contents(asked) for asked in module.ASKED)]
        elif hasattr(module, "REFUSED"):
            body = "\n".join(_iter_mistakes(module.REFUSED))
            contents += ["", f"## [{title}]({name})"]
        else:
            continue
        pages[name] = f"# {title}\n\n{introduction.strip()}\n{body}\n\n{_WRITTEN_BY}\n"
    head = [
        "# The language of questions",
        "",
        _HOW_TO_READ,
        "Written by `make docs` from the tests, each of which is run.",
    ]
    pages[INDEX] = "\n".join([*head, *contents]) + "\n"
    return pages


def write_manual() -> None:
    pages = build_manual()
    FOLDER.mkdir(exist_ok=True)
    for stray in {path.name for path in FOLDER.glob("*.md")} - pages.keys():
        (FOLDER / stray).unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def _load(path: Path) -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _on_one_line(written: str) -> str:
    return " ".join(written.split())


def _in_contents(asked: Asked) -> str:
    return f"- `{_on_one_line(asked.question)}`: {_in_english(asked)}"


def _in_english(asked: Asked) -> str:
    titles = {name: each.title for name, each in code_lists().items()}
    return describe(read_question(asked.question, asked.registers), titles)


def _iter_question(asked: Asked) -> Iterator[str]:
    yield from ("", f"## `{_on_one_line(asked.question)}`", "", f"A person who {_in_english(asked)}.")
    if asked.registers:
        yield from ("", "Registers:", "")
        yield from (f"- `{slug}`: `{_on_one_line(written)}`" for slug, written in asked.registers.items())
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
