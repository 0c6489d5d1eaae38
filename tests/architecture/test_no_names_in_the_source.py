"""Another system is a folder, not code: no organisation, place, board, programme or measure by name in `src/`."""

import csv
import re
from pathlib import Path

import pytest
from yaml import load

from placewise.floor.yaml_values import Values

SHORTEST = 4
"""A name of fewer letters would be found inside ordinary words."""


def names_in_the_deployments(root: Path) -> set[str]:
    names = set()
    for table in root.glob("deployments/*/organisations.csv"):
        with table.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(line for line in stream if not line.startswith("#")):
                names |= {row["name"], row["code"] if any(letter.isdigit() for letter in row["code"]) else ""}
    for record in root.glob("deployments/*/bodies.yaml"):
        bodies = load(record.read_text(encoding="utf-8"), Values)
        for slug, body in bodies["bodies"].items():
            names |= {slug, body["name"]}
    names |= {folder.name for folder in root.glob("deployments/*") if folder.is_dir() and folder.name != "sandbox"}
    return {name for name in names if len(name) >= SHORTEST}


def slugs_in_the_programmes(root: Path) -> set[str]:
    slugs = set()
    for path in root.glob("programmes/*.yaml"):
        programme = load(path.read_text(encoding="utf-8"), Values)
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


HOMES = ("home/[a-z]", "root/", "work/", "Users/")
MACHINE_PATH = re.compile(r"(?<![\w.}/-])/(?:" + "|".join(HOMES) + ")")
INDEX_ADDRESS = re.compile("--(extra-)?index-" + 'url|"resolved": "' + "http")
KEPT = ("docs", "deployments", "programmes", "codelists", "src", "tests", "scripts")
BUILT = {"vendor", "__pycache__"}


def test_no_machine_path_and_no_index_address_is_kept(root: Path) -> None:
    kept = [*root.glob("*"), *(path for folder in KEPT for path in (root / folder).rglob("*"))]
    texts = {
        path: path.read_text(errors="ignore")
        for path in kept
        if path.is_file() and path.stat().st_size < 1_000_000 and not BUILT & set(path.parts)
    }
    assert [str(path.relative_to(root)) for path, text in texts.items() if INDEX_ADDRESS.search(text)] == []
    assert [
        f"{path.relative_to(root)}: {found.group()}"
        for path, text in texts.items()
        for found in MACHINE_PATH.finditer(text)
    ] == []
    assert not (root / "uv.lock").exists()


@pytest.mark.parametrize("home", ["home/ann/data", "root/.ssh", "work/main", "Users/ann"])
def test_a_machine_path_is_found_and_an_address_of_the_site_is_not(home: str) -> None:
    assert MACHINE_PATH.search(f"see `/{home}` or open('/{home}')")
    assert not MACHINE_PATH.search(f"https://example.org/{home} and ../{home} and {{{{ root }}}}/{home}")
