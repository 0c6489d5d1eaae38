"""What a figure of money must rest on."""

from django.core.exceptions import ValidationError

from placewise_site.evidence.ledger.lifecycle import NO_GROUND
from placewise_site.evidence.ledger.queries import get_findings


def check_claim(citation: str) -> str:
    """The citation without blanks around it. Raises ValidationError unless it is a claim that may be shown."""
    (cited,) = get_findings([citation.strip()]).values()
    if cited.standing in NO_GROUND:
        raise ValidationError(f"A figure of money rests on a claim. {cited.told}")
    return citation.strip()
