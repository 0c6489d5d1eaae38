"""What the release in force calls things."""

from django.http import HttpRequest

from placewise_site.evidence.releases import NotReleased, current_release
from placewise_site.evidence.scale import Scale, scale_of
from placewise_site.evidence.sight import Sight


def programmes_of(request: HttpRequest) -> dict[str, str]:
    """Slug -> title of each programme that the release in force measures."""
    release = current_release()
    if release is None:
        return {}
    return {card.programme: card.programme_title for card in Sight(release, request.user).measures()}


def scales_of() -> dict[str, Scale]:
    """Slug -> in what the values of each measure of the release in force are told."""
    release = current_release()
    return {card.measure: scale_of(card) for card in release.manifest.measures} if release else {}


def titles_of() -> dict[str, str]:
    """Slug -> title of each measure of the release in force."""
    release = current_release()
    return {card.measure: card.title for card in release.manifest.measures} if release else {}


def better_of(measure: str) -> str:
    """Which values of a measure are better: higher, lower or neither. Raises NotReleased."""
    release = current_release()
    if release is None:
        raise NotReleased("nothing has been released yet")
    return release.measure(measure).better
