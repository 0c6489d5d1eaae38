"""The site reads releases. Exact counts and persons' rows come through two modules, which ask who asks and log it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS_WITH_COUNTS = (
    "door", "intake", "population", "registers", "measures", "gaps", "plans", "coding", "counting", "building",
    "builds_kept", "published_told", "pipeline", "explanation", "history",
)  # fmt: skip
"""Of the core: whatever opens records, a cube or the findings of a build."""
READERS = {
    "evidence/persons.py": {
        "measures.read",
        "plans.lists.changes",
        "plans.lists.digest",
        "plans.lists.read",
        "plans.lists.references",
    },
    "evidence/explanations.py": {"explanation.explain_listed", "measures.explain"},
}
"""The two modules, and what they open. Both take a person, and write a row of the access log."""
WORDS = {
    "measures.contract.ALL", "measures.cube.PEOPLE", "measures.cube.SMALL_AREA", "measures.unit_measure",
    "gaps.contract", "gaps.ambitions.contract",
}  # fmt: skip
"""Names of splits, kinds and units: they open nothing."""
COMPUTES = ("plans/impact", "plans/outreach")
"""Computes on the numbers it is given, and rests on the floor alone, so that it can open nothing either."""


def find_imports(source: str) -> Iterator[str]:
    """Every module and name of the core that a file imports, without its first part."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "placewise":
            yield from (f"{node.module}.{name.name}".removeprefix("placewise.") for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (
                each.name.removeprefix("placewise.") for each in node.names if each.name.startswith("placewise.")
            )


def find_breaches(path: str, source: str) -> list[str]:
    """What a file of the site opens besides releases, and may not."""
    allowed = READERS.get(path, set()) | WORDS | {each.replace("/", ".") for each in COMPUTES}
    return [
        each
        for each in find_imports(source)
        if each.split(".")[0] in ROOMS_WITH_COUNTS
        and not any(each == may or each.startswith(f"{may}.") for may in allowed)
    ]


def test_only_two_modules_of_the_site_open_exact_counts_or_persons(root: Path) -> None:
    site = root / "src/placewise_site"
    found = {}
    for path in sorted(site.rglob("*.py")):
        name = path.relative_to(site).as_posix()
        if breaches := find_breaches(name, path.read_text(encoding="utf-8")):
            found[name] = breaches
    assert found == {}


@pytest.mark.parametrize("room", COMPUTES)
def test_what_only_computes_rests_on_the_floor_alone(root: Path, room: str) -> None:
    own = room.replace("/", ".")
    for path in (root / "src/placewise" / room).glob("*.py"):
        imported = list(find_imports(path.read_text(encoding="utf-8")))
        assert all(each.startswith(("floor.", f"{own}.")) for each in imported), path
        assert not {each.rsplit(".", 1)[-1] for each in imported} & READING, path


READING = {"read_table", "read_schema", "read_metadata", "read_parquet", "ParquetFile", "ParquetDataset", "duckdb"}
"""How a table of a build could be opened past the core's own readers."""


def test_the_site_opens_no_table_by_itself(root: Path) -> None:
    site = root / "src/placewise_site"
    openers = [
        path.relative_to(site).as_posix()
        for path in sorted(site.rglob("*.py"))
        if READING & set(find_words(path.read_text(encoding="utf-8")))
    ]
    assert openers == []


def find_words(source: str) -> Iterator[str]:
    """Every name and attribute of a file."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=name) | ast.Name(id=name) | ast.alias(name=name):
                yield name


@pytest.mark.parametrize(
    ("path", "source", "breaches"),
    [
        ("web/any.py", "from placewise.measures.cube import open_cube", ["measures.cube.open_cube"]),
        ("web/any.py", "import placewise.intake.warehouse", ["intake.warehouse"]),
        ("web/any.py", "from placewise.measures import read", ["measures.read"]),
        ("evidence/persons.py", "from placewise.measures import read", []),
        ("evidence/persons.py", "from placewise.measures.cube import open_cube", ["measures.cube.open_cube"]),
        ("evidence/sight.py", "from placewise.measures.cube import PEOPLE", []),
        ("evidence/sight.py", "from placewise.publishing.release import Release", []),
    ],
)
def test_a_breach_is_found(path: str, source: str, breaches: list[str]) -> None:
    assert find_breaches(path, source) == breaches


def test_a_table_opened_is_found() -> None:
    assert READING & set(find_words("import pyarrow.parquet as pq\ntable = pq.read_table(path)"))
    assert not READING & set(find_words("import pyarrow.parquet as pq\npq.write_table(table, path)"))
