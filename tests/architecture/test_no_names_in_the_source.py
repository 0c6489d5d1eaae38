"""Another system is a folder, not code: no organisation, place, board, programme or measure by name in `src/`."""

import csv
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

SHORTEST = 4
"""A name of fewer letters would be found inside ordinary words."""


def names_in_the_deployments(root: Path) -> set[str]:
    names = set()
    for table in root.glob("deployments/*/organisations.csv"):
        with table.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(line for line in stream if not line.startswith("#")):
                names |= {row["name"], row["code"] if any(letter.isdigit() for letter in row["code"]) else ""}
    for record in root.glob("deployments/*/bodies.yaml"):
        bodies = YAML(typ="safe").load(record.read_text(encoding="utf-8"))
        for slug, body in bodies["bodies"].items():
            names |= {slug, body["name"]}
    names |= {folder.name for folder in root.glob("deployments/*") if folder.is_dir() and folder.name != "sandbox"}
    return {name for name in names if len(name) >= SHORTEST}


def slugs_in_the_programmes(root: Path) -> set[str]:
    slugs = set()
    for path in root.glob("programmes/*.yaml"):
        programme = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        slugs |= {programme["programme"], *programme.get("measures", {}), *programme.get("call_lists", {})}
    return slugs


@pytest.mark.parametrize("find_names", [names_in_the_deployments, slugs_in_the_programmes])
def test_no_name_stands_in_the_source(root: Path, find_names) -> None:
    names = find_names(root)
    assert len(names) > 5
    pattern = re.compile(
        r"(?<![\w-])(" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + r")(?![\w-])"
    )
    found = []
    for path in sorted((root / "src").rglob("*")):
        if path.suffix in {".py", ".yaml", ".csv", ".jinja", ".html", ".css", ".js"} and "vendor" not in path.parts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                found += [f"{path.relative_to(root)}:{number}: {each}" for each in pattern.findall(line)]
    assert found == []


def test_no_machine_path_and_no_index_address_is_kept(root: Path) -> None:
    kept = [
        *root.glob("*"),
        *(root / "scripts").rglob("*"),
        *(root / "src").rglob("*.py"),
        *(root / "tests").rglob("*.py"),
    ]
    found = [
        path.name
        for path in kept
        if path.is_file()
        and path.stat().st_size < 1_000_000
        and re.search(r"--(extra-)?index-url|\"resolved\": \"http", path.read_text(errors="ignore"))
    ]
    assert [name for name in found if name != Path(__file__).name] == []
    assert not (root / "uv.lock").exists()
