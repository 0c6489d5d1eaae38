"""The `sources` section of a deployment's published.yaml: every published file, as data."""

from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from placewise.floor.yaml_file import read_model


def check_inside_the_folder(file: str) -> str:
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError("the file lies outside the folder of published data; give a path inside it")
    return file


class PublishedFile(BaseModel):
    """One published file: what it is, whose it is, and how to read it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    file: str
    """Where it lies under the folder of published data."""
    adapter: str
    """A name in the entry-point group `placewise.sources`."""
    publisher: str
    licence: str
    attribution: str
    period: str
    """As the publisher writes it; adapters of files with a period in each row read it from there."""
    geography_edition: str
    awaited: bool = False
    """True: nobody has given us the file yet, and the load does not stop for want of it."""
    note: str = ""
    options: dict[str, Any] = Field(default_factory=dict)

    _inside = field_validator("file")(check_inside_the_folder)


class BoundaryFile(BaseModel):
    """The outlines of one kind of area: whose they are, and the properties of a feature with its code and its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    file: str
    publisher: str
    licence: str
    attribution: str
    period: str
    geography_edition: str
    note: str = ""
    code: str = "code"
    name: str = "name"

    _inside = field_validator("file")(check_inside_the_folder)


class PublishedFiles(BaseModel):
    """The file as intake sees it: its own section; the others belong to the room that publishes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: dict[str, PublishedFile]
    boundaries: dict[str, BoundaryFile] = Field(default_factory=dict)
    """By the kind of area they are of."""
    groupings: Any = None
    counterparts: Any = None
    splits: Any = None
    figures: Any = None
    comparisons: Any = None
    life_tables: Any = None
    unplaced: Any = None
    series: Any = None


def read_published_files(path: Path) -> dict[str, PublishedFile]:
    """Source id -> file, in the order of the YAML. Raises FaultsFound with every mistake in it."""
    return read_model(path, PublishedFiles).sources


def read_boundary_files(path: Path) -> dict[str, BoundaryFile]:
    """Kind of area -> the file of its outlines. Raises FaultsFound as above."""
    return read_model(path, PublishedFiles).boundaries
