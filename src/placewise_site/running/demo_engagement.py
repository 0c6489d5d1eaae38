"""A demo's comments on drafts: of invented groups, one of them late, so that responses can be seen, and one owed."""

from datetime import timedelta
from itertools import cycle

from django.db import transaction

from placewise_site.governance.actions import comment_on_clause, respond_to_comment
from placewise_site.governance.models import ClauseComment, Disposition, Engagement

GROUPS = ("Carers (invented)", "Tenants (invented)", "Staff side (invented)")
RESPONSES = (
    (Disposition.ACCEPTED, "The clause is written in plain English, and says by whom each member is chosen."),
    (Disposition.IN_PART, "A summary is published beside it; the clause keeps the words of the law."),
    (Disposition.NOT_ACCEPTED, "The law leaves this to the board."),
    (Disposition.OUT_OF_SCOPE, "This is about a service, and was sent to those who run it."),
)
"""Given one after the other, and then again; the last comment waits for its own."""


@transaction.atomic
def comment_on_demo_drafts() -> None:
    """Once only. The first group speaks of every clause, the others of the first, the last of them too late."""
    if ClauseComment.objects.exists():
        return
    for engagement in Engagement.objects.all():
        clauses = list(engagement.clauses.all())
        in_time, late = engagement.closes_on - timedelta(days=7), engagement.closes_on + timedelta(days=3)
        said = [(clause, GROUPS[0], in_time) for clause in clauses]
        said += [(clauses[0], GROUPS[1], in_time), (clauses[0], GROUPS[2], late)]
        comments = [
            comment_on_clause(
                by=None,
                clause=clause,
                words="Say it so that anybody understands it.",
                received_on=day,
                on_behalf_of=group,
            )
            for clause, group, day in said
        ]
        for comment, (disposition, reason) in zip(comments[:-1], cycle(RESPONSES), strict=False):
            respond_to_comment(by=None, comment=comment, disposition=disposition, reason=reason)
