"""Published files -> Observations: each file read once, whole or not at all, in a folder named by its content."""

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import ValidationError

from placewise.floor.checking import Check
from placewise.floor.faults import Fault, FaultsFound, refuse
from placewise.floor.folders import point_to, read_json, whole_folder, write_json
from placewise.floor.progress import Report, quiet
from placewise.intake.contract import (
    BOUNDARIES,
    BOUNDARIES_FILE,
    LOAD_FILE,
    NAMES,
    NAMES_FILE,
    OBSERVATIONS,
    OBSERVATIONS_FILE,
    OBSERVATIONS_FOLDER,
    SOURCES_FILE,
    PublishedSource,
)
from placewise.intake.published.adapters import find_adapters
from placewise.intake.published.boundaries import read_boundaries
from placewise.intake.published.checks import check_outlines, check_reading
from placewise.intake.published.content import read_content
from placewise.intake.published.definition import (
    BoundaryFile,
    PublishedFile,
    read_boundary_files,
    read_published_files,
)
from placewise.intake.published.reading import Adapter, Reading


@dataclass(frozen=True, slots=True)
class ObservationsReport:
    """One load. awaited: files that the deployment names, by their ids or paths, and nobody gave us yet."""

    load: str
    folder: Path
    sources: tuple[PublishedSource, ...]
    awaited: tuple[str, ...]
    observations: int


def load_observations(
    published: Path, data_folder: Path, store: Path, *, progress: Report = quiet
) -> ObservationsReport:
    """Read every file that `published` (a published.yaml) names from the data folder into STORE/observations/LOAD.

    Raises FaultsFound with every file that cannot be read; then nothing is written and the last load stays in force. A
    load of the same content has the same name, and is written once. The load notes the name of `published`, since only
    the figures of that file belong to it.
    """
    if not data_folder.is_dir():
        raise refuse(data_folder, "there is no such folder", "name the folder that holds the published files")
    files = read_published_files(published)
    adapters = _get_adapters(published, files)
    readings: dict[str, Reading] = {}
    sources: list[PublishedSource] = []
    checks: list[Check] = []
    awaited: list[str] = []
    faults: list[Fault] = []
    for done, (source, file) in enumerate(files.items()):
        progress(f"reading {file.title}", 0.8 * done / len(files))
        if file.awaited and not (data_folder / file.file).exists():
            awaited.append(source)
            continue
        try:
            content = read_content(data_folder, file.file)
            readings[source] = adapters[source].read(source, file, content)
            checks.append(check_reading(file.file, readings[source]))
            sources.append(_get_source(source, file, content.sha256, readings[source]))
        except FaultsFound as found:
            faults += found.faults
    outlines: list[pa.Table] = []
    for kind, drawn in read_boundary_files(published).items():
        if not (data_folder / drawn.file).exists():
            awaited.append(drawn.file)
            continue
        try:
            content = read_content(data_folder, drawn.file)
            outlines.append(read_boundaries(kind, drawn, content))
            sources.append(_get_boundary_source(kind, drawn, content.sha256, outlines[-1]))
            checks.append(check_outlines(drawn.file, sources[-1].rows_kept))
        except FaultsFound as found:
            faults += found.faults
    if faults:
        raise FaultsFound(faults)
    progress("writing the observations", 0.8)
    load = _write(store / OBSERVATIONS_FOLDER, published.name, readings, outlines, sources, checks)
    progress("observations are in force", 1.0)
    rows = sum(len(reading.observations) for reading in readings.values())
    return ObservationsReport(load, store / OBSERVATIONS_FOLDER / load, tuple(sources), tuple(awaited), rows)


def read_sources(folder: Path) -> tuple[PublishedSource, ...]:
    """The files behind one load of observations."""
    return tuple(PublishedSource(**each) for each in read_json(folder / SOURCES_FILE))


def read_definition(folder: Path) -> str:
    """The name of the file by which one load of observations was read: published.yaml, or that of invented files."""
    return str(read_json(folder / LOAD_FILE)["definition"])


