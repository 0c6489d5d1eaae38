"""ReleaseManifest to and from release.json."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from placewise.floor.faults import refuse
from placewise.floor.folders import read_json
from placewise.publishing.contract import MeasureCard, ReleaseManifest

FILE = "release.json"


def get_manifest_json(manifest: ReleaseManifest) -> dict[str, Any]:
    return asdict(manifest)


def read_manifest(folder: Path) -> ReleaseManifest:
    """Raises FaultsFound where the folder holds no release, or one that this version cannot read."""
    path = folder / FILE
    if not path.is_file():
        raise refuse(path, "there is no release here", "run `placewise release` or name another folder")
    try:
        said = read_json(path)
        cards = tuple(MeasureCard(**{**card, "code_lists": tuple(card["code_lists"])}) for card in said["measures"])
        rows = {name: tuple(said.get(name, ())) for name in ("facts", "sources", "loads", "checks", "expected")}
        return ReleaseManifest(**{**said, **rows, "measures": cards})
    except (KeyError, TypeError, ValueError) as error:
        raise refuse(
            path, f"it is not a release of this version ({error})", "restore the file or release again"
        ) from error
