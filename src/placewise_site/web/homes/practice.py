"""A practice's home: the lists to work through, how far it has come, and its own exact counts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from placewise_site.accounts.models import Grant
from placewise_site.accounts.queries import waits_for_second_factor
from placewise_site.care.progress import Progress, progress_of
from placewise_site.care.queries import ListCard, available_lists
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.persons import open_changes, read_exact_counts
from placewise_site.evidence.sight import Sight
from placewise_site.programmes.queries import findings_of_own_practice
from placewise_site.web.compare.gains import most_to_gain
from placewise_site.web.findings.rows import FindingRow, build_rows, get_standing
from placewise_site.web.homes.standing import missing_out


@dataclass(frozen=True, slots=True)
class OwnCount:
    """A measure in the practice's own exact figures, beside the released figure of the whole system."""

    measure: str
    title: str
    better: str
    numerator: int
    denominator: int
    whole: Cell

    @property
    def share(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None

    @property
    def missing_out(self) -> int | None:
        return missing_out(self.better, self.numerator, self.denominator)


def practice_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    may_open = request.user.has_perm("accounts.open_lists", grant.organisation)
    lists = available_lists() if may_open else []
    return {
        "may_open": may_open,
        "waits": waits_for_second_factor(request.user),
        "lists": lists,
        "progress": _progress(request.user, grant, lists),
        "gains": most_to_gain(sight, grant.organisation.code, lists),
        "found": _found(request.user, grant, sight) if sight else [],
        "counts": _own_counts(request.user, grant, sight) if may_open and sight else [],
    }


def _progress(user: Any, grant: Grant, lists: list[ListCard]) -> list[Progress]:
    """Of each list, the most people to call first. Writes one row to the access log."""
    if not lists:
        return []
    practice = grant.organisation
    return progress_of(practice, lists, open_changes(by=user, practice=practice), timezone.localdate())


def _found(user: Any, grant: Grant, sight: Sight) -> list[FindingRow]:
    return get_standing(build_rows(findings_of_own_practice(user, sight, grant.organisation.code)))


def _own_counts(user: Any, grant: Grant, sight: Sight) -> list[OwnCount]:
    """The practice's own counts, the most people missing out first. Writes one row to the access log."""
    found = []
    for exact in read_exact_counts(by=user, practice=grant.organisation):
        card = sight.measure(exact.measure)
        whole = sight.latest(exact.measure, sight.whole.code)
        found.append(OwnCount(card.measure, card.title, card.better, exact.numerator, exact.denominator, whole))
    return sorted(found, key=lambda each: -(each.missing_out or 0))
