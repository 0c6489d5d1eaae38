"""What rests on a claim, and whether it must be looked at again."""

from dataclasses import dataclass

from placewise_site.evidence.ledger.lifecycle import Standing
from placewise_site.evidence.ledger.models import Removal, Resolution, StatedClaim, Use


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that rests on a claim; marked: why it must be looked at again, a sentence, or ""."""

    use: Use
    marked: str


def find_uses(citation: str) -> list[Mark]:
    """What rests on a claim, and whether a conflict of it was settled, or it was superseded or removed, since."""
    settled = list(
        Resolution.objects.filter(standings__citation=citation).prefetch_related("standings").order_by("pk").distinct()
    )
    removal = Removal.objects.filter(claim__name=citation).select_related("reason").first()
    newest = StatedClaim.objects.as_known().filter(name=citation).first()
    marks = []
    for use in Use.objects.filter(citation=citation):
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
