"""The documents cannot lie: what they list is what is there."""

import re
import shlex
import sys
from pathlib import Path

import pytest
import typer.main

from placewise.cli import app

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def test_the_coverage_page_is_up_to_date(root: Path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(root / "scripts"))
    import write_docs

    assert (root / "docs/coverage.md").read_text(encoding="utf-8") == write_docs.build_coverage(), "run `make docs`"
    sys.modules.pop("write_docs")


def test_the_reference_manual_says_what_the_tests_prove(root: Path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(root / "scripts"))
    import reference_manual

    printed = {path.name: path.read_text(encoding="utf-8") for path in (root / "docs/reference").glob("*.md")}
    assert printed == reference_manual.build_manual(), "run `make docs`"
    sys.modules.pop("reference_manual")


def test_every_hazard_names_a_test_that_exists(root: Path) -> None:
    log = (root / "docs/safety/hazard-log.md").read_text(encoding="utf-8")
    hazards = [line for line in log.splitlines() if line.startswith("| H")]
    assert len(hazards) > 10
    for hazard in hazards:
        test = hazard.rstrip("| ").rsplit("|", 1)[1].strip().strip("`")
        path, _, name = test.partition("::")
        assert (root / path).is_file(), hazard
        assert f"def {name}(" in (root / path).read_text(encoding="utf-8"), hazard


def find_commands(root: Path) -> list[str]:
    """Every `placewise ...` line in a block of the README."""
    blocks = re.findall(r"```\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    return [
        line.split("#")[0].strip() for block in blocks for line in block.splitlines() if line.startswith("placewise")
    ]


def test_every_command_of_the_readme_is_one_that_placewise_takes(root: Path) -> None:
    commands = find_commands(root)
    assert len(commands) > 5
    for line in commands:
        _, verb, *arguments = shlex.split(line)
        command = COMMANDS[verb]
        taken = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        assert {each for each in arguments if each.startswith("--")} <= taken, line
        needed = [each for each in command.params if each.required and each.param_type_name == "option"]
        assert all(set(each.opts) & set(arguments) for each in needed), line


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{name}" for name in ("architecture.md", "decisions.md"))])
def test_every_page_that_a_page_links_to_is_there(root: Path, page: str) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", (root / page).read_text(encoding="utf-8")):
        assert ((root / page).parent / target).exists(), target
