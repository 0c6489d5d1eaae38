"""Facts as rows of a page: what was stated, what it comes to, and whether that is as it should be."""

from dataclasses import dataclass
from typing import Any

from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.wording import amount_number, amount_words, count_words

AS_STATED = "As stated"
RESULTS = {
    # (agrees, kind) -> words, colour of the tag
    (True, "reproduces"): (AS_STATED, "green"),
    (True, "differs"): ("Known to differ", "yellow"),
}
MISMATCH = ("Mismatch", "red")


@dataclass(frozen=True, slots=True)
class FactRow:
    title: str
    said: str
    stated: str
    recomputed: str
    counts: str
    interval: str  # of a recomputed figure that is an estimate, and whether the stated one lies in it
    difference: str
    result: str
    colour: str
    source: str
    address: str | None  # of the claim it is recomputed from; None where it is none of one area


def fact_rows(sight: Sight) -> list[FactRow]:
    return [_row(sight, fact) for fact in sight.manifest.facts]


def _row(sight: Sight, fact: dict[str, Any]) -> FactRow:
    result, colour = RESULTS.get((fact["agrees"], fact["kind"]), MISMATCH)
    has_parts = fact["denominator"] is not None and fact["numerator"] is not None and fact["unit"] != "years"
    return FactRow(
        title=fact["title"],
        said=" ".join(each for each in (f"Said by {fact['said_by']}, {fact['where']}.", fact["note"]) if each),
        stated=amount_words(fact["stated"], fact["unit"]),
        recomputed=amount_words(fact["recomputed"], fact["unit"]),
        counts=f"{count_words(fact['numerator'])} of {count_words(fact['denominator'])}" if has_parts else "",
        interval=_interval(fact),
        difference=_difference(fact["difference"], fact["unit"]),
        result=result,
        colour=colour,
        source=". ".join(each for each in (_where(fact), fact["source"]) if each),
        address=_address(sight, fact),
    )


def _address(sight: Sight, fact: dict[str, Any]) -> str | None:
    """None of a number of areas, and where a fact follows from other statements."""
    if not fact["figure"] or fact.get("take") == "areas":
        return None
    return sight.address(*fact["figure"].split("/"))


def _interval(fact: dict[str, Any]) -> str:
    lower, upper = fact.get("lower"), fact.get("upper")
    if lower is None or upper is None:
        return ""
    limits = f"{amount_number(lower, fact['unit'])} to {amount_words(upper, fact['unit'])}"
    where = "within" if lower <= fact["stated"] <= upper else "outside"
    return f"Recomputed, 95% interval {limits}: the stated figure lies {where} it."


def _where(fact: dict[str, Any]) -> str:
    return ", ".join(each for each in (fact["area_name"], fact["period"]) if each)


def _difference(number: float, unit: str) -> str:
    """With its sign; shares differ by percentage points."""
    if unit == "proportion":
        points = round(number * 100, 1)
        return f"{points:+.1f} points" if points else "0.0 points"
    if unit == "years":
        return f"{number:+.2f}"
    return f"{number:+,.0f}" if number else "0"
