"""A source that sends the changes of a month, by the commands that a user gives."""

import json
import re
import shutil
from pathlib import Path

import pytest

from builders.command_line import LINKAGE_KEY, succeed_here
from builders.monthly_system import write_earlier_records
from builders.sharded_system import cube_hash, read_sandbox
from placewise.config import data_folder
from placewise.pipeline import PLANNING

PURPOSE = ("--purpose", PLANNING)


def write_deployment(folder: Path, name: str, first: str) -> Path:
    """The sandbox with a window that begins with another month."""
    copied = Path(shutil.copytree(data_folder("deployments") / "sandbox", folder / name))
    written = (copied / "ics.yaml").read_text(encoding="utf-8")
    window = re.sub(r"window: \{first: [\d-]+", f"window: {{first: {first}", written)
    (copied / "ics.yaml").write_text(window, encoding="utf-8")
    return copied


@pytest.mark.requirement("S085")
def test_the_changes_of_a_month_are_sent_taken_in_and_built(tmp_path: Path) -> None:
    def run(*arguments: object) -> str:
        return succeed_here(*arguments, folder=tmp_path, PLACEWISE_LINKAGE_KEY=LINKAGE_KEY)

    march, april = (write_deployment(tmp_path, name, first) for name, first in (("mar", "2023-03"), ("apr", "2023-04")))
    run("synthesise", april, "--people", 2000)
    write_earlier_records(tmp_path / "records", tmp_path / "earlier", read_sandbox().window.month_ends[-2], months=1)
    run("door", "earlier", "extract-1", "--deployment", march, *PURPOSE)
    run("intake", march, "extract-1", "--store", "store")
    run("build", march, "--store", "store")
    told = run("door", "records", "extract-2", "--deployment", april, *PURPOSE, "--since", "extract-1")
    assert told.splitlines()[-1] == f"Next: placewise intake {april} extract-2.changes"
    manifest = json.loads((tmp_path / "extract-2.changes" / "extract.json").read_text(encoding="utf-8"))
    assert manifest["changes_since"] and manifest["changes_until"]
    run("intake", april, "extract-2.changes", "--store", "store")
    run("build", april, "--store", "store")
    run("intake", april, "extract-2", "--store", "whole")
    run("build", april, "--store", "whole")
    assert cube_hash(tmp_path / "store") == cube_hash(tmp_path / "whole")
