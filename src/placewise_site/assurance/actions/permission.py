"""What every action here asks first."""

from django.core.exceptions import PermissionDenied

from placewise_site.accounts.models import User

DENIED = {
    "keep_money": "Your role does not enter the system's money.",
    "keep_risks": "Your role does not keep the register of risks.",
    "keep_strategy": "Your role does not record strategies, or what plans say of them.",
    "keep_reviews": "Your role does not arrange reviews.",
    "keep_commitments": "Your role does not record what organisations owe one another.",
    "build_packs": "Your role does not build packs.",
    "challenge_packs": "Your role does not challenge packs.",
    "answer_challenges": "Your role does not answer challenges.",
    "assess_equality": "Your role does not assess equality.",
    "sign_assessments": "Your role does not sign assessments of equality.",
}


def check_may(by: User | None, name: str) -> None:
    """Raises PermissionDenied with a sentence. Nobody (None) is the system's own set-up, which may."""
    if by is not None and not by.has_perm(f"assurance.{name}"):
        raise PermissionDenied(DENIED[name])
