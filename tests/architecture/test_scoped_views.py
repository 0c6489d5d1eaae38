"""A page reads the record only through its reader's scope: the check passes, and would find a breach."""

import runpy
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def script(root: Path) -> dict[str, Any]:
    return runpy.run_path(str(root / "scripts/check_scoped_views.py"))


def test_every_page_reads_the_record_through_its_readers_scope(script):
    assert script["main"]() == 0


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Grant.objects.visible_to(request.user).in_force()", []),
        ("Grant.objects.all()", [(1, "Grant.objects")]),
        ("get_object_or_404(Grant.objects, pk=1)", [(1, "Grant.objects")]),
        ("model._base_manager.count()", [(1, "model._base_manager")]),
    ],
)
def test_a_bare_manager_is_found(script, source, found):
    assert script["find_bare_managers"](source) == found
