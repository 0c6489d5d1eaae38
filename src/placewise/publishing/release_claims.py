"""The claim of a row of a release: one figure, with all that makes it checkable."""

from typing import Any

from placewise.publishing.contract import (
    HIDDEN,
    NO_DATA,
    Claim,
    ClaimAddress,
    MeasureCard,
    ReleaseManifest,
    is_unit_measure,
)


def build_measure_claim(
    manifest: ReleaseManifest, address: ClaimAddress, card: MeasureCard, row: dict[str, Any], area_name: str
) -> Claim:
    """row: of RELEASED_MEASURE. A hidden one has a claim too, with its numbers null."""
    return Claim(
        address=address,
        title=card.title,
        value=row["value"],
        unit=_unit(card),
        numerator=row["numerator"],
        denominator=row["denominator"],
        lower=row["lower"],
        upper=row["upper"],
        area_name=area_name,
        period=address.period,
        kind="counted",
        method=_method(card),
        method_version=card.version,
        sources=_find_tables(manifest),
        geography_edition=manifest.geography_edition,
        disclosure=row["state"],
    )


def build_people_claim(manifest: ReleaseManifest, address: ClaimAddress, row: dict[str, Any], area_name: str) -> Claim:
    """row: of RELEASED_POPULATION."""
    return Claim(
        address=address,
        title="Registered people",
        value=row["people"],
        unit="people",
        numerator=row["people"],
        denominator=None,
        lower=None,
        upper=None,
        area_name=area_name,
        period=address.period,
        kind="counted",
        method="People alive and registered with a practice on the last day of the month",
        method_version="1",
        sources=_find_tables(manifest),
        geography_edition=manifest.geography_edition,
        disclosure=row["state"],
    )


def build_published_claim(manifest: ReleaseManifest, address: ClaimAddress, row: dict[str, Any]) -> Claim:
    """row: of RELEASED_PUBLISHED."""
    said = manifest.indicators[address.measure]
    behind = [row["source"], *said.get("sources", ())]
    known = {each["source"]: each for each in manifest.sources if "source" in each}
    sources = tuple(known[each] for each in dict.fromkeys(behind) if each in known)
    return Claim(
        address=address,
        title=said["title"],
        value=row["value"],
        unit=row["unit"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        lower=row.get("lower"),
        upper=row.get("upper"),
        area_name=row["area_name"],
        period=row["period"],
        kind=said.get("kind", "counted"),
        method=said.get("note") or "As its publisher released it",
        method_version=sources[0]["sha256"][:8] if sources else "",
        sources=sources,
        geography_edition=sources[0]["geography_edition"] if sources else None,
        disclosure=_published_state(row),
    )


def _find_tables(manifest: ReleaseManifest) -> tuple[dict[str, Any], ...]:
    """The tables of people's records: sources that are not published files."""
    return tuple(each for each in manifest.sources if "table" in each)


def _unit(card: MeasureCard) -> str:
    """Of a claim's value."""
    if card.statistic == "rate":
        return f"per {card.per:,}"
    return card.statistic if card.statistic == "proportion" else card.value_unit


def _method(card: MeasureCard) -> str:
    """How a claim's value comes about."""
    if not is_unit_measure(card):
        return f"Asked of everyone of whom this holds: {card.denominator_means}. Counted: {card.numerator_means}."
    over = "" if card.over == "month" else f", added up over {card.over}"
    return f"A {card.statistic}{over}. Of {card.denominator_means}. Counted: {card.numerator_means}."


def _published_state(row: dict[str, Any]) -> str:
    """A share whose denominator is published and whose numerator is not was not reported; hidden ones lack both."""
    if row["numerator"] is not None:
        return "as published"
    return HIDDEN if row["denominator"] is None else NO_DATA
