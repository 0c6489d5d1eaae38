"""What changed since the build before: findings that are new, that are gone, and those that now say another word."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from placewise.gaps.contract import Finding, Kind, Standing

Key = tuple[str, ...]
Asked = tuple[str, str]
"""A measure that was looked at, and the version of its definition."""


def compare_findings(
    now: Sequence[Finding], before: Sequence[Finding], asked_now: Collection[Asked], asked_before: Collection[Asked]
) -> tuple[Finding, ...]:
    """The findings of now, each with its standing, and after them those that are gone.

    A measure that was not looked at in both, as it is defined now, is not compared. A month that jumped is named for a
    year and then no longer looked at: it is not told to be gone.
    """
    known = {get_key(each): each for each in before if each.standing != Standing.GONE}
    compared = set(asked_now) & set(asked_before)
    keys_now = {get_key(each) for each in now}
    gone = (
        replace(each, standing=Standing.GONE, before="")
        for key, each in known.items()
        if key not in keys_now and each.kind != Kind.JUMP and (each.measure, each.version) in compared
    )
    return (*(_compare(each, known, compared) for each in now), *gone)


def _compare(finding: Finding, known: dict[Key, Finding], compared: set[Asked]) -> Finding:
    if (finding.measure, finding.version) not in compared:
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
