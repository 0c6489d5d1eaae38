"""ReleaseManifest to and from release.json."""

from pathlib import Path
from typing import Any

from placewise.floor.faults import refuse
from placewise.floor.folders import read_json
from placewise.publishing.contract import (
    RELEASE_FILE,
    CaseFinding,
    CodingDrives,
    MeasureCard,
    NotMeasured,
    ReleaseManifest,
    Revision,
    SeriesCard,
)


def read_manifest(folder: Path) -> ReleaseManifest:
    """Raises FaultsFound where the folder holds no release, or one that this version cannot read."""
    path = folder / RELEASE_FILE
    if not path.is_file():
        raise refuse(path, "there is no release here", "run `placewise release` or name another folder")
    try:
        said = read_json(path)
        cards = tuple(MeasureCard(**{**card, "code_lists": tuple(card["code_lists"])}) for card in said["measures"])
        rows: dict[str, Any] = {name: tuple(said[name]) for name in ("facts", "sources", "loads", "checks")}
        rows["case_finding"] = tuple(_read_case_finding(each) for each in said.get("case_finding", ()))
        rows["boundary_notes"] = tuple(said.get("boundary_notes", ()))
        rows["drives"] = tuple(CodingDrives(**each) for each in said.get("drives", ()))
        rows["stated"] = tuple(said.get("stated", ()))
        rows["ambitions"], rows["vision"] = (tuple(said.get(name, ())) for name in ("ambitions", "vision"))
        rows["not_measured"] = tuple(NotMeasured(**each) for each in said.get("not_measured", ()))
        rows["series"] = tuple(SeriesCard(**each) for each in said.get("series", ()))
        rows["revision"] = _read_revision(said.get("revision"))
        return ReleaseManifest(**{**said, **rows, "measures": cards})
    except (KeyError, TypeError, ValueError) as error:
        raise refuse(
            path, f"it is not a release of this version ({error})", "restore the file or release again"
        ) from error


def _read_revision(said: dict[str, Any] | None) -> Revision | None:
    return Revision(**{**said, "kept": tuple(said["kept"])}) if said else None


def _read_case_finding(said: dict[str, Any]) -> CaseFinding:
    return CaseFinding(**{**said, "missed_by": tuple(said["missed_by"]), "bases": tuple(said["bases"])})
