"""A practice's week: what to do first, what is new and what worsened, for its own team alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from placewise_site.accounts.models import User
from placewise_site.care.progress import WEEK, Progress, done_since, progress_of
from placewise_site.care.queries import available_lists, works_by_list
from placewise_site.care.standing import NOTHING
from placewise_site.evidence.persons import find_first, open_changes, open_every_contact
from placewise_site.evidence.releases import NotReleased, current_release
from placewise_site.evidence.sight import Sight
from placewise_site.organisations.models import Organisation
from placewise_site.programmes.queries import findings_of_own_practice
from placewise_site.web.findings.rows import WORSE, FindingRow, build_rows, get_standing


@dataclass(frozen=True, slots=True)
class Week:
    """first: rank, row_key and lists of the first people by the published rule with whom nothing has begun; done: what
    was recorded, in words, with how often; worse: found of the practice to its disadvantage in the release in force."""

    since: date
    today: date
    progress: Sequence[Progress]
    first: Sequence[dict[str, Any]]
    done: Sequence[tuple[str, int]]
    worse: Sequence[FindingRow]

    @property
    def grew(self) -> list[Progress]:
        return [each for each in self.progress if each.grew_by]

    @property
    def unanswered(self) -> list[Progress]:
        return [each for each in self.progress if each.unanswered]


def open_week(*, by: User, practice: Organisation) -> Week:
    """Two rows of the access log. Raises AccessDenied, logged too, for whoever does not treat its patients."""
    today = timezone.localdate()
    changes = open_changes(by=by, practice=practice)
    return Week(
        since=today - WEEK,
        today=today,
        progress=progress_of(practice, available_lists(), changes, today),
        first=_open_first(by, practice),
        done=done_since(practice, today - WEEK),
        worse=_find_worse(by, practice),
    )


def _open_first(by: User, practice: Organisation) -> list[dict[str, Any]]:
    rows, works = open_every_contact(by=by, practice=practice), works_by_list(practice)
    keys = rows["row_key"].to_pylist()

    def has_begun(place: int, lists: Sequence[str]) -> bool:
        return any(works.get(each, {}).get(keys[place], NOTHING).on for each in lists)

    return [
        {"rank": each.rank, "row_key": keys[each.place], "lists": list(each.lists)}
        for each in find_first(rows, has_begun)
    ]


def _find_worse(by: User, practice: Organisation) -> list[FindingRow]:
    try:
        release = current_release()
    except NotReleased:
        return []
    if release is None:
        return []
    found = findings_of_own_practice(by, Sight(release, by), practice.code)
    return [row for row in get_standing(build_rows(found)) if row.side == WORSE]
