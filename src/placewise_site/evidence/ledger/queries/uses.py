"""What rests on a claim, and whether it must be looked at again."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from placewise_site.evidence.ledger.lifecycle import Standing
from placewise_site.evidence.ledger.models import Removal, Resolution, StatedClaim, Use


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that rests on a claim; marked: why it must be looked at again, a sentence, or ""."""

    use: Use
    marked: str


def find_uses(citation: str, known_by: datetime | None = None) -> list[Mark]:
    """What rests on a claim, and whether a conflict of it was settled, or it was superseded or removed, since.

    known_by: as the record stood at that moment, but for a removal, which holds at any; now where none is given.
    """
    at = known_by or timezone.now()
    resolutions = Resolution.objects.filter(standings__citation=citation, at__lte=at)
    settled = list(resolutions.prefetch_related("standings").order_by("pk").distinct())
    removal = Removal.objects.filter(claim__name=citation).select_related("reason").first()
    newest = StatedClaim.objects.as_known(known_by).filter(name=citation).first()
    marks = []
    for use in Use.objects.filter(citation=citation, at__lte=at):
        since = [each for each in settled if each.at > use.at]
        if removal:
            marked = f"{citation} was {removal}."
        elif since:
            stands = [each.citation for each in since[-1].standings.all() if each.state == Standing.AGREED]
            marked = f"A conflict of {citation} was settled on {since[-1].at:%-d %B %Y}: {', '.join(stands)} stands."
        elif newest and newest.version > use.version:
            marked = f"{citation} was changed on {newest.recorded_at:%-d %B %Y}."
        else:
            marked = ""
        marks.append(Mark(use, marked))
    return marks
