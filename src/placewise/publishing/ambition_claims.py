"""The address of each figure that a verdict on an ambition rests on.

`r-0123456789ab/ambition.SLUG.1/AREA/PERIOD/all/all`: 1 is the target's place in its ambition. Only figures that a
release shows have one.
"""

from collections.abc import Iterable
from typing import Any

from placewise.gaps.ambitions.contract import AmbitionCard, Point, TargetCard
from placewise.measures.contract import ALL
from placewise.publishing.contract import SHOWN, Claim, ClaimAddress, ReleaseManifest

AMBITION = "ambition"


def get_address(manifest: ReleaseManifest, area: str, ambition: str, target: int, point: Point) -> ClaimAddress:
    """area: the whole system's code; target: its place, from 1."""
    return ClaimAddress(manifest.release, f"{AMBITION}.{ambition}.{target}", area, point.period, ALL, ALL)


def find_ambition_claim(manifest: ReleaseManifest, address: ClaimAddress) -> Claim | None:
    """None where the address is of something else, or the release shows no such figure."""
    kind, _, name = address.measure.partition(".")
    slug, _, number = name.rpartition(".")
    for card in map(AmbitionCard.model_validate, manifest.ambitions if kind == AMBITION else ()):
        if card.ambition == slug and number.isdigit() and 0 < int(number) <= len(card.targets):
            target = card.targets[int(number) - 1]
            shown = (each for each in _iter_points(target) if each.value is not None)
            if point := next((each for each in shown if each.period == address.period), None):
                return _build(card, target, point, manifest, address)
    return None


def _iter_points(target: TargetCard) -> Iterable[Point]:
    """As measured: a baseline that somebody stated is no figure of the release."""
    return (*target.points, *(each for each in (target.judged, target.latest) if each))


def _build(
    card: AmbitionCard, target: TargetCard, point: Point, manifest: ReleaseManifest, address: ClaimAddress
) -> Claim:
    is_share = target.scale.unit == "%" and not target.scale.signed
    value, lower, upper = (
        each if each is None or is_share else round(each * target.scale.per, target.scale.decimals)
        for each in (point.value, point.lower, point.upper)
    )
    return Claim(
        address=address,
        title=f"{card.title}: {target.measure_title or target.says}",
        value=value,
        unit="proportion" if is_share else target.scale.unit,
        numerator=point.number,
        denominator=point.of,
        lower=lower,
        upper=upper,
        area_name=manifest.areas.get(address.area, {}).get("name", address.area),
        period=point.period,
        kind="counted",
        method=f"{target.how}. Source of the figures: {target.source}",
        method_version="",
        sources=_find_sources(target, manifest),
        geography_edition=manifest.geography_edition,
        disclosure=SHOWN,
    )


def _find_sources(target: TargetCard, manifest: ReleaseManifest) -> tuple[dict[str, Any], ...]:
    """The tables of records behind a measure, or the published file of a series."""
    if target.measure in {card.measure for card in manifest.measures}:
        return tuple(each for each in manifest.sources if "table" in each)
    return tuple(each for each in manifest.sources if each.get("title") == target.source)
