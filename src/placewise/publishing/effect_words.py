"""What became of a measure where something began: in one sentence, and as rows."""

from datetime import date
from typing import Any

from placewise.plans.impact.evaluation import Method
from placewise.publishing.effect import Effect

CHANCE = "Of twenty such comparisons where nothing happened, one would show a change by chance."


def tell_points(share: float) -> str:
    """+3.1 points: a difference of shares in percentage points."""
    return f"{share * 100:+.1f} points"


def tell_method(method: Method) -> str:
    """+3.1 points (+1.9 to +4.2), or why it was not used."""
    if method.change is None or method.lower is None or method.upper is None:
        return method.told
    return f"{tell_points(method.change)} ({method.lower * 100:+.1f} to {method.upper * 100:+.1f})"


def tell_effect(effect: Effect) -> str:
    """One sentence: what the deciding method found, beside how many areas, since when."""
    since = f"{date.fromisoformat(effect.start + '-01'):%B %Y}"
    one = len(effect.areas) == 1
    where = "the area" if one else f"the {len(effect.areas)} areas"
    found = effect.judgement.decided
    if found is None:
        return f"Whether anything changed in {where} since {since} is not known: nothing can be set beside {where}."
    beside = f"by {found.method}, beside {len(effect.beside)} others"
    if effect.judgement.sign == 0:
        return f"No change is known in {where} since {since}: {tell_method(found)} {beside}."
    went = "rose" if effect.judgement.sign > 0 else "fell"
    return f"The share {went} in {where} since {since}, {beside}: {tell_method(found)}."


def as_row(effect: Effect) -> dict[str, Any]:
    """For a machine: shares from 0 to 1."""
    judgement = effect.judgement
    return {
        "measure": effect.measure,
        "from": effect.start,
        "word": effect.word,
        "told": tell_effect(effect),
        "deciding": judgement.deciding or None,
        "methods": [
            {
                "method": each.method,
                "change": each.change,
                "lower": each.lower,
                "upper": each.upper,
                "told": each.told,
            }
            for each in judgement.methods
        ],
        "areas": list(effect.areas),
        "beside": list(effect.beside),
        "left_out": effect.left_out,
        "months": [
            {"month": month, "observed": float(seen), "expected": float(expected)}
            for month, seen, expected in zip(effect.months, judgement.observed, judgement.expected, strict=True)
        ],
    }
