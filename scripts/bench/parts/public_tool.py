"""duckcdm beside Placewise on GiBleed: the same counts, and how long each took."""

from bench.measuring import Measured, measure
from bench.public_tool import REALDATA, WINDOW, count_with_duckcdm, count_with_placewise, find_gibleed
from bench.rows import Findings, Run
from bench.setting import Setting

MONTHS = 12


def run(setting: Setting) -> Findings:
    source = find_gibleed()
    if source is None:
        return Findings(skipped=f"duckcdm on OHDSI's GiBleed set: {REALDATA} names no folder that holds it")
    ours = measure(count_with_placewise, str(source))
    theirs = measure(count_with_duckcdm, str(source), MONTHS)
    for part in ("had", "measured"):
        if ours.result[part][-MONTHS:] != theirs.result[part]:
            raise SystemExit("duckcdm counts something else than Placewise.")
    told = "GiBleed, 2,694 people; the counts are the same; of it, counting alone took"
    return Findings(
        runs=(
            _tell(f"Placewise, {WINDOW.months} months", ours, told),
            _tell(f"duckcdm, {MONTHS} months, two Circe cohorts each", theirs, told),
        )
    )


def _tell(name: str, measured: Measured, told: str) -> Run:
    return Run(name=name, measured=measured, told=f"{told} {measured.result['seconds']:.2f} s")
