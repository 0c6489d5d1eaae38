"""The planted release with findings in it: of the system, a place, a network, two practices and a small area."""

from datetime import datetime
from pathlib import Path
from typing import Any

from builders.release import MADE_AT, build_planted_release
from builders.release_texts import CARDS
from placewise.gaps.contract import Finding, Kind, Side, Verdict
from placewise.publishing.release import Release

MEASURE, TREATED = "af_anticoagulated", "blood_pressure_treated"
VERSIONS = {card.measure: card.version for card in CARDS}


def make_finding(level: str, area: str, kind: Kind, word: Verdict | Side, told: str, **changed: Any) -> Finding:
    said = {"measure": MEASURE, "month": "2026-03"} | changed
    return Finding(version=VERSIONS[said["measure"]], level=level, area=area, kind=kind, word=word, told=told, **said)


FINDINGS = (
    make_finding("system", "HVS", Kind.INEQUALITY, Side.WORSE, "The more deprived fare worse.", measure=TREATED),
    make_finding("place", "HVN", Kind.CHANGE, Verdict.IMPROVED, "Better in North Haven."),
    make_finding("network", "NW1", Kind.CHANGE, Verdict.NOT_YET_KNOWN, "No change can be told from chance yet."),
    make_finding("practice", "A02", Kind.OUTLIER, Side.WORSE, "Lighthouse lies apart."),
    make_finding("practice", "A04", Kind.CHANGE, Verdict.IMPROVED, "Reedbed has improved."),
    make_finding("practice", "A05", Kind.OUTLIER, Side.BETTER, "Told of a hidden cell.", measure=TREATED),
)


def build_release_with_findings(store: Path, made_at: datetime = MADE_AT, **changed: Any) -> Release:
    return build_planted_release(store, made_at=made_at, **({"findings": FINDINGS} | changed))
