"""Read a YAML file that a person wrote, and tell every mistake in it at once, each with its line.

The file is parsed into nodes (which know their lines), turned into plain values, and validated by a pydantic model with
`extra="forbid"`. What is not YAML at all is told alone; otherwise duplicate keys and the model's errors come together.

A validator of the model may end its ValueError with a remedy after a semicolon: "the level is empty; name it".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode, YAMLError

from placewise.floor.faults import Fault, FaultsFound, nearest
from placewise.floor.yaml_values import Values

M = TypeVar("M", bound=BaseModel)
Keys = tuple[str | int, ...]

_EXPECTED = {
    "string_type": "a piece of text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a group of keys",
    "model_type": "a group of keys",
    "model_attributes_type": "a group of keys",
    "date_type": "a date as YYYY-MM-DD",
    "date_parsing": "a date as YYYY-MM-DD",
    "date_from_datetime_parsing": "a date as YYYY-MM-DD",
}
"""pydantic's name of an error -> what the file should have there."""


def read_model(path: Path, model: type[M]) -> M:
    """The file as the model. Raises FaultsFound with every mistake in it."""
    value, faults = find_faults(path, model)
    if value is None or faults:
        raise FaultsFound(faults)
    return value


def find_faults(path: Path, model: type[M]) -> tuple[M | None, list[Fault]]:
    """The file as the model, and its mistakes in the order of their lines; the model is None if there are any."""
    try:
        lines = read_lines(path)
    except FaultsFound as found:
        return None, list(found.faults)
    faults = list(_find_duplicate_keys(str(path), lines.root))
    value = None
    try:
        value = model.model_validate(lines.data)
    except ValidationError as invalid:
        faults += [_told(lines, model, error) for error in invalid.errors()]
    faults.sort(key=lambda fault: fault.line or 0)
    return (None if faults else value), faults


@dataclass(frozen=True, slots=True)
class Lines:
    """A parsed file: its plain values, and where in the file each of them stands."""

    file: str
    root: Node | None
    data: Any

    def line(self, *keys: str | int) -> int:
        """The line, from 1, of the key or list item reached by these keys, or of the last of them that is there."""
        node, line = self.root, 1
        for key in keys:
            step = _step(node, key)
            if step is None:
                continue  # pydantic names alternatives (unions) that the file does not
            node, line = step
        return line

    def fault(self, keys: Keys, fault: str, remedy: str) -> Fault:
        """A fault found by a check that the model cannot make, at the line of these keys."""
        return Fault(self.file, self.line(*keys), fault, remedy)


def read_lines(path: Path) -> Lines:
    """Parse a file without a model. Raises FaultsFound where it is missing, not text or not YAML."""

    def refuse_file(fault: str, remedy: str, line: int | None = None) -> FaultsFound:
        return FaultsFound([Fault(str(path), line, fault, remedy)])

    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise refuse_file("there is no such file", "create it, or correct the name that leads to it") from None
    except UnicodeDecodeError:
        raise refuse_file("it is not text in UTF-8", "save it as UTF-8") from None
    except OSError as error:
        raise refuse_file(f"it cannot be read ({error.strerror})", "check the path and the permissions") from None
    try:
        return Lines(str(path), *_parse(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refuse_file(
            f"it is not valid YAML ({error.problem or error.context})",
            "look at the indentation, colons, quotes and brackets in this line and the one above",
            min(mark.line + 1, max(len(text.splitlines()), 1)) if mark else None,  # or behind the last, at the end
        ) from None
    except (YAMLError, ValueError, TypeError) as error:
        raise refuse_file(f"it is not valid YAML ({str(error).splitlines()[0]})", "correct it") from None


@lru_cache(maxsize=64)
def _parse(text: str) -> tuple[Node | None, Any]:
    """The nodes and the values, which nobody changes: a command reads some files several times.

    Building the values moves what is merged with `<<` among the nodes, so that those are parsed anew. Of a key given
    twice the last counts: it is told with its line by _find_duplicate_keys, beside all other mistakes.
    """
    values = Values(text)
    root = values.get_single_node()
    if root is None:
        return None, None
    data = values.construct_document(root)
    return (Values(text).get_single_node() if "<<" in text else root), data


def _step(node: Node | None, key: str | int) -> tuple[Node, int] | None:
    """The value under a key or at an index, and the line where it begins."""
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if isinstance(name, ScalarNode) and name.value == str(key):
                return value, name.start_mark.line + 1
    elif isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key].start_mark.line + 1
    return None


def _find_duplicate_keys(file: str, node: Node | None) -> Iterator[Fault]:
    if isinstance(node, MappingNode):
        first: dict[str, int] = {}
        for name, value in node.value:
            line = name.start_mark.line + 1
            key = str(name.value)
            if key in first:
                yield Fault(file, line, f"the key `{key}` was given before, in line {first[key]}", "keep one")
            first.setdefault(key, line)
            yield from _find_duplicate_keys(file, value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _find_duplicate_keys(file, item)


def _told(lines: Lines, model: type[BaseModel], error: Any) -> Fault:
    """One of pydantic's errors as a sentence."""
    keys: Keys = error["loc"]
    kind, name = error["type"], _dotted(keys)
    if kind == "extra_forbidden":
        known = sorted(_known_keys(model, keys[:-1]))
        otherwise = "remove it" + (f" (the keys here are {', '.join(known)})" if known else "")
        return lines.fault(keys, f"`{keys[-1]}` is not a key here", nearest(str(keys[-1]), known, otherwise))
    if kind == "missing":
        return lines.fault(keys, f"the key `{name}` is missing", "add it")
    if kind in _EXPECTED:
        return lines.fault(keys, f"`{name}` is {_shown(error['input'])}", f"give {_EXPECTED[kind]}")
    if kind in ("literal_error", "enum"):
        allowed = error["ctx"]["expected"].replace("'", "`")
        return lines.fault(keys, f"`{name}` is {_shown(error['input'])}", f"give one of {allowed}")
    if kind == "union_tag_invalid":
        given, allowed = error["ctx"]["tag"], error["ctx"]["expected_tags"].replace("'", "").split(", ")
        key = error["ctx"]["discriminator"].strip("'")
        return lines.fault((*keys, key), f"`{name}.{key}` is `{given}`", nearest(given, allowed))
    fault, _, remedy = str(error.get("ctx", {}).get("error") or error["msg"]).rstrip(".").partition("; ")
    at = f"`{name}`: " if name else ""
    return lines.fault(keys, f"{at}{fault}", remedy or "correct it")


def _dotted(keys: Keys) -> str:
    return ".".join(str(key) for key in keys)


def _shown(value: Any) -> str:
    """A wrong value as told back to its author: short, and empty told as empty."""
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    return f"`{str(value)[:60]}`"


def _known_keys(model: type[BaseModel], keys: Keys) -> set[str]:
    """The keys a model knows at a place in the file, over all alternatives that may stand there."""
    here = _models_in(model)
    for key in keys:
        fields = [field for each in here for name, field in each.model_fields.items() if key in (name, field.alias)]
        if fields:  # else the key is a list index, a free key or the name of an alternative, inside the same field
            here = {each for field in fields for each in _models_in(field.annotation)}
    return {field.alias or name for each in here for name, field in each.model_fields.items()}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    """The models named in a type such as `list[A | B]` or `dict[str, A]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    return {model for part in get_args(annotation) for model in _models_in(part)}
