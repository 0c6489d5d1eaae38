"""Comment on a finding, and destroy the words of a comment that should not have been written."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.organisations.models import Organisation
from placewise_site.programmes.models import Comment, CommentText, Removal

MAY_COMMENT = "programmes.comment_on_findings"
MOST_LETTERS = 2000


@transaction.atomic
def add_comment(*, by: User, practice: Organisation, finding: str, release: str, words: str) -> Comment:
    """What a practice says to a finding about it: from now on others may read both.

    finding: its key; release: in which it was read. Raises PermissionDenied for anybody but the practice's own people,
    ValidationError where nothing is said, or too much.
    """
    _check_may_comment(by, practice)
    said = words.strip()
    if not said:
        raise ValidationError("Write what you want to say about this finding.")
    if len(said) > MOST_LETTERS:
        raise ValidationError(f"A comment has {MOST_LETTERS:,} letters at most. Make it shorter.")
    comment = Comment.objects.create(practice=practice, finding=finding, release=release, at=timezone.now(), by=by)
    CommentText.objects.create(comment=comment, words=said)
    record_event(by=by, action="finding_commented", subject=practice.code, comment=comment.pk, finding=finding)
    return comment


@transaction.atomic
def remove_comment(*, by: User, comment: Comment, reason: str) -> Removal:
    """Destroy what a comment says. That it was made, that its words are gone, and why, stay for ever."""
    _check_may_comment(by, comment.practice)
    if not reason.strip():
        raise ValidationError("Say why the comment is removed.")
    CommentText.objects.filter(comment=comment).delete()
    removal = Removal.objects.create(comment=comment, reason=reason.strip()[:200], at=timezone.now(), by=by)
    record_event(by=by, action="comment_removed", subject=comment.practice.code, comment=comment.pk)
    return removal


def _check_may_comment(user: User, practice: Organisation) -> None:
    if not user.has_perm(MAY_COMMENT, practice):
        raise PermissionDenied(f"Only people who work at {practice.name} comment on what was found of it.")
