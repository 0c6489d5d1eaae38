"""How soon pages of the ledger and of meetings answer over a long record, each in a store of its own."""

from bench import ledger, meetings
from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.setting import Setting

CLAIMS, PEOPLE_A_CLAIM = 100_000, 20
DECISIONS, PEOPLE_A_DECISION = 10_000, 200
"""Of so many people as the benchmark is asked for: the whole record at full size, a short one in a quick look."""


def run_claims(setting: Setting) -> Findings:
    count = min(CLAIMS, setting.people // PEOPLE_A_CLAIM)
    shown = measure(ledger.main, count)
    return Findings(_rows("evidence", shown.result), (Run(name=f"Record of {count:,} claims", measured=shown),))


def run_decisions(setting: Setting) -> Findings:
    count = min(DECISIONS, setting.people // PEOPLE_A_DECISION)
    shown = measure(meetings.main, count)
    return Findings(_rows("meetings", shown.result), (Run(name=f"Record of {count:,} decisions", measured=shown),))


def _rows(pages: str, found: list[tuple[str, float]]) -> tuple[Row, ...]:
    """The slowest page alone: the others are faster."""
    title, slowest = max(found, key=lambda pair: pair[1])
    name = f"Pages of {pages}, the slowest ({title}), processor time, 95th percentile"
    return (Row(name=name, figure=slowest, unit="ms", goal=ledger.GOAL),)
