"""What must hold of a build. Each check is made at every build, kept and shown.

What must hold stops the build where it does not (`hold`). What somebody should look into is kept as a check that did
not pass, and is told by the build itself, the doctor and the page of sources.
"""

from dataclasses import dataclass

from placewise.floor.faults import refuse


@dataclass(frozen=True, slots=True)
class Check:
    """A check and what came of it, as one plain sentence."""

    room: str
    check: str
    passed: bool
    told: str


def hold(room: str, check: str, passed: bool, told: str) -> Check:
    """The check, passed. Raises FaultsFound if it is not: the fault is then ours, and the last good build stands."""
    if not passed:
        raise refuse(
            room, f'the check "{check}" fails: {told}', "keep the last build and report this to the maintainers"
        )
    return Check(room, check, True, told)
