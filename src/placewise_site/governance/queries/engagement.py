"""Each comment on a draft beside its response, as the record stands or stood at the end of a past day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from placewise_site.governance.models import Clause, ClauseComment, ClauseResponse, Engagement, EngagementClosing


@dataclass(frozen=True, slots=True)
class Answered:
    """A comment and the response that stands; None where none was given yet."""

    comment: ClauseComment
    response: ClauseResponse | None


@dataclass(frozen=True, slots=True)
class Progress:
    """clauses: in the order of the draft, each with its comments; closing: None while it is open."""

    clauses: Sequence[tuple[Clause, Sequence[Answered]]]
    closing: EngagementClosing | None

    @property
    def comments(self) -> int:
        return sum(len(answered) for _, answered in self.clauses)

    @property
    def responses(self) -> int:
        return sum(each.response is not None for _, answered in self.clauses for each in answered)


def get_progress(engagement: Engagement, known_by: datetime | None = None) -> Progress:
    """known_by: the last moment of a past day; None for now."""
    until = {"at__lte": known_by} if known_by else {}
    given = ClauseResponse.objects.filter(comment__clause__engagement=engagement, **until)
    newest = {
        each.comment_id: each for each in given.select_related("reason__text", "reason__destruction").order_by("pk")
    }
    said = ClauseComment.objects.filter(clause__engagement=engagement, **until)
    comments: dict[int, list[Answered]] = {}
    for each in said.select_related("clause__engagement", "words__text", "words__destruction"):
        comments.setdefault(each.clause_id, []).append(Answered(each, newest.get(each.pk)))
    return Progress(
        [(clause, comments.get(clause.pk, [])) for clause in engagement.clauses.all()],
        EngagementClosing.objects.filter(engagement=engagement, **until).first(),
    )
