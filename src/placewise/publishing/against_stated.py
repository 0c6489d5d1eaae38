"""Stated figures that name a measure of ours, held against what a release gives of the same area and month, by the
ledger's own rules.

A count of what was reached so far and a target are left out: no figure of ours is of the same period.
"""

from collections.abc import Iterable
from dataclasses import replace

from placewise.floor.ledger.build import find_conflicts
from placewise.floor.ledger.claim import StatedClaim, parse_days
from placewise.floor.ledger.finding import Finding
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.publishing.contract import SHOWN, Claim, ClaimAddress
from placewise.publishing.release import Release

EVERYONE = "all"


def find_against_release(claims: Iterable[StatedClaim], release: Release) -> list[Finding]:
    """What stands between stated claims and the figures of their measures, in the order of the claims."""
    measured = (each for each in claims if each.measure)
    return [
        found for each in measured if (figure := _find_figure(release, each)) for found in _hold(each, figure, release)
    ]


def find_against_figure(claims: Iterable[StatedClaim], figure: Claim, release: Release) -> list[Finding]:
    """What stands between one released figure and those of some claims, all of its measure, that are of its area."""
    here = (each for each in claims if _places(release, each) == figure.address.area)
    return [found for each in here for found in _hold(each, figure, release)]


def _find_figure(release: Release, claim: StatedClaim) -> Claim | None:
    area, when = _places(release, claim), claim.when
    if not area or when is None:
        return None
    address = ClaimAddress(release.manifest.release, claim.measure, area, f"{when[1]:%Y-%m}", EVERYONE, EVERYONE)
    try:
        return release.claim(address)
    except LookupError:
        return None


def _places(release: Release, claim: StatedClaim) -> str:
    """The code of the area a claim is about, which it names by code or name; "" for none, and for a single practice,
    whose figures are not for everybody."""
    said = claim.geography.casefold()
    for code, area in release.manifest.areas.items():
        if area.get("level") != PRACTICE and said in (code.casefold(), str(area.get("name", "")).casefold()):
            return code
    return ""


def _hold(claim: StatedClaim, figure: Claim, release: Release) -> list[Finding]:
    """The two against each other, where both are of everyone in one month."""
    allowed = _get_allowed(claim, figure, release)
    if (
        claim.cumulative
        or claim.target_by
        or claim.kind == "target"
        or figure.address.split != EVERYONE
        or claim.when != parse_days(figure.period)
        or allowed is None
    ):
        return []
    low, high = allowed
    computed = replace(
        claim, id=str(figure.address), value=low, value_high=high, kind="counted", bound="exact", part_of="", nesting=""
    )
    return [each for each in find_conflicts([claim, computed]) if str(figure.address) in each.claims]


def _get_allowed(claim: StatedClaim, figure: Claim, release: Release) -> tuple[float, float] | None:
    """The least and the most that a released figure allows, in the claim's unit and to as many digits as it has.

    Released counts are rounded, each to one of the two nearest. None where the two cannot be compared.
    """
    if figure.disclosure != SHOWN or figure.numerator is None or isinstance(claim.value, str):
        return None
    step = float(release.manifest.disclosure.get("round_to", 1))
    half = 0.5 * 10.0 ** -len(f"{claim.value:.15g}".partition(".")[2])
    if claim.unit.startswith("people"):
        return figure.numerator - step - half, figure.numerator + step + half
    if claim.unit.startswith("percent") and figure.unit == "proportion" and figure.denominator:
        low = (figure.numerator - step) / (figure.denominator + step)
        high = (figure.numerator + step) / max(figure.denominator - step, 1.0)
        return 100 * low - half, 100 * high + half
    return None
