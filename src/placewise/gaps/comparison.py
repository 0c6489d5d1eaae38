"""What changed since the build before: findings that are new, that are gone, and those that now say another word."""

from collections.abc import Sequence
from dataclasses import replace

from placewise.gaps.contract import Finding, Kind, Standing

Key = tuple[str, ...]


def compare_findings(now: Sequence[Finding], before: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of now, each with its standing, and after them those that are gone.

    A measure whose definition has changed is not compared, since its figures are others. A month that jumped is named
    for a year and then no longer looked at: it is not told to be gone.
    """
    known = {get_key(each): each for each in before if each.standing != Standing.GONE}
    measures = {(each.measure, each.version) for each in known.values()}
    measures_now = {(each.measure, each.version) for each in now}
    keys_now = {get_key(each) for each in now}
    gone = (
        replace(each, standing=Standing.GONE, before="")
        for key, each in known.items()
        if key not in keys_now and each.kind != Kind.JUMP and (each.measure, each.version) in measures_now
    )
    return (*(_compare(each, known, measures) for each in now), *gone)


def _compare(finding: Finding, known: dict[Key, Finding], measures: set[tuple[str, str]]) -> Finding:
    if (finding.measure, finding.version) not in measures:
        return replace(finding, standing=Standing.FIRST, before="")
    earlier = known.get(get_key(finding))
    if earlier is None:
        return replace(finding, standing=Standing.NEW, before="")
    if earlier.word != finding.word:
        return replace(finding, standing=Standing.CHANGED, before=str(earlier.word))
    return replace(finding, standing=Standing.KEPT, before="")


def get_key(finding: Finding) -> Key:
    """By which a finding is the same in two builds: months move on, a month that jumped does not."""
    month = finding.month if finding.kind == Kind.JUMP else ""
    return finding.measure, finding.version, finding.level, finding.area, finding.kind, month
