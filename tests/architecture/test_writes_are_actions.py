"""Whatever changes the record is an action: one function, one transaction, one row in the record of actions."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ALWAYS = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "abulk_create", "acreate"}
ON_ROWS = {"create", "update", "delete", "_raw_delete", "add", "set", "remove", "clear"}
"""Words that sets and dictionaries have too: a write where they are said of a manager or of rows."""
ROWS = {"objects", "_base_manager", "_default_manager", "filter", "exclude", "all", "select_for_update"}
ACTIONS, SETTING_UP = "actions", {"migrations", "roles.py", "running"}
PARTS_OF_ACTIONS = {"accounts/words.py"}
"""What an action calls inside its own transaction."""
CALLED_BY_ACTIONS = {
    "accounts/models/people.py": "Django's own place for making a person",
    "evidence/ledger/queries/holding.py": "what is found anew among claims, round each action that changes one",
}
"""Modules that write inside an action's own transaction, and why they stand elsewhere."""
NOT_ACTIONS = {
    "record_event": "it is the row",
    "record_access": "the access log has a row for each look, chained",
    "load_organisations": "the deployment's own file, which every start brings in",
    "write_words": "a part of an action, whose event tells of it",
    "record_use": "a part of an action, whose event tells of it",
    "step_item": "a part of an action, whose event tells of it",
    "step_meeting": "a part of an action, whose event tells of it",
}
"""Functions that write without an event of their own, and why."""


def find_writes(source: str) -> Iterator[tuple[int, str]]:
    """Line and words of each call that changes rows."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name, said = node.func.attr, ast.unparse(node.func)
        if said.startswith("super()"):
            continue
        chain = {each.attr for each in ast.walk(node.func.value) if isinstance(each, ast.Attribute)}
        if name in ALWAYS or (name in ON_ROWS and chain & ROWS):
            yield node.lineno, said


def holds_actions(name: str) -> bool:
    return ACTIONS in {part.removesuffix(".py") for part in name.split("/")} or name in PARTS_OF_ACTIONS


def test_nothing_outside_actions_changes_the_record(root: Path) -> None:
    site = root / "src/placewise_site"
    outside = [
        f"{name}:{line}: {said}"
        for path in sorted(site.rglob("*.py"))
        if not holds_actions(name := path.relative_to(site).as_posix())
        if not set(name.split("/")) & SETTING_UP and name not in CALLED_BY_ACTIONS
        for line, said in find_writes(path.read_text(encoding="utf-8"))
    ]
    assert outside == [], "move these into an action"


def iter_actions(source: str) -> Iterator[ast.FunctionDef]:
    """The public functions of a module of actions."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def find_faults(action: ast.FunctionDef, recording: set[str]) -> list[str]:
    """recording: the module's own functions that record an event."""
    if action.name in NOT_ACTIONS or not writes(action):
        return []
    faults = []
    if "transaction.atomic" not in [ast.unparse(each) for each in action.decorator_list]:
        faults.append("is not one transaction")
    if not calls(action) & recording:
        faults.append("records no event")
    return faults


def writes(action: ast.FunctionDef) -> bool:
    return any(find_writes(ast.unparse(action)))


def calls(action: ast.FunctionDef) -> set[str]:
    return {
        each.func.attr if isinstance(each.func, ast.Attribute) else ast.unparse(each.func)
        for each in ast.walk(action)
        if isinstance(each, ast.Call)
    }


def recording_functions(source: str) -> set[str]:
    """`record_event`, and the module's own functions that come to it."""
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    found = {"record_event"}
    while more := {each.name for each in functions if calls(each) & found} - found:
        found |= more
    return found


def test_every_action_is_one_transaction_with_its_own_event(root: Path) -> None:
    site = root / "src/placewise_site"
    found = []
    for path in sorted(site.rglob("*.py")):
        name = path.relative_to(site).as_posix()
        if not holds_actions(name):
            continue
        source = path.read_text(encoding="utf-8")
        recording = recording_functions(source)
        for action in iter_actions(source):
            found += [f"{name}: {action.name} {fault}" for fault in find_faults(action, recording)]
    assert found == []


@pytest.mark.parametrize(
    ("source", "is_write"),
    [
        ("Grant.objects.create(user=1)", True),
        ("Grant.objects.visible_to(user).filter(pk=1).delete()", True),
        ("grant.save(update_fields=['ended_at'])", True),
        ("User.objects.update(password='x')", True),
        ("seen.add(1); said.update(a=1); found.clear()", False),
        ("super().save()", False),
    ],
)
def test_a_write_is_told_from_a_word_of_sets_and_dictionaries(source: str, is_write: bool) -> None:
    assert bool(list(find_writes(source))) is is_write


def test_an_action_without_its_event_would_be_found() -> None:
    silent = "@transaction.atomic\ndef give(*, by):\n    Grant.objects.create(by=by)\n"
    (action,) = iter_actions(silent)
    assert find_faults(action, recording_functions(silent)) == ["records no event"]
    loose = "def give(*, by):\n    Grant.objects.create(by=by)\n    record_event(by=by)\n"
    (action,) = iter_actions(loose)
    assert find_faults(action, recording_functions(loose)) == ["is not one transaction"]
