"""The declaration that comes with a folder of OMOP tables that has not been through our own door."""

from pathlib import Path

from placewise.door.contract import Declaration
from placewise.door.declaration import parse_declaration
from placewise.floor.faults import refuse
from placewise.floor.yaml_file import read_lines


def read_declaration(path: Path) -> Declaration:
    """A small YAML file with the ten keys of door/contract.py Declaration. Raises FaultsFound naming all that lack."""
    values = read_lines(path).data
    if not isinstance(values, dict):
        raise refuse(path, "it holds no declaration", "write one key and value a line, beginning with `source:`")
    unknown = sorted(set(values) - set(Declaration.__dataclass_fields__))
    if unknown:
        raise refuse(path, f"the key `{unknown[0]}` means nothing here", "take it out or correct its spelling")
    return parse_declaration(values, path)
