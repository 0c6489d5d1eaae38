"""The house's first rule: data flow downhill, so imports do too."""

import subprocess
import sys

import grimp
import pytest

CORE = [
    {"floor"},
    {"engines"},
    {"door"},
    {"intake"},
    {"population"},
    {"registers"},
    {"measures"},
    {"gaps"},
    {"plans"},
    {"publishing"},
    {"programme_file", "programme", "programme_cards", "ics_file", "config", "synthetic"},
    {"facts", "coding"},
    {"definitions", "ambitions"},
    {"counting", "history"},
    {"told_together"},
    {"changes_told"},
    {"differences"},
    {"kept_counts"},
    {"building", "builds_kept", "published_told"},
    {"pipeline"},
    {"demonstration", "explanation", "mistakes", "showing", "console", "site_program"},
    {"retention"},
    {
        "doctor",
        "definition_verbs",
        "attack_verb",
        "withdraw_verb",
        "findings_verb",
        "ambitions_verb",
        "claims_verb",
        "impact_verb",
        "effect_verb",
        "outreach_verb",
        "digest_verb",
        "audit_verb",
        "retention_verb",
    },
    {"cli"},
]
SITE = [
    {"organisations", "accounts"},
    {"evidence"},
    {"care", "hospitals", "programmes", "governance"},
    {"meetings"},
    {"assurance", "stories"},
    {"web", "api"},
]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("placewise", "placewise_site")


def heights(package: str, floors: list[set[str]]) -> dict[str, int]:
    return {f"{package}.{room}": height for height, rooms in enumerate(floors) for room in rooms}


def height_of(module: str, plan: dict[str, int]) -> int | None:
    return next((height for room, height in plan.items() if module == room or module.startswith(room + ".")), None)


@pytest.mark.parametrize(("package", "floors"), [("placewise", CORE), ("placewise_site", SITE)])
def test_no_room_imports_one_above_it(graph: grimp.ImportGraph, package: str, floors: list[set[str]]) -> None:
    plan = heights(package, floors)
    uphill = []
    for module in sorted(each for each in graph.modules if each.startswith(package + ".")):
        here = height_of(module, plan)
        if here is None:
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            there = height_of(imported, plan)
            if there is not None and there > here:
                uphill.append(f"{module} imports {imported}")
    assert uphill == []


def test_every_module_of_the_core_has_its_room(graph: grimp.ImportGraph) -> None:
    plan = heights("placewise", CORE)
    assert [each for each in sorted(graph.find_children("placewise")) if height_of(each, plan) is None] == []


def test_only_evidence_opens_the_core(graph: grimp.ImportGraph) -> None:
    others = []
    for module in sorted(each for each in graph.modules if each.startswith("placewise_site.")):
        if module.startswith("placewise_site.evidence"):
            continue
        core = [each for each in graph.find_modules_directly_imported_by(module) if each.split(".")[0] == "placewise"]
        others += [f"{module} imports {each}" for each in core]
    assert others == []


def test_the_core_never_imports_the_site(graph: grimp.ImportGraph) -> None:
    core = [each for each in graph.modules if each.split(".")[0] == "placewise"]
    assert [
        f"{module} imports {each}"
        for module in core
        for each in graph.find_modules_directly_imported_by(module)
        if each.startswith("placewise_site")
    ] == []


def test_the_core_works_with_django_absent() -> None:
    program = (
        "import sys; sys.modules['django'] = None\n"
        "import pkgutil, importlib, placewise\n"
        "for each in pkgutil.walk_packages(placewise.__path__, 'placewise.'): importlib.import_module(each.name)\n"
        "assert not any(name.startswith('django.') for name in sys.modules)\n"
    )
    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
