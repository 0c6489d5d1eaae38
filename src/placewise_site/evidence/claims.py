"""Check a figure: what it is, what it rests on, and whether it still stands."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.publishing.contract import Claim, ClaimAddress, MeasureCard, ReleaseManifest
from placewise.publishing.release import NotReleased
from placewise_site.accounts.models import User
from placewise_site.evidence import models
from placewise_site.evidence.releases import current_release, find_release
from placewise_site.evidence.sight import Sight

TYPED = "typed"
"""The first part of a typed claim's address, where a computed one names its release."""

STANDINGS = {
    "proposed": "Nobody has agreed or disputed it yet",
    "superseded": "The release in force gives another figure",
}


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    claim: Claim
    manifest: ReleaseManifest | None  # None for a typed claim
    card: MeasureCard | None  # the definition, where the figure is a measure's
    record: models.Claim | None  # the row, once it has been cited or typed
    now: Claim | None  # the same figure in the release in force, where that is another release

    @property
    def standing(self) -> str:
        return STANDINGS[self.claim.standing]


def find_claim(address: str, user: User | AnonymousUser) -> CheckedClaim:
    """The claim at an address of six parts.

    Raises NotReleased where nothing stands there (Withdrawn where it did), NotAllowed where this person may not see it.
    """
    try:
        parsed = ClaimAddress.parse(address)
    except ValueError as error:
        raise NotReleased(str(error)) from error
    record = find_citation(str(parsed), user)
    if parsed.release == TYPED:
        if record is None:
            raise NotReleased(f"nobody has typed a claim at {parsed}")
        return CheckedClaim(_claim_of(record, parsed), None, None, record, None)
    sight = Sight(find_release(parsed.release), user)
    sight.claim(parsed)
    claim, now = judge_computed(parsed)
    card = sight.measure(parsed.measure) if parsed.measure in {each.measure for each in sight.measures()} else None
    return CheckedClaim(claim, sight.manifest, card, record, now)


def find_citation(address: str, user: User | AnonymousUser) -> models.Claim | None:
    """The row of a claim that was cited, which stands in the record also when its release was withdrawn."""
    return models.Claim.objects.visible_to(user).filter(address=address.strip("/")).first()


def judge_computed(address: ClaimAddress) -> tuple[Claim, Claim | None]:
    """A computed figure, and the same in the release in force where that is another: whoever asks, and so for nobody's
    eyes before `find_claim` allowed it. It is superseded where the two differ.

    Raises NotReleased where nothing stands there, Withdrawn where it did.
    """
    claim = find_release(address.release).claim(address)
    now = _now(address)
    is_superseded = now is not None and _figures(now) != _figures(claim)
    return (replace(claim, standing="superseded") if is_superseded else claim), now


def is_about_a_practice(claim: Claim) -> bool:
    """Whether only people with a role may know of it. Raises NotReleased as `judge_computed` does."""
    areas = find_release(claim.address.release).manifest.areas
    return bool(areas.get(claim.address.area, {}).get("level") == PRACTICE)


def _now(address: ClaimAddress) -> Claim | None:
    """None where it is the same release or no longer holds the figure."""
    release = current_release()
    if release is None or release.manifest.release == address.release:
        return None
    try:
        return release.claim(replace(address, release=release.manifest.release))
    except LookupError:
        return None


def _figures(claim: Claim) -> tuple[Any, ...]:
    return claim.value, claim.numerator, claim.denominator, claim.disclosure


def _claim_of(record: models.Claim, address: ClaimAddress) -> Claim:
    return Claim(
        address=address,
        title=record.title,
        value=record.value,
        unit=record.unit,
        numerator=record.numerator,
        denominator=record.denominator,
        lower=record.lower,
        upper=record.upper,
        area_name=record.area_name,
        period=record.period,
        kind=record.kind,
        method=record.method,
        method_version=record.method_version,
        sources=tuple(record.sources),
        geography_edition=record.geography_edition or None,
        disclosure=record.disclosure,
    )
