"""Fail where a page reads the record past its reader's scope.

A module that answers requests may reach rows only through `visible_to(request.user)` or a query of its app; a bare
manager (`Grant.objects.filter(...)`) would show everybody everything. Modules that hold the queries, actions and
models are where managers belong.
"""

import ast
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "src/placewise_site"
HOLD_QUERIES = {
    "models",
    "actions",
    "queries",
    "policies",
    "admin",
    "administration",
    "migrations",
    "roles",
    "running",
    "access_log",
    "words",
}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
SCOPE = "visible_to"


def find_bare_managers(source: str) -> list[tuple[int, str]]:
    """Line and words of each manager in the source that is not followed at once by visible_to."""
    tree = ast.parse(source)
    scoped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == SCOPE}
    return [
        (node.lineno, ast.unparse(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in scoped
    ]


def answers_requests(module: Path) -> bool:
    return not {part.removesuffix(".py") for part in module.relative_to(SITE).parts} & HOLD_QUERIES


def main() -> int:
    found = [
        f"{module.relative_to(SITE.parents[1])}:{line}: `{words}` is not followed by {SCOPE}(...)"
        for module in sorted(SITE.rglob("*.py"))
        if answers_requests(module)
        for line, words in find_bare_managers(module.read_text(encoding="utf-8"))
    ]
    print("\n".join(found) or "Every page reads the record through its reader's scope.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
