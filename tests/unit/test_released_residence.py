"""Figures by where people live: small areas make their middle area, and nothing tells of a hidden one."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from builders.release_texts import build_card
from placewise.floor.vocabulary.residence import MIDDLE_AREA, SMALL_AREA
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import find_narrowed, get_rows
from placewise.publishing.attack.build import work_out
from placewise.publishing.attack.view import Rule, View, build_view
from placewise.publishing.contract import HIDDEN, RELEASED_MEASURE, RELEASED_POPULATION, SHOWN, Revision
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose
from placewise.publishing.freezing import Frozen
from placewise.publishing.protection.tables import ProtectedTables
from placewise.publishing.residence import ResidenceTables, release_residence
from placewise.publishing.tables import COUNTED_MEASURE, COUNTED_POPULATION

MONTH, MEASURE, TOP = "2026-03", "measure", "SYS"
MIDDLES, EACH = 12, 4
RULE = DisclosureRule()
SAID = Rule(RULE.suppress_below, RULE.round_to, adds_up=True)
CARDS = [build_card(MEASURE, "A measure", "a programme")]


def count(seed: int) -> dict[str, tuple[int, int]]:
    """Met and asked of each area: small areas of some 1,600 people of whom few have it, and their exact sums."""
    rng = np.random.default_rng(seed)
    of = rng.integers(20, 90, MIDDLES * EACH)
    met = rng.binomial(of, rng.choice([0.05, 0.5, 0.95], len(of)))
    counts = {f"S{place:02}": (int(met[place]), int(of[place])) for place in range(len(of))}
    for middle in range(MIDDLES):
        inside = slice(middle * EACH, (middle + 1) * EACH)
        counts[f"M{middle:02}"] = int(met[inside].sum()), int(of[inside].sum())
    return counts


AREAS = {TOP: {"level": "system", "parent": "", "reported": True}} | {
    f"{kind}{place:02}": {
        "level": level,
        "parent": f"M{place // EACH:02}" if kind == "S" else "",
        "fifth": f"{place % 5 + 1}" if kind == "S" else "",
        "reported": True,
    }
    for kind, level, number in (("M", MIDDLE_AREA, MIDDLES), ("S", SMALL_AREA, MIDDLES * EACH))
    for place in range(number)
}


def lay_out(counts: dict[str, tuple[int, int]], level: str) -> pa.Table:
    codes = sorted(code for code in counts if AREAS[code]["level"] == level)
    met, of = np.array([counts[code] for code in codes]).T
    seen = disclose(met, of, np.ones(len(codes), bool), RULE)
    rows = [
        {
            "level": level, "area": code, "split": "all", "group": "all", "month": date(2026, 3, 31),
            "numerator": float(met[at]), "denominator": float(of[at]), "state": STATES[seen.state[at]],
        }
        for at, code in enumerate(codes)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=COUNTED_MEASURE)


def fifths(counts: dict[str, tuple[int, int]]) -> ProtectedTables:
    """The whole system by fifth of deprivation, rounded without regard to small areas."""
    rows = []
    for fifth in "12345":
        inside = [counts[code] for code, said in AREAS.items() if said.get("fifth") == fifth]
        met, of = (5 * round(sum(each) / 5) for each in zip(*inside, strict=True))
        rows.append(
            {
                "level": "system", "area": TOP, "split": "deprivation_fifth", "group": fifth,
                "month": date(2026, 3, 31), "numerator": met, "denominator": of, "state": SHOWN,
            }
        )  # fmt: skip
    table = pa.Table.from_pylist(rows, schema=RELEASED_MEASURE)
    return ProtectedTables({MEASURE: [table]}, RELEASED_POPULATION.empty_table(), 0)


def release(counts: dict[str, tuple[int, int]]) -> ResidenceTables:
    counted = {MEASURE: [lay_out(counts, level) for level in (MIDDLE_AREA, SMALL_AREA)]}
    frozen = Frozen((MONTH,), Revision(last=MONTH, next="2026-04"))
    return release_residence(counted, COUNTED_POPULATION.empty_table(), CARDS, AREAS, frozen, RULE, fifths(counts))


def as_read(counts: dict[str, tuple[int, int]], done: ResidenceTables) -> View:
    whole = pa.concat_tables([*done.measures[MEASURE], *fifths(counts).measures[MEASURE]])
    return build_view({MEASURE: whole}, RELEASED_POPULATION.empty_table(), CARDS, AREAS, [MONTH], SAID)


@pytest.mark.requirement("S085")
def test_nothing_tells_of_a_hidden_small_or_middle_area() -> None:
    """Twenty systems of 48 small areas: with the sums, the roundings and the fifths, and the truth always fits."""
    for seed in range(20):
        counts = count(seed)
        view = as_read(counts, release(counts))
        lower, upper = work_out(view, SAID, primary_only=False)
        assert (lower <= upper).all(), seed
        table = next(each for each in view.tables if each.name == MEASURE)
        for rows, part in zip(get_rows(view, table), ("met", "missed", "of"), strict=True):
            assert rows is not None
            narrowed = find_narrowed(lower[rows], upper[rows], table.hidden, SAID, sensitive=False)
            assert not narrowed.any(), (seed, part)


def test_shown_small_areas_make_their_middle_area_exactly() -> None:
    whole = 0
    for seed in range(8):
        rows = [row for level in release(count(seed)).measures[MEASURE] for row in level.to_pylist()]
        shown = {row["area"]: row for row in rows if row["state"] == SHOWN}
        for code in (code for code in shown if code.startswith("M")):
            inside = [each for each, said in AREAS.items() if said["parent"] == code]
            if all(each in shown for each in inside):
                whole += 1
                for part in ("numerator", "denominator"):
                    assert shown[code][part] == sum(shown[each][part] for each in inside), (seed, code)
    assert whole >= 3


def test_what_is_small_is_hidden_and_far_from_all_is() -> None:
    counts = count(2)
    done = release(counts)
    rows = [row for level in done.measures[MEASURE] for row in level.to_pylist()]
    small = {
        code for code, (met, of) in counts.items() if any(1 <= each < RULE.suppress_below for each in (met, of - met))
    }
    hidden = {row["area"] for row in rows if row["state"] == HIDDEN}
    assert small and small <= hidden
    assert len(hidden) <= 1.5 * len(small)
    assert done.protecting == len(hidden - small)
    assert PEOPLE not in done.measures
