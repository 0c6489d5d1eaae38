"""Write the documents that are made from the tests.

docs/coverage.md: each row of docs/requirements.csv, the tests that prove it, and what is not yet covered;
docs/reference/: the manual of the language (reference_manual.py).
"""

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from reference_manual import write_manual

ROOT = Path(__file__).resolve().parents[1]


def is_requirement(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Attribute)
        and decorator.func.attr == "requirement"
    )


def iter_marked_tests() -> Iterator[tuple[str, str]]:
    """Each (row, test) pair, the test as tests/FOLDER/FILE.py::NAME."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for decorator in getattr(node, "decorator_list", []):
                if is_requirement(decorator):
                    for row in decorator.args:
                        yield row.value, f"{path.relative_to(ROOT)}::{node.name}"


def build_coverage() -> str:
    """The text of docs/coverage.md."""
    with (ROOT / "docs/requirements.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    tests = defaultdict(list)
    for row, test in iter_marked_tests():
        tests[row].append(test)
    unknown = set(tests) - {row["id"] for row in rows}
    if unknown:
        raise SystemExit(f"these tests name rows that do not exist: {', '.join(sorted(unknown))}")
    covered = [row for row in rows if row["id"] in tests]
    lines = [
        "# Coverage of the requirements",
        "",
        f"{len(covered)} of {len(rows)} rows of requirements.csv have a test that does what the row's check says.",
        "Written by `make docs`.",
        "",
        "| row | what the system does or says | tests |",
        "|---|---|---|",
    ]
    for row in covered:
        lines.append(
            f"| {row['id']} | {row['what_the_system_does_or_says']} | {'<br>'.join(sorted(set(tests[row['id']])))} |"
        )
    lines += ["", "## Not yet covered", ""]
    lines += [f"- {row['id']} {row['what_the_system_does_or_says']}" for row in rows if row["id"] not in tests]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    (ROOT / "docs/coverage.md").write_text(build_coverage(), encoding="utf-8")
    write_manual()