def read_checks(folder: Path) -> tuple[Check, ...]:
    """What was held of the files as one load of observations was read; none of a load from before it was kept."""
    return tuple(Check(**each) for each in read_json(folder / LOAD_FILE).get("checks", ()))


def read_outlines(folder: Path) -> pa.Table | None:
    """The outlines of areas in one load, as BOUNDARIES; None where it has none."""
    path = folder / BOUNDARIES_FILE
    return pq.read_table(path) if path.is_file() else None


def check_published_files(published: Path) -> None:
    """Raises FaultsFound with every mistake in the sources of a published.yaml, without opening a file they name."""
    _get_adapters(published, read_published_files(published))


def _get_adapters(published: Path, files: dict[str, PublishedFile]) -> dict[str, Adapter]:
    known = find_adapters()
    adapters: dict[str, Adapter] = {}
    faults: list[Fault] = []
    for source, file in files.items():
        if file.adapter not in known:
            fault = f"the source {source} names the adapter `{file.adapter}`, which is not installed"
            faults += refuse(published, fault, f"use one of {', '.join(known)}").faults
            continue
        try:
            adapters[source] = known[file.adapter].model_validate(file.options)
        except ValidationError as invalid:
            for error in invalid.errors():
                option = ".".join(str(key) for key in error["loc"])
                fault = f"the option `{option}` of the source {source} is wrong ({error['msg']})"
                faults += refuse(published, fault, f"see the options of the adapter {file.adapter}").faults
    if faults:
        raise FaultsFound(faults)
    return adapters


def _get_source(source: str, file: PublishedFile, sha256: str, reading: Reading) -> PublishedSource:
    return PublishedSource(
        source=source,
        title=file.title,
        publisher=file.publisher,
        licence=file.licence,
        attribution=file.attribution,
        file=file.file,
        sha256=sha256,
        period=file.period,
        geography_edition=file.geography_edition,
        rows_in=reading.rows_in,
        rows_kept=reading.rows_kept,
        rejected=reading.rejected,
        note=file.note,
    )


def _get_boundary_source(kind: str, file: BoundaryFile, sha256: str, outlines: pa.Table) -> PublishedSource:
    areas = pc.count_distinct(outlines["area"].cast(pa.string())).as_py()
    said = file.model_dump(exclude={"code", "name"})
    return PublishedSource(**said, source=f"boundaries_{kind}", sha256=sha256, rows_in=areas, rows_kept=areas)


def _write(
    parent: Path,
    definition: str,
    readings: dict[str, Reading],
    outlines: list[pa.Table],
    sources: list[PublishedSource],
    checks: list[Check],
) -> str:
    """Write the load, unless one of the same content is there, and make it the one in force."""
    rows = [asdict(each) for each in sources]
    noted = {"definition": definition, "checks": [asdict(each) for each in checks]}
    names = pa.concat_tables([NAMES.empty_table(), *(reading.names for reading in readings.values())])
    files = {
        OBSERVATIONS_FILE: _get_parquet(OBSERVATIONS, [reading.observations for reading in readings.values()]),
        NAMES_FILE: _get_parquet(NAMES, [names]),
        SOURCES_FILE: json.dumps(rows).encode(),
        LOAD_FILE: json.dumps(noted).encode(),
    }
    if outlines:
        files[BOUNDARIES_FILE] = _get_parquet(BOUNDARIES, outlines)
    load = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in files.values())).hexdigest()[:12]
    if not (parent / load).is_dir():
        with whole_folder(parent / load) as draft:
            (draft / OBSERVATIONS_FILE).write_bytes(files[OBSERVATIONS_FILE])
            (draft / NAMES_FILE).write_bytes(files[NAMES_FILE])
            if outlines:
                (draft / BOUNDARIES_FILE).write_bytes(files[BOUNDARIES_FILE])
            write_json(draft / SOURCES_FILE, rows)
            write_json(draft / LOAD_FILE, noted)
    point_to(parent, load)
    return load


def _get_parquet(schema: pa.Schema, tables: list[pa.Table]) -> bytes:
    """A row group or more for each table, so that a reader of one source can skip the others."""
    stream = io.BytesIO()
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table)
    return stream.getvalue()
