"""A small system taken from nothing to a release by the commands of the README, for tests to look at, copy and spoil.

The first is run in a process of its own, as a user runs it; the others here, which saves each of them its start.

FOLDER/  records/ extract/ care/ store/ as the commands leave them, and told.json: command -> what it printed, in order
"""

import json
import shlex
from pathlib import Path

from builders.command_line import LINKAGE_KEY, succeed, succeed_here

DEPLOYMENT = "sandbox"
PEOPLE = 2_500
SYNTHESISE = f"placewise synthesise {DEPLOYMENT} --people {PEOPLE}"
FOR_CARE = (
    f"placewise door records care --deployment {DEPLOYMENT} --purpose direct_care",
    f"placewise intake {DEPLOYMENT} care",
)


def build_small_system(folder: Path) -> None:
    """Invent it, let the records in for care, then follow the command that each command tells next, up to serving."""
    told = {command: run(command, folder) for command in (SYNTHESISE, *FOR_CARE)}
    command = SYNTHESISE
    while (command := told[command].split("Next: ")[1].strip()) != "placewise serve":
        told[command] = run(command, folder)
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")


def run(command: str, folder: Path) -> str:
    done = succeed if command == SYNTHESISE else succeed_here
    return done(*shlex.split(command)[1:], folder=folder, PLACEWISE_LINKAGE_KEY=LINKAGE_KEY)
