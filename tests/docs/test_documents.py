"""The documents cannot lie: what they list is what is there."""

import re
import shlex
import sys
from pathlib import Path

import pytest
import typer.main

from placewise.cli import app

SAFETY = (
    "clinical-risk-management-plan.md",
    "clinical-safety-case-report.md",
    "data-protection-impact-assessment.md",
    "data-sharing-agreements.md",
    "deployer-safety-case-template.md",
    "digital-technology-assessment.md",
    "hazard-log.md",
    "intended-purpose.md",
)
SAYS_SO = ("web/templates/about.jinja", "care/templates/care/why_listed.jinja")
"""Pages that tell a reader what the software does not do."""
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


def get_hazards(root: Path) -> list[str]:
    """The rows of the hazard log."""
    log = (root / "docs/safety/hazard-log.md").read_text(encoding="utf-8")
    return [line for line in log.splitlines() if line.startswith("| H")]


def check_test_exists(root: Path, named: str, where: str) -> None:
    path, _, name = named.partition("::")
    assert (root / path).is_file(), where
    assert not name or f"def {name}(" in (root / path).read_text(encoding="utf-8"), where


def test_every_hazard_names_a_test_that_exists(root: Path) -> None:
    hazards = get_hazards(root)
    assert len(hazards) > 10
    for hazard in hazards:
        named = re.findall(r"`(tests/[^`]+)`", hazard.rstrip("| ").rsplit("|", 1)[1])
        assert named, hazard
        for test in named:
            check_test_exists(root, test, hazard)


def test_hazards_are_numbered_without_gaps(root: Path) -> None:
    numbers = [int(hazard.split("|")[1].strip().removeprefix("H")) for hazard in get_hazards(root)]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", SAFETY)
def test_every_test_and_page_that_a_safety_document_names_exists(root: Path, page: str) -> None:
    text = (root / "docs/safety" / page).read_text(encoding="utf-8")
    for named in re.findall(r"`(tests/[^`]+::[^`]+)`", text):
        check_test_exists(root, named, f"{page}: {named}")
    for target in re.findall(r"\]\((?!http)([^)#]+)", text):
        assert (root / "docs/safety" / target).exists(), f"{page}: {target}"


def test_the_safety_case_argues_each_hazard_it_covers_once(root: Path) -> None:
    case = (root / "docs/safety/clinical-safety-case-report.md").read_text(encoding="utf-8")
    covered = re.search(r"It covers hazards H01 to H(\d+)", case)
    assert covered, "the report says which hazards it covers"
    argued = [number for row in case.splitlines() if row.startswith("| ") for number in re.findall(r"\bH(\d\d+)", row)]
    assert sorted(map(int, argued)) == list(range(1, int(covered[1]) + 1))
    assert int(covered[1]) <= len(get_hazards(root))


def test_the_software_retrieves_by_rule_and_does_not_diagnose(root: Path) -> None:
    purpose = (root / "docs/safety/intended-purpose.md").read_text(encoding="utf-8")
    for page in (purpose, *((root / "src/placewise_site" / each).read_text(encoding="utf-8") for each in SAYS_SO)):
        assert "does not diagnose" in page


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
