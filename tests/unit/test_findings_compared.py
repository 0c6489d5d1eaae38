"""Findings beside those of the build before, and as a build keeps them."""

from dataclasses import replace
from pathlib import Path

from placewise.gaps.comparison import compare_findings
from placewise.gaps.contract import Finding, Kind, Side, Standing, Verdict
from placewise.gaps.kept import read_asked, read_findings, write_findings

ASKED = {("control", "v1"), ("checks", "v1")}


def make(area: str, kind: Kind, word: Verdict | Side, month: str = "2026-03", **changed: str) -> Finding:
    said = {"measure": "control", "version": "v1", "level": "network", "told": "In words."} | changed
    return Finding(area=area, kind=kind, word=word, month=month, **said)


def standings(now: list[Finding], before: list[Finding], asked_before: set[tuple[str, str]] = ASKED) -> list[str]:
    return [
        f"{each.area} {each.kind} {each.standing} {each.before}".strip()
        for each in compare_findings(now, before, ASKED, asked_before)
    ]


def test_a_finding_is_new_changed_as_before_or_gone() -> None:
    before = [
        make("N1", Kind.CHANGE, Verdict.IMPROVED, "2026-02"),
        make("N2", Kind.CHANGE, Verdict.SUSTAINED, "2026-02"),
        make("N3", Kind.OUTLIER, Side.WORSE, "2026-02"),
    ]
    now = [
        make("N1", Kind.CHANGE, Verdict.SUSTAINED),
        make("N2", Kind.CHANGE, Verdict.SUSTAINED),
        make("N4", Kind.OUTLIER, Side.WORSE),
    ]
    assert standings(now, before) == [
        "N1 change changed improved",
        "N2 change as before",
        "N4 outlier new",
        "N3 outlier gone",
    ]


def test_what_was_gone_is_not_gone_again_and_a_month_that_jumped_is_not_told_to_be_gone() -> None:
    gone = replace(make("N1", Kind.OUTLIER, Side.WORSE), standing=Standing.GONE)
    assert standings([], [gone, make("N2", Kind.JUMP, Side.WORSE, "2025-03")]) == []
    jumps = [make("N2", Kind.JUMP, Side.WORSE, "2026-01"), make("N2", Kind.JUMP, Side.WORSE, "2026-02")]
    assert standings(jumps, jumps[:1]) == ["N2 special cause as before", "N2 special cause new"]


def test_a_measure_that_was_not_looked_at_or_was_defined_otherwise_is_not_compared() -> None:
    other = make("N1", Kind.OUTLIER, Side.WORSE, version="v0")
    now = make("N1", Kind.OUTLIER, Side.WORSE)
    assert standings([now], [other], {("control", "v0")}) == ["N1 outlier first"]
    assert standings([now], []) == ["N1 outlier new"]


def test_a_build_keeps_findings_and_the_measures_it_looked_at(tmp_path: Path) -> None:
    assert read_findings(tmp_path) is None
    assert read_asked(tmp_path) == frozenset()
    findings = (make("N1", Kind.CHANGE, Verdict.IMPROVED), make("N2", Kind.CLUSTER, Side.MORE, level="small_area"))
    write_findings(tmp_path, findings, ASKED)
    assert read_findings(tmp_path) == findings
    assert read_asked(tmp_path) == ASKED
