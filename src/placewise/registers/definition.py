"""The `registers` section of a programme: a slug, and the question that puts a person on it.

registers:
  af: {title: Atrial fibrillation, has: af_codes, not_resolved_by: af_resolved_codes}
"""

from dataclasses import dataclass
from typing import Any

from placewise.floor.language.nodes import Node
from placewise.floor.language.notation import Questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    slug: str
    title: str
    definition: Node


def get_question(section: dict[str, Any]) -> dict[str, Any]:
    """The question in a section: all of it but the title."""
    return {key: value for key, value in section.items() if key != "title"}


def build_register(slug: str, section: dict[str, Any], questions: Questions) -> Register:
    title = str(section.get("title", slug.replace("_", " ")))
    return Register(slug=slug, title=title, definition=questions["registers", slug])
